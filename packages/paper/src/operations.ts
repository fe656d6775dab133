import {Refusal} from '@plenary/domain/refusal';
import {isSafeLink, markNames, textMarks} from './guard-shape.ts';
import type {AttributeName, MarkName} from './guard-shape.ts';
import type {PaperIndex, Segment} from './paper-index.ts';
import type {Marks, ParagraphContent, Run} from './view.ts';

/**
 * What one may do to a paper, on an index that is kept up to date on the way. Each runs inside the caller's transaction; the
 * editor's binding and `write.ts` both build on these, so a person's keys and a test's calls write the same.
 */

/** A place in the text: UTF-16 units from the start of a segment. */
export interface Spot {
  readonly segment: Segment;
  readonly offset: number;
}

export type JoinAnswer = 'joined' | 'ask-server' | 'first';

export type Formats = Record<string, string | boolean | null>;

/** Formats always go in explicitly: without them Yjs gives new text the marks of its neighbour. */
export function formatsOf(marks: Marks): Formats {
  const formats: Formats = {};
  for (const name of markNames) {
    const value = marks[name];
    if (value !== undefined && value !== null && textMarks[name](value)) formats[name] = value;
  }
  return formats;
}

export function setAttribute(
  index: PaperIndex,
  segment: Segment,
  attribute: AttributeName,
  value: string | number | boolean,
): void {
  index.attributes.set(`${segment.name}.${attribute}`, value);
  index.touch([segment.name]);
}

/** A derived name then reads the attribute of the id that it shares. */
export function unsetAttribute(index: PaperIndex, segment: Segment, attribute: AttributeName): void {
  index.attributes.delete(`${segment.name}.${attribute}`);
  index.touch([segment.name]);
}

/** Writing into a deleted paragraph brings it back. */
export function wake(index: PaperIndex, segment: Segment): void {
  if (segment.gone) setAttribute(index, segment, 'gone', false);
}

export function insertRuns(index: PaperIndex, {segment, offset}: Spot, runs: readonly Run[]): void {
  const written = runs.filter(run => run.text.length > 0);
  if (written.length === 0) return;
  wake(index, segment);
  let at = index.bodyIndex(segment, offset);
  for (const run of written) {
    index.body.insert(at, run.text, formatsOf(run.marks));
    at += run.text.length;
  }
  index.refresh(segment);
}

export function deleteUnits(index: PaperIndex, {segment, offset}: Spot, length: number): void {
  if (length <= 0) return;
  index.body.delete(index.bodyIndex(segment, offset), length);
  index.refresh(segment);
}

export function formatUnits(index: PaperIndex, {segment, offset}: Spot, length: number, formats: Formats): void {
  if (length <= 0) return;
  index.body.format(index.bodyIndex(segment, offset), length, formats);
  index.refresh(segment);
}

const copied = ['kind', 'level', 'dir', 'lang'] as const;

/** What a split hands on to the second half. */
export function attributesOf(index: PaperIndex, segment: Segment): Partial<Record<AttributeName, string | number>> {
  const attributes: Partial<Record<AttributeName, string | number>> = {};
  for (const attribute of copied) {
    const value = index.attribute(segment, attribute);
    if (value !== undefined) attributes[attribute] = value as string | number;
  }
  return attributes;
}

/** Opens a new paragraph in front of the units at a place; they follow it. Returns its segment. */
export function openAt(
  index: PaperIndex,
  spot: Spot,
  id: string,
  attributes: Partial<Record<AttributeName, string | number | null>>,
): Segment {
  const at = index.bodyIndex(spot.segment, spot.offset);
  return openAtIndex(index, at, spot.segment, id, attributes);
}

/** Opens a new paragraph in front of everything. */
export function openFirst(
  index: PaperIndex,
  id: string,
  attributes: Partial<Record<AttributeName, string | number | null>>,
): Segment {
  return openAtIndex(index, 0, index.head, id, attributes);
}

function openAtIndex(
  index: PaperIndex,
  at: number,
  before: Segment,
  id: string,
  attributes: Partial<Record<AttributeName, string | number | null>>,
): Segment {
  index.body.insertEmbed(at, {p: id}, {});
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) index.attributes.set(`${id}.${attribute}`, value);
  }
  index.refresh(before);
  const segment = index.stored.find(candidate => candidate.id === id);
  if (!segment) throw new Error('The paragraph that was just opened is not there.');
  return segment;
}

/**
 * Joins a shown paragraph to the one shown before it. Where they are also neighbours in storage (only hidden paragraphs
 * between them), in one run, and it has no order key of its own, its opener goes, and those of the hidden ones. An empty
 * one that cannot be joined so is deleted. Otherwise the server has to do it, by `joinAsServer`.
 */
export function joinWithPrevious(index: PaperIndex, segment: Segment): JoinAnswer {
  const previous = index.shown[segment.shown - 1];
  if (segment.shown < 1 || !previous) return 'first';
  if (!isJoinable(index, previous, segment)) {
    if (segment.length > 0) return 'ask-server';
    setAttribute(index, segment, 'gone', true);
    return 'joined';
  }
  if (segment.length > 0) wake(index, previous);
  const openers = index.stored.slice(previous.stored + 1, segment.stored + 1);
  // From the last to the first, so that the places of those before stay.
  for (const opener of openers.toReversed()) {
    index.body.delete(index.bodyIndex(opener, 0) - 1, 1);
    index.refresh(opener);
  }
  return 'joined';
}

export function isJoinable(index: PaperIndex, previous: Segment, segment: Segment): boolean {
  if (segment.stored <= previous.stored || !segment.opener) return false;
  return index.stored
    .slice(previous.stored + 1, segment.stored + 1)
    .every(
      between => between.run === previous.run && between.key === null && (between === segment || between.length === 0),
    );
}

/**
 * Deletes from one place to another. Text goes; every paragraph that begins inside is joined to the first, the empty ones
 * that cannot be are deleted. Returns the names of those which the server has to join.
 */
export function deleteRange(index: PaperIndex, from: Spot, to: Spot): string[] {
  if (from.segment === to.segment) {
    deleteUnits(index, from, to.offset - from.offset);
    return [];
  }
  wake(index, from.segment);
  const later = index.shown.slice(from.segment.shown + 1, to.segment.shown + 1);
  deleteUnits(index, from, from.segment.length - from.offset);
  for (const segment of later)
    deleteUnits(index, {segment, offset: 0}, segment === to.segment ? to.offset : segment.length);
  const asked: string[] = [];
  for (const segment of later) {
    // Deleting the text of one that was gone already has hidden it.
    if (!index.shown.includes(segment)) continue;
    if (joinWithPrevious(index, segment) === 'ask-server') asked.push(segment.name);
  }
  return asked;
}

/** The text goes, the opener stays: what another is writing in it is shown at its place. */
export function deleteParagraph(index: PaperIndex, segment: Segment): void {
  setAttribute(index, segment, 'gone', true);
  deleteUnits(index, {segment, offset: 0}, segment.length);
}

/** The first content goes into the paragraph at the place, each further one opens its own; what stood after it follows the last. */
export function pasteContent(
  index: PaperIndex,
  spot: Spot,
  content: readonly ParagraphContent[],
  newName: () => string,
): Spot {
  const [first, ...rest] = content;
  if (!first) return spot;
  const wasEmpty = spot.segment.length === 0;
  wake(index, spot.segment);
  insertRuns(index, spot, first.runs);
  if (wasEmpty && first.runs.length > 0) writeAttributes(index, spot.segment, first);
  let end: Spot = {segment: spot.segment, offset: spot.offset + lengthOf(first.runs)};
  for (const paragraph of rest) {
    const {kind, level, dir, lang} = paragraph;
    const segment = openAt(index, end, newName(), {kind, level, dir, lang});
    insertRuns(index, {segment, offset: 0}, paragraph.runs);
    end = {segment, offset: lengthOf(paragraph.runs)};
  }
  return end;
}

export function writeAttributes(
  index: PaperIndex,
  segment: Segment,
  {kind, level, dir, lang}: Omit<ParagraphContent, 'runs'>,
): void {
  const wanted = {kind, level, dir, lang};
  for (const [attribute, value] of Object.entries(wanted) as [keyof typeof wanted, string | number | null][]) {
    if (value !== null && index.attribute(segment, attribute) !== value) setAttribute(index, segment, attribute, value);
  }
}

export function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((length, run) => length + run.text.length, 0);
}

/** Formats that set or end a mark; a link that is none is refused. */
export function markFormats(mark: MarkName, value: string | true | null): Formats {
  if (mark === 'link' && value !== null && !isSafeLink(value)) throw new Refusal('room.link');
  return {[mark]: value};
}

/** The server's join across a boundary that a move has made: the words are copied with their marks, once, under a lease. */
export function joinAsServer(index: PaperIndex, segment: Segment): void {
  const previous = index.shown[segment.shown - 1];
  if (segment.shown < 1 || !previous) throw new Refusal('join.impossible');
  if (joinWithPrevious(index, segment) === 'joined') return;
  const runs = segment.runs;
  insertRuns(index, {segment: previous, offset: previous.length}, runs);
  deleteParagraph(index, segment);
}
