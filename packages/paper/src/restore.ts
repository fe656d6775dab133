import type * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {joinRuns} from './canonical.ts';
import {diffWords} from './compare/diff.ts';
import {longestIncreasing} from './compare/longest-increasing.ts';
import {piecesOf} from './compare/runs.ts';
import type {Piece} from './compare/runs.ts';
import {markNames, paragraphIdPattern} from './guard-shape.ts';
import {keysForMove} from './move.ts';
import * as operations from './operations.ts';
import {PaperIndex} from './paper-index.ts';
import type {Segment} from './paper-index.ts';
import {paragraphOf} from './read.ts';
import type {Marks, Paragraph, Run} from './view.ts';

interface Wanted {
  readonly paragraph: Paragraph;
  readonly segment: Segment;
}

/**
 * Server: brings a text back to what it was, in one transaction. Paragraphs keep their names; in those that are still there only
 * the words change that differ, so that carets and anchors in the others stand. What is no longer there is opened anew, and what
 * came since is deleted as a person deletes it: whoever is writing in it still sees their words, at their place.
 */
export function restoreParagraphs(
  doc: Y.Doc,
  paragraphs: readonly Paragraph[],
  newName: () => string,
  origin: unknown = null,
): void {
  doc.transact(() => {
    const index = new PaperIndex(doc);
    const wanted = rewrite(index, paragraphs, newName);
    for (const {paragraph, segment} of wanted) setFrame(index, segment, paragraph);
    const kept = new Set(wanted.map(({segment}) => segment));
    for (const segment of index.shown) if (!kept.has(segment)) remove(index, segment);
    putInOrder(
      index,
      wanted.map(({segment}) => segment),
    );
  }, origin);
}

/** The words of all paragraphs; each run of missing ones is opened inside of the one that stands before it. */
function rewrite(index: PaperIndex, paragraphs: readonly Paragraph[], newName: () => string): Wanted[] {
  const standing = paragraphs.map(({name}) => {
    const segment = index.byName(name);
    return segment?.opener ? segment : null;
  });
  const written = new Map<number, Segment>();
  for (let first = 0; first < paragraphs.length;) {
    let end = first + 1;
    while (end < paragraphs.length && !standing[end]) end++;
    const chain = paragraphs.slice(first, end);
    const segment = standing[first];
    const names = chain.map(paragraph => freeName(index, paragraph.name, newName));
    const segments = segment ? [segment, ...reopen(index, segment, chain, names)] : openAtTheEnd(index, chain, names);
    for (const [i, opened] of segments.entries()) written.set(first + i, opened);
    first = end;
  }
  return paragraphs.flatMap((paragraph, place) => {
    const segment = written.get(place);
    return segment ? [{paragraph, segment}] : [];
  });
}

/** The old name again, unless it was never an id of its own or another paragraph has it now. */
function freeName(index: PaperIndex, name: string, newName: () => string): string {
  return paragraphIdPattern.test(name) && !index.byName(name) ? name : newName();
}

/** Where paragraphs were joined the words still stand here, and only their beginnings are missing. */
function reopen(index: PaperIndex, segment: Segment, chain: readonly Paragraph[], names: readonly string[]): Segment[] {
  rewriteRuns(
    index,
    segment,
    chain.flatMap(({runs}) => runs),
  );
  let end = operations.lengthOf(chain.flatMap(({runs}) => runs));
  const opened: Segment[] = [];
  for (let i = chain.length - 1; i > 0; i--) {
    end -= operations.lengthOf(chain[i]!.runs);
    opened.unshift(operations.openAt(index, {segment, offset: end}, names[i]!, {}));
  }
  return opened;
}

/** When nothing of what stood before is left. They are put in their order later. */
function openAtTheEnd(index: PaperIndex, chain: readonly Paragraph[], names: readonly string[]): Segment[] {
  return chain.map((paragraph, i) => {
    const last = index.stored.at(-1) ?? index.head;
    const segment = operations.openAt(index, {segment: last, offset: last.length}, names[i]!, {});
    operations.insertRuns(index, {segment, offset: 0}, paragraph.runs);
    return segment;
  });
}

function rewriteRuns(index: PaperIndex, segment: Segment, runs: readonly Run[]): void {
  const before = segment.runs.map(run => ({...run}));
  const after = joinRuns(runs);
  const steps = diffWords(before.map(({text}) => text).join(''), after.map(({text}) => text).join(''));
  const pieces = piecesOf(before, after, steps);
  let offset = segment.length;
  // From the end on, so that the places before stay.
  for (const piece of pieces.toReversed()) {
    if (piece.is === 'added') {
      operations.insertRuns(index, {segment, offset}, [piece]);
      continue;
    }
    offset -= piece.text.length;
    if (piece.is === 'deleted') operations.deleteUnits(index, {segment, offset}, piece.text.length);
    else remark(index, segment, offset, piece);
  }
}

function remark(index: PaperIndex, segment: Segment, offset: number, piece: Piece & {readonly is: 'same'}): void {
  if (!piece.was) return;
  operations.formatUnits(index, {segment, offset}, piece.text.length, markChanges(piece.was, piece.marks));
}

function markChanges(was: Marks, marks: Marks): operations.Formats {
  const changes: operations.Formats = {};
  for (const mark of markNames) if (was[mark] !== marks[mark]) changes[mark] = marks[mark] ?? null;
  return changes;
}

function setFrame(index: PaperIndex, segment: Segment, {kind, level, dir, lang, gone}: Paragraph): void {
  const now = paragraphOf(index, segment);
  if (now.kind !== kind) operations.setAttribute(index, segment, 'kind', kind);
  if (now.level !== level) operations.setAttribute(index, segment, 'level', level);
  if (now.gone !== gone) operations.setAttribute(index, segment, 'gone', gone);
  for (const [attribute, value] of [
    ['dir', dir],
    ['lang', lang],
  ] as const) {
    if (now[attribute] === value) continue;
    if (value === null) operations.unsetAttribute(index, segment, attribute);
    else operations.setAttribute(index, segment, attribute, value);
  }
}

function remove(index: PaperIndex, segment: Segment): void {
  if (segment.opener) operations.deleteParagraph(index, segment);
  else operations.deleteUnits(index, {segment, offset: 0}, segment.length);
}

/** Moves as few as possible. One that cannot be moved stays where it is: no order is worth a lost word. */
function putInOrder(index: PaperIndex, wanted: readonly Segment[]): void {
  const place = new Map(index.order.map((segment, i) => [segment, i]));
  const staying = longestIncreasing(wanted.map(segment => place.get(segment) ?? -1));
  wanted.forEach((segment, i) => {
    if (staying.has(i)) return;
    try {
      for (const [id, key] of keysForMove(index, segment, wanted[i - 1] ?? null)) {
        index.attributes.set(`${id}.at`, key);
      }
      index.touchOrder();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  });
}
