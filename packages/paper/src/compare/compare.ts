import {joinRuns} from '../canonical.ts';
import {sameMarks} from '../paper-index.ts';
import {textOf} from '../view.ts';
import type {Paragraph, Run} from '../view.ts';
import {descentOf} from './descent.ts';
import {diffForReading} from './diff.ts';
import {longestIncreasing} from './longest-increasing.ts';
import {piecesOf, RunReader} from './runs.ts';
import type {Piece} from './runs.ts';

export type {Piece} from './runs.ts';

/** A paragraph without its words. */
export type Frame = Omit<Paragraph, 'runs'>;

/** One paragraph of either text, or of both. */
export interface Row {
  readonly is: 'unchanged' | 'changed' | 'added' | 'deleted';
  /** It stands in another order among those that both texts have. */
  readonly moved: boolean;
  /** Place in the old text and the new one, from 0. */
  readonly from: number | null;
  readonly to: number | null;
  readonly before: Frame | null;
  readonly after: Frame | null;
  readonly pieces: readonly Piece[];
  /** Of a deleted one whose words now stand in another paragraph: that one's place in the new text. */
  readonly mergedInto: number | null;
  /** Of an added one whose words stood in another paragraph: that one's place in the old text. */
  readonly splitFrom: number | null;
}

/** In the order of the new text; what was deleted stands where it stood. */
export type Comparison = readonly Row[];

/**
 * Two texts of one paper, paragraph by paragraph. They are matched by name, and, where names differ, by words that stand
 * exactly once in each. What was joined to another paragraph, or split from one, is found by its words, and stays a deleted
 * or an added row that says so.
 */
export function compare(old: readonly Paragraph[], now: readonly Paragraph[]): Comparison {
  const fromOf = match(old, now);
  const matched = now.flatMap((_, to) => (fromOf.has(to) ? [to] : []));
  const staying = longestIncreasing(matched.map(to => fromOf.get(to)!));
  const stays = new Set(matched.filter((_, place) => staying.has(place)));
  const taken = new Set(fromOf.values());
  const {mergedInto, splitFrom} = descentOf(old, now, fromOf);
  const rows: Row[] = [];
  let next = 0;
  const deletedUpTo = (end: number): void => {
    for (; next < end; next++) if (!taken.has(next)) rows.push(alone('deleted', old[next]!, next, mergedInto));
  };
  now.forEach((paragraph, to) => {
    const from = fromOf.get(to);
    if (from === undefined) {
      rows.push(alone('added', paragraph, to, splitFrom));
      return;
    }
    if (stays.has(to)) deletedUpTo(from);
    rows.push(both(old[from]!, paragraph, from, to, !stays.has(to)));
    if (stays.has(to)) next = from + 1;
  });
  deletedUpTo(old.length);
  return rows;
}

/** Places in the old text by places in the new one. */
function match(old: readonly Paragraph[], now: readonly Paragraph[]): Map<number, number> {
  const byName = new Map(old.map((paragraph, from) => [paragraph.name, from]));
  const fromOf = new Map<number, number>();
  now.forEach(({name}, to) => {
    const from = byName.get(name);
    if (from !== undefined) fromOf.set(to, from);
  });
  const taken = new Set(fromOf.values());
  const oldByWords = onceByWords(old, from => !taken.has(from));
  for (const [words, to] of onceByWords(now, place => !fromOf.has(place))) {
    const from = oldByWords.get(words);
    if (from !== undefined) fromOf.set(to, from);
  }
  return fromOf;
}

function onceByWords(paragraphs: readonly Paragraph[], isFree: (place: number) => boolean): Map<string, number> {
  const once = new Map<string, number>();
  const twice = new Set<string>();
  paragraphs.forEach((paragraph, place) => {
    const words = textOf(paragraph);
    if (!isFree(place) || words.trim() === '') return;
    if (once.has(words)) twice.add(words);
    once.set(words, place);
  });
  for (const words of twice) once.delete(words);
  return once;
}

function alone(
  is: 'added' | 'deleted',
  paragraph: Paragraph,
  place: number,
  descent: ReadonlyMap<number, number>,
): Row {
  const other = descent.get(place) ?? null;
  const frame = frameOf(paragraph);
  const pieces = paragraph.runs.map(({text, marks}) => ({is, text, marks}));
  return is === 'added'
    ? {is, moved: false, from: null, to: place, before: null, after: frame, pieces, mergedInto: null, splitFrom: other}
    : {is, moved: false, from: place, to: null, before: frame, after: null, pieces, mergedInto: other, splitFrom: null};
}

function both(old: Paragraph, now: Paragraph, from: number, to: number, moved: boolean): Row {
  const before = frameOf(old);
  const after = frameOf(now);
  const isSame = sameFrame(before, after) && sameRuns(old.runs, now.runs);
  const pieces: readonly Piece[] = isSame
    ? now.runs.map(({text, marks}) => ({is: 'same', text, marks}))
    : piecesOf(old.runs, now.runs, diffForReading(textOf(old), textOf(now)));
  const is = isSame ? 'unchanged' : 'changed';
  return {is, moved, from, to, before, after, pieces, mergedInto: null, splitFrom: null};
}

function frameOf({name, kind, level, dir, lang, gone}: Paragraph): Frame {
  return {name, kind, level, dir, lang, gone};
}

/** But for the name, which nobody sees. */
function sameFrame(a: Frame, b: Frame): boolean {
  return a.kind === b.kind && a.level === b.level && a.dir === b.dir && a.lang === b.lang && a.gone === b.gone;
}

function sameRuns(a: readonly Run[], b: readonly Run[]): boolean {
  return a.length === b.length && a.every((run, i) => run.text === b[i]?.text && sameMarks(run.marks, b[i].marks));
}

/** The new text, out of the old one and what the comparison says of it. */
export function applyComparison(old: readonly Paragraph[], comparison: Comparison): Paragraph[] {
  return rebuilt(comparison, 'to', row => {
    const source = new RunReader(row.from === null ? [] : old[row.from]!.runs);
    return {frame: row.after, runs: row.pieces.flatMap(piece => taken(source, piece, 'deleted', piece.marks))};
  });
}

/** The old text, out of the new one. */
export function rejectComparison(now: readonly Paragraph[], comparison: Comparison): Paragraph[] {
  return rebuilt(comparison, 'from', row => {
    const source = new RunReader(row.to === null ? [] : now[row.to]!.runs);
    return {
      frame: row.before,
      runs: row.pieces.flatMap(piece =>
        taken(source, piece, 'added', piece.is === 'same' ? (piece.was ?? piece.marks) : piece.marks),
      ),
    };
  });
}

function rebuilt(
  comparison: Comparison,
  place: 'from' | 'to',
  rebuild: (row: Row) => {frame: Frame | null; runs: Run[]},
): Paragraph[] {
  return comparison
    .filter(row => row[place] !== null)
    .toSorted((a, b) => a[place]! - b[place]!)
    .flatMap(row => {
      const {frame, runs} = rebuild(row);
      return frame ? [{...frame, runs: joinRuns(runs)}] : [];
    });
}

/** What one piece leaves in the text: same words come out of the source, words of the other side are stepped over. */
function taken(source: RunReader, piece: Piece, steppedOver: 'deleted' | 'added', marks: Run['marks']): Run[] {
  if (piece.is === 'same') return source.takeAll(piece.text.length).map(({text}) => ({text, marks}));
  if (piece.is !== steppedOver) return [{text: piece.text, marks: piece.marks}];
  source.takeAll(piece.text.length);
  return [];
}
