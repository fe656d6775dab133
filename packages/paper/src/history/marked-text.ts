import * as Y from 'yjs';
import {longestIncreasing} from '../compare/longest-increasing.ts';
import {isOpener} from '../guard-shape.ts';
import {noMarks, PaperIndex, placeholder, sameMarks, withFormat, type Segment} from '../paper-index.ts';
import {paragraphOf, readShown} from '../read.ts';
import type {Marks, Paragraph} from '../view.ts';
import {StepRecord, type Fate, type LoggedEdit} from './step-record.ts';

/** Words under the same marks to which one thing happened. */
export interface MarkedPiece {
  readonly is: 'same' | 'added' | 'deleted';
  readonly text: string;
  readonly marks: Marks;
  /** The marks before, where they were others. */
  readonly was?: Marks;
  /** Whoever added or deleted them, by number. */
  readonly by: number | null;
  /** The beginning of a paragraph was deleted here: its words belong to this one now. */
  readonly isOpening?: true;
}

/** A paragraph at a moment, with what a step has made of it. */
export interface MarkedParagraph extends Omit<Paragraph, 'runs'> {
  readonly is: 'same' | 'changed' | 'added' | 'deleted';
  readonly moved: boolean;
  /** Kind and level before, where they were others. */
  readonly was: Pick<Paragraph, 'kind' | 'level'> | null;
  /** Whoever opened it, if it was opened in this step. */
  readonly by: number | null;
  readonly pieces: readonly MarkedPiece[];
}

export interface ReplayedStep {
  /** Yjs V1 state before all of these; null: an empty paper. */
  readonly state: Uint8Array | null;
  readonly before: readonly Uint8Array[];
  readonly step: readonly LoggedEdit[];
}

/** The text after a step, with what the step brought and took. What was deleted before it is not there. */
export function replayStep({state, before, step}: ReplayedStep): MarkedParagraph[] {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (state) Y.applyUpdate(doc, state);
    for (const bytes of before) Y.applyUpdate(doc, bytes);
  });
  const old = readShown(new PaperIndex(doc));
  // From here on deleted words are kept, to be shown as such.
  doc.gc = false;
  const record = new StepRecord(doc, step);
  return new Marking(doc, record, old).paragraphs();
}

/** The text at a moment as it was. */
export function replayText({state, before}: Omit<ReplayedStep, 'step'>): {paragraphs: Paragraph[]; state: Uint8Array} {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (state) Y.applyUpdate(doc, state);
    for (const bytes of before) Y.applyUpdate(doc, bytes);
  });
  // Reading tidies formats: the state is to be what the log says.
  const replayed = Y.encodeStateAsUpdate(doc);
  return {paragraphs: readShown(new PaperIndex(doc)), state: replayed};
}

class Marking {
  readonly #index: PaperIndex;
  readonly #record: StepRecord;
  readonly #old: ReadonlyMap<string, {readonly paragraph: Paragraph; readonly place: number}>;
  readonly #pieces = new Map<Segment, MarkedPiece[]>();
  readonly #openedBy = new Map<Segment, number>();

  constructor(doc: Y.Doc, record: StepRecord, old: readonly Paragraph[]) {
    this.#index = new PaperIndex(doc);
    this.#record = record;
    this.#old = new Map(old.map((paragraph, place) => [paragraph.name, {paragraph, place}]));
    this.#walk();
  }

  paragraphs(): MarkedParagraph[] {
    const segments = this.#index.order.filter(segment => this.#isOfInterest(segment));
    const places = segments.flatMap(({name}) => this.#old.get(name)?.place ?? []);
    const staying = longestIncreasing(places);
    const moved = new Set(places.filter((_, at) => !staying.has(at)));
    return segments.map(segment => this.#paragraph(segment, moved));
  }

  /** It is shown, or was when the step began, or something was written in it and deleted again. */
  #isOfInterest(segment: Segment): boolean {
    return segment.shown >= 0 || this.#old.has(segment.name) || this.#piecesOf(segment).length > 0;
  }

  #paragraph(segment: Segment, moved: ReadonlySet<number>): MarkedParagraph {
    const {runs: _runs, ...frame} = paragraphOf(this.#index, segment);
    const old = this.#old.get(segment.name);
    const pieces = this.#piecesOf(segment);
    const isMoved = old !== undefined && moved.has(old.place);
    const was =
      old && (old.paragraph.kind !== frame.kind || old.paragraph.level !== frame.level) ? old.paragraph : null;
    return {
      ...frame,
      is: segment.shown < 0 ? 'deleted' : !old ? 'added' : isMoved || was || isChanged(pieces) ? 'changed' : 'same',
      moved: isMoved,
      was: was && {kind: was.kind, level: was.level},
      by: this.#openedBy.get(segment) ?? null,
      pieces,
    };
  }

  #piecesOf(segment: Segment): MarkedPiece[] {
    let pieces = this.#pieces.get(segment);
    if (!pieces) this.#pieces.set(segment, (pieces = []));
    return pieces;
  }

  /** All units in storage order, those that are there and those that the step has deleted. */
  #walk(): void {
    let segment = this.#index.head;
    let marks = noMarks;
    let marksBefore = noMarks;
    for (let item = this.#index.body._start; item !== null; item = item.right) {
      const {content} = item;
      if (content instanceof Y.ContentFormat) {
        const [fate] = this.#record.fatesOf(item);
        if (!item.deleted) marks = withFormat(marks, content.key, content.value);
        if (fate && wasThere(item, fate)) marksBefore = withFormat(marksBefore, content.key, content.value);
        continue;
      }
      const opened = this.#index.byOpener(item);
      if (opened && !item.deleted) {
        segment = opened;
        const [fate] = this.#record.fatesOf(item);
        if (fate && fate.writtenBy !== null) this.#openedBy.set(segment, fate.writtenBy);
        continue;
      }
      if (item.countable) this.#take(segment, item, {marks, marksBefore});
    }
  }

  #take(segment: Segment, item: Y.Item, {marks, marksBefore}: {marks: Marks; marksBefore: Marks}): void {
    const pieces = this.#piecesOf(segment);
    let offset = 0;
    for (const fate of this.#record.fatesOf(item)) {
      const text = textOfUnits(item, offset, fate.length);
      offset += fate.length;
      if (item.deleted) {
        if (!wasThere(item, fate)) continue;
        const isOpening = item.content instanceof Y.ContentEmbed && isOpener(item.content.embed);
        add(pieces, {is: 'deleted', text, marks: marksBefore, by: fate.deletedBy, ...(isOpening && {isOpening})});
      } else if (fate.writtenBy !== null) add(pieces, {is: 'added', text, marks, by: fate.writtenBy});
      else if (sameMarks(marks, marksBefore)) add(pieces, {is: 'same', text, marks, by: null});
      else add(pieces, {is: 'same', text, marks, was: marksBefore, by: null});
    }
  }
}

/** When the step began. */
function wasThere(item: Y.Item, {writtenBy, deletedBy}: Fate): boolean {
  return writtenBy === null && (!item.deleted || deletedBy !== null);
}

function textOfUnits({content, length}: Y.Item, offset: number, count: number): string {
  if (content instanceof Y.ContentString) return content.str.slice(offset, offset + count);
  if (content instanceof Y.ContentEmbed && isOpener(content.embed)) return '¶';
  return placeholder.repeat(Math.min(count, length));
}

function add(pieces: MarkedPiece[], piece: MarkedPiece): void {
  const last = pieces.at(-1);
  const isOne =
    last?.is === piece.is &&
    last.by === piece.by &&
    !last.isOpening &&
    !piece.isOpening &&
    sameMarks(last.marks, piece.marks) &&
    (last.was ? piece.was !== undefined && sameMarks(last.was, piece.was) : !piece.was);
  if (isOne) pieces[pieces.length - 1] = {...last, text: last.text + piece.text};
  else pieces.push(piece);
}

function isChanged(pieces: readonly MarkedPiece[]): boolean {
  return pieces.some(({is, was}) => is !== 'same' || was !== undefined);
}
