import type * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import type {MarkName} from './guard-shape.ts';
import {keysForMove, keysForRepin, storedPlaces} from './move.ts';
import type {StoredPlaces} from './move.ts';
import * as operations from './operations.ts';
import type {JoinAnswer, Spot} from './operations.ts';
import {PaperIndex} from './paper-index.ts';
import type {Segment} from './paper-index.ts';
import type {Marks, ParagraphContent} from './view.ts';

/**
 * Operations on a paper's Y.Doc: each one transaction with the given origin, each reading the whole text first. For the
 * server, imports, bots and tests; the editor keeps an index of its own instead.
 */

export type {JoinAnswer} from './operations.ts';
export type {StoredPlaces} from './move.ts';

/** A place in the shown text: a paragraph's name and UTF-16 units from its start. */
export interface Place {
  readonly paragraph: string;
  readonly offset: number;
}

function paragraph(index: PaperIndex, name: string): Segment {
  const segment = index.byName(name);
  if (!segment || segment.shown < 0) throw new Refusal('paragraph.unknown');
  return segment;
}

function spot(index: PaperIndex, place: Place): Spot {
  const segment = paragraph(index, place.paragraph);
  return {segment, offset: Math.max(0, Math.min(place.offset, segment.length))};
}

function write<T>(doc: Y.Doc, origin: unknown, act: (index: PaperIndex) => T): T {
  return doc.transact(() => act(new PaperIndex(doc)), origin);
}

/** Writes the first text of a new paper; by the server only. Without content it gets one empty paragraph. */
export function writeContent(
  doc: Y.Doc,
  content: readonly ParagraphContent[],
  newName: () => string,
  origin: unknown = null,
): void {
  const empty: ParagraphContent = {kind: 'text', level: 0, dir: null, lang: null, runs: []};
  doc.transact(() => {
    const index = new PaperIndex(doc);
    let at = index.body.length;
    for (const {kind, level, dir, lang, runs} of content.length > 0 ? content : [empty]) {
      const id = newName();
      index.body.insertEmbed(at++, {p: id}, {});
      for (const [attribute, value] of Object.entries({kind, level, dir, lang})) {
        if (value !== null) index.attributes.set(`${id}.${attribute}`, value);
      }
      for (const run of runs) {
        if (run.text.length === 0) continue;
        index.body.insert(at, run.text, operations.formatsOf(run.marks));
        at += run.text.length;
      }
    }
  }, origin);
}

export function insertText(doc: Y.Doc, place: Place, text: string, marks: Marks = {}, origin: unknown = null): void {
  write(doc, origin, index => operations.insertRuns(index, spot(index, place), [{text, marks}]));
}

/** Returns the names of the paragraphs that the server has to join (see `joinParagraph`). */
export function deleteRange(doc: Y.Doc, from: Place, to: Place, origin: unknown = null): string[] {
  return write(doc, origin, index => operations.deleteRange(index, spot(index, from), spot(index, to)));
}

/** The first part keeps its name; the second is called `id` and takes kind, level, direction and language over unless given. */
export function splitParagraph(
  doc: Y.Doc,
  place: Place,
  id: string,
  origin: unknown = null,
  second: Partial<Omit<ParagraphContent, 'runs'>> = {},
): void {
  write(doc, origin, index => {
    const at = spot(index, place);
    operations.wake(index, at.segment);
    operations.openAt(index, at, id, {...operations.attributesOf(index, at.segment), ...second});
  });
}

export function joinWithPrevious(doc: Y.Doc, name: string, origin: unknown = null): JoinAnswer {
  return write(doc, origin, index => operations.joinWithPrevious(index, paragraph(index, name)));
}

export function setKind(doc: Y.Doc, name: string, kind: string, origin: unknown = null): void {
  write(doc, origin, index => operations.setAttribute(index, paragraph(index, name), 'kind', kind));
}

export function setLevel(doc: Y.Doc, name: string, level: number, origin: unknown = null): void {
  write(doc, origin, index => operations.setAttribute(index, paragraph(index, name), 'level', level));
}

/** Sets or (null) ends a mark from one place to another, never over an opener. Refuses `room.link`. */
export function setMark(
  doc: Y.Doc,
  from: Place,
  to: Place,
  mark: MarkName,
  value: string | true | null,
  origin: unknown = null,
): void {
  const formats = operations.markFormats(mark, value);
  write(doc, origin, index => {
    const start = spot(index, from);
    const end = spot(index, to);
    for (const segment of index.shown.slice(start.segment.shown, end.segment.shown + 1)) {
      const offset = segment === start.segment ? start.offset : 0;
      const until = segment === end.segment ? end.offset : segment.length;
      operations.formatUnits(index, {segment, offset}, until - offset, {...formats});
    }
  });
}

/** The first content goes into the paragraph, each further one gets a new name; what stood after the place follows the last. */
export function pasteContent(
  doc: Y.Doc,
  place: Place,
  content: readonly ParagraphContent[],
  newName: () => string,
  origin: unknown = null,
): void {
  write(doc, origin, index => operations.pasteContent(index, spot(index, place), content, newName));
}

export function deleteParagraph(doc: Y.Doc, name: string, origin: unknown = null): void {
  write(doc, origin, index => operations.deleteParagraph(index, paragraph(index, name)));
}

/** Takes back the deletion of a paragraph that still holds words. */
export function restoreParagraph(doc: Y.Doc, name: string, origin: unknown = null): void {
  write(doc, origin, index => operations.wake(index, paragraph(index, name)));
}

/** Server: puts a paragraph after another (null: first), by order keys alone. Refuses paragraph.unknown, move.impossible. */
export function moveParagraph(doc: Y.Doc, name: string, after: string | null, origin: unknown = null): void {
  write(doc, origin, index => {
    const moved = paragraph(index, name);
    const target = after === null ? null : paragraph(index, after);
    if (moved === target) throw new Refusal('move.impossible');
    for (const [id, key] of keysForMove(index, moved, target)) index.attributes.set(`${id}.at`, key);
  });
}

/** Server, under a lease: joins a paragraph to the one shown before it wherever they are stored. Refuses paragraph.unknown, join.impossible. */
export function joinParagraph(doc: Y.Doc, name: string, origin: unknown = null): void {
  write(doc, origin, index => operations.joinAsServer(index, paragraph(index, name)));
}

/** Server: to be kept before a client's update is applied and handed to `repinAfter`; null while no paragraph was ever moved. */
export function placesBefore(doc: Y.Doc): StoredPlaces | null {
  const attributes = doc.getMap('paragraphs');
  for (const key of attributes.keys()) if (key.endsWith('.at')) return storedPlaces(new PaperIndex(doc));
  return null;
}

/** Server: keeps in place what stood behind moved paragraphs whose opener a client has just deleted. True when keys were written. */
export function repinAfter(doc: Y.Doc, before: StoredPlaces | null, origin: unknown = null): boolean {
  if (before === null) return false;
  const keys = keysForRepin(before, storedPlaces(new PaperIndex(doc)));
  if (keys.length === 0) return false;
  const attributes = doc.getMap('paragraphs');
  doc.transact(() => {
    for (const [id, key] of keys) attributes.set(`${id}.at`, key);
  }, origin);
  return true;
}

/** Server: gives text before the first opener a paragraph of its own, and an empty text its first one. True when one was made. */
export function repairHead(doc: Y.Doc, newName: () => string, origin: unknown = null): boolean {
  const index = new PaperIndex(doc);
  const first = index.stored[0];
  if (first?.opener) return false;
  doc.transact(() => {
    operations.openFirst(index, newName(), {...operations.attributesOf(index, index.head), kind: 'text'});
  }, origin);
  return true;
}
