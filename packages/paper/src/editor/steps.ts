import type {Fragment, Node, Slice} from 'prosemirror-model';
import {AddMarkStep, AttrStep, RemoveMarkStep, ReplaceStep} from 'prosemirror-transform';
import type {Step} from 'prosemirror-transform';
import {isMark, paragraphIdPattern} from '../guard-shape.ts';
import {
  deleteParagraph,
  deleteRange,
  formatUnits,
  insertRuns,
  lengthOf,
  openAt,
  openFirst,
  setAttribute,
  unsetAttribute,
  wake,
} from '../operations.ts';
import type {Spot} from '../operations.ts';
import type {PaperIndex, Segment} from '../paper-index.ts';
import type {Run} from '../view.ts';
import {attributesOf, fromFragment, paperSchema} from './schema.ts';
import type {ParagraphAttributes} from './schema.ts';

/**
 * Turns ProseMirror's steps into the fewest operations on the shared text. The editor's document and the index need not be
 * the same at the end of it (a join that only the server can make, a name that was taken): the binding looks at what was
 * touched and mends the editor.
 */
export interface StepWriter {
  readonly index: PaperIndex;
  newName(): string;
  /** The server has to join this paragraph to the one before. */
  requestJoin(name: string): void;
}

/** Writes one step, given the document before it and the one after it. */
export function writeStep(writer: StepWriter, step: Step, before: Node, after: Node): void {
  if (step instanceof ReplaceStep) replace(writer, step, before);
  else if (step instanceof AddMarkStep) mark(writer, step, before, true);
  else if (step instanceof RemoveMarkStep) mark(writer, step, before, false);
  else if (step instanceof AttrStep) attribute(writer, step, before);
  else rewrite(writer, before, after);
}

/** The segments of a document's paragraphs. One that has vanished from the shared text stands for the one before it. */
function segmentsOf({index}: StepWriter, doc: Node): Segment[] {
  let last = index.shown[0] ?? index.head;
  const segments: Segment[] = [];
  doc.forEach(node => {
    last = index.byName(attributesOf(node).name) ?? last;
    segments.push(last);
  });
  return segments;
}

function spotIn(segment: Segment | undefined, offset: number): Spot {
  if (!segment) throw new RangeError('There is no such paragraph.');
  return {segment, offset: Math.max(0, Math.min(offset, segment.length))};
}

/** Half of a surrogate pair is never written alone: Yjs would replace both halves. */
function wholeCharacters(node: Node, from: number, to: number): {from: number; to: number} {
  const text = node.textContent;
  const splits = (at: number): boolean =>
    /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
  return {from: splits(from) ? from - 1 : from, to: splits(to) ? to + 1 : to};
}

function replace(writer: StepWriter, {from, to, slice}: ReplaceStep, before: Node): void {
  const start = before.resolve(from);
  const end = before.resolve(to);
  if (start.depth === 1 && end.depth === 1) {
    replaceText(
      writer,
      before,
      {first: start.index(0), from: start.parentOffset, last: end.index(0), to: end.parentOffset},
      slice,
    );
    return;
  }
  const segments = segmentsOf(writer, before);
  const nodes = childrenOf(slice.content);
  const {index} = writer;
  // What stands open at an end goes on in the paragraph there; all others come and go whole.
  let first = start.index(0);
  let last = end.depth === 0 ? end.index(0) : end.index(0);
  let place: Spot | null = null;
  if (start.depth === 1) {
    const at = spotIn(segments[first], start.parentOffset);
    deleteRange(index, at, spotIn(at.segment, at.segment.length));
    const head = nodes.shift();
    if (head) insertRuns(index, at, fromFragment(head.content));
    place = {segment: at.segment, offset: at.segment.length};
    first++;
  }
  const tail = end.depth === 1 ? nodes.pop() : undefined;
  replaceWhole(writer, segments, first, last, nodes, place);
  if (end.depth === 1) {
    const segment = segments[last];
    const at = spotIn(segment, 0);
    deleteRange(index, at, spotIn(segment, end.parentOffset));
    if (tail) {
      insertRuns(index, at, fromFragment(tail.content));
      writeChanges(writer, at.segment, before.child(last), tail);
    }
  }
}

interface TextRange {
  readonly first: number;
  readonly from: number;
  readonly last: number;
  readonly to: number;
}

function replaceText(writer: StepWriter, before: Node, range: TextRange, slice: Slice): void {
  const {index} = writer;
  const segments = segmentsOf(writer, before);
  const parts = partsOf(slice.content);
  let {from, to} = range;
  if (range.first === range.last) {
    const node = before.child(range.first);
    const whole = wholeCharacters(node, from, to);
    if (whole.from < from) parts[0]?.runs.unshift(...fromFragment(node.content.cut(whole.from, from)));
    if (whole.to > to) parts.at(-1)?.runs.push(...fromFragment(node.content.cut(to, whole.to)));
    ({from, to} = whole);
  }
  let at = spotIn(segments[range.first], from);
  for (const name of deleteRange(index, at, spotIn(segments[range.last], to))) writer.requestJoin(name);
  const [head, ...rest] = parts;
  if (head) {
    insertRuns(index, at, head.runs);
    at = {segment: at.segment, offset: at.offset + lengthOf(head.runs)};
  }
  if (rest.length > 0) wake(index, at.segment);
  for (const part of rest) at = open(writer, at, part);
}

interface Part {
  readonly attributes: ParagraphAttributes | null;
  readonly runs: Run[];
}

/** What a slice inserts: text of the paragraph that is there, then new paragraphs. */
function partsOf(content: Fragment): Part[] {
  if (content.firstChild?.isText) return [{attributes: null, runs: fromFragment(content)}];
  return childrenOf(content).map(node => ({attributes: attributesOf(node), runs: fromFragment(node.content)}));
}

function childrenOf(content: Fragment): Node[] {
  const nodes: Node[] = [];
  content.forEach(node => nodes.push(node));
  return nodes;
}

/** Opens a new paragraph at a place and writes its text; returns the place after the text. */
function open(writer: StepWriter, at: Spot | 'first', part: Part): Spot {
  const {index} = writer;
  const attributes = storedAttributes(part.attributes);
  const id = freshName(writer, part.attributes?.name);
  const segment = at === 'first' ? openFirst(index, id, attributes) : openAt(index, at, id, attributes);
  insertRuns(index, {segment, offset: 0}, part.runs);
  return {segment, offset: lengthOf(part.runs)};
}

/** A name that the editor has already given to a new paragraph is kept, unless it is one that the text has or had. */
function freshName({index, newName}: StepWriter, wanted: string | undefined): string {
  if (wanted && wanted.length >= 12 && paragraphIdPattern.test(wanted) && !isUsed(index, wanted)) return wanted;
  return newName();
}

function isUsed(index: PaperIndex, name: string): boolean {
  return index.byName(name) !== undefined || index.attributes.has(`${name}.kind`);
}

function storedAttributes(attributes: ParagraphAttributes | null): Record<string, string | number | null> {
  if (!attributes) return {};
  const {kind, level, dir, lang} = attributes;
  return {kind, level, dir, lang};
}

/** Paragraphs from `first` up to `last` go; others come in their place, or change where they have the same name. */
function replaceWhole(
  writer: StepWriter,
  segments: readonly Segment[],
  first: number,
  last: number,
  nodes: readonly Node[],
  after: Spot | null,
): void {
  const {index} = writer;
  const kept = new Set(nodes.map(node => attributesOf(node).name));
  const going = new Set(segments.slice(first, last));
  let at = after ?? (first > 0 ? endOf(segments[first - 1]) : null);
  for (const segment of going) {
    if (kept.has(segment.name)) continue;
    if (segment.shown >= 0) deleteParagraph(index, segment);
    if (nodes.length > 0) at ??= {segment, offset: segment.length};
  }
  for (const node of nodes) {
    const segment = index.byName(attributesOf(node).name);
    if (segment && going.has(segment)) {
      going.delete(segment);
      writeParagraph(writer, segment, node);
      at = endOf(segment);
    } else
      at = open(writer, at ?? beforeFirst(index), {attributes: attributesOf(node), runs: fromFragment(node.content)});
  }
}

function endOf(segment: Segment | undefined): Spot {
  return spotIn(segment, segment?.length ?? 0);
}

/** In front of all where that is where it would be shown; otherwise behind the first. */
function beforeFirst(index: PaperIndex): Spot | 'first' {
  const first = index.order[0];
  return first && first === index.stored[0] && first.key === null ? 'first' : endOf(index.shown[0]);
}

/** Makes a paragraph of the shared text say what a node says: its middle where both differ, and its attributes. */
function writeParagraph(writer: StepWriter, segment: Segment, node: Node): void {
  const {index} = writer;
  const now = paragraphNode(segment);
  const change = textChange(now, node);
  if (change) {
    const at = {segment, offset: change.from};
    deleteRange(index, at, {segment, offset: change.to});
    insertRuns(index, at, change.runs);
  }
  const {kind, level, dir, lang} = attributesOf(node);
  for (const [name, value] of Object.entries({kind, level, dir, lang})) {
    if ((index.attribute(segment, name as 'kind') ?? defaults[name]) !== value)
      writeAttribute(writer, segment, name, value);
  }
}

const defaults: Readonly<Record<string, unknown>> = {kind: 'text', level: 0, dir: null, lang: null};

function paragraphNode(segment: Segment): Node {
  return paperSchema.nodes.paragraph.create(
    null,
    segment.runs.map(run => textNode(run)),
  );
}

function textNode({text, marks}: Run): Node {
  const set = Object.entries(marks).map(([name, value]) =>
    paperSchema.mark(name, name === 'link' ? {href: value} : null),
  );
  return paperSchema.text(text, set);
}

/** Where two versions of a paragraph differ, as whole characters of the old one and what stands there in the new one. */
export function textChange(old: Node, changed: Node): {from: number; to: number; runs: Run[]} | null {
  const start = old.content.findDiffStart(changed.content);
  if (start === null) return null;
  const ends = old.content.findDiffEnd(changed.content);
  if (!ends) return null;
  const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
  const whole = wholeCharacters(old, start, ends.a + overlap);
  const behind = whole.to - (ends.a + overlap);
  return {...whole, runs: fromFragment(changed.content.cut(whole.from, ends.b + overlap + behind))};
}

function writeChanges(writer: StepWriter, segment: Segment, before: Node, after: Node): void {
  const was = attributesOf(before);
  const is = attributesOf(after);
  for (const name of ['kind', 'level', 'dir', 'lang'] as const) {
    if (was[name] !== is[name]) writeAttribute(writer, segment, name, is[name]);
  }
}

function writeAttribute({index}: StepWriter, segment: Segment, name: string, value: unknown): void {
  if (name !== 'kind' && name !== 'level' && name !== 'dir' && name !== 'lang' && name !== 'gone') return;
  if (value === null || value === undefined) unsetAttribute(index, segment, name);
  else setAttribute(index, segment, name, value as string | number | boolean);
}

function attribute(writer: StepWriter, step: AttrStep, before: Node): void {
  const position = before.resolve(step.pos);
  const segment = segmentsOf(writer, before)[position.index(0)];
  if (segment && position.depth === 0) writeAttribute(writer, segment, step.attr, step.value);
}

function mark(writer: StepWriter, step: AddMarkStep | RemoveMarkStep, before: Node, on: boolean): void {
  const name = step.mark.type.name;
  if (!isMark(name)) return;
  const value = on ? (name === 'link' ? String(step.mark.attrs['href']) : true) : null;
  const segments = segmentsOf(writer, before);
  before.forEach((node, position, k) => {
    const from = Math.max(step.from - position - 1, 0);
    const to = Math.min(step.to - position - 1, node.content.size);
    const segment = segments[k];
    if (segment && to > from)
      formatUnits(writer.index, spotIn(segment, from), Math.min(to, segment.length) - from, {[name]: value});
  });
}

/** Any other step: what differs between the two documents, whole paragraphs at a time. */
function rewrite(writer: StepWriter, before: Node, after: Node): void {
  const most = Math.min(before.childCount, after.childCount);
  let same = 0;
  while (same < most && before.child(same) === after.child(same)) same++;
  let end = 0;
  while (end < most - same && before.child(before.childCount - 1 - end) === after.child(after.childCount - 1 - end))
    end++;
  const nodes: Node[] = [];
  for (let k = same; k < after.childCount - end; k++) nodes.push(after.child(k));
  replaceWhole(writer, segmentsOf(writer, before), same, before.childCount - end, nodes, null);
}
