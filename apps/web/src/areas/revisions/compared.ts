import {numberParagraphs} from '@plenary/paper/numbering';
import type {Comparison, Row} from '@plenary/paper/compare/compare';
import {markNames, type MarkName} from '@plenary/paper/guard-shape';

export interface LabelledRow {
  readonly row: Row;
  /** What stands in the margin in the old text and in the new one. */
  readonly was: string;
  readonly is: string;
  /** What it was merged into or split from: its number or, without one, its place from 1. */
  readonly kin: string | number | null;
  /** From 1 among the changes; 0 when nothing changed. */
  readonly change: number;
}

/** With the numbers that the paragraphs have in either text. */
export function labelled(rows: Comparison, language: string): LabelledRow[] {
  const was = labels(rows, 'from', language);
  const is = labels(rows, 'to', language);
  let changes = 0;
  return rows.map(row => ({
    row,
    was: row.from === null ? '' : (was[row.from] ?? ''),
    is: row.to === null ? '' : (is[row.to] ?? ''),
    kin: kinOf(row.mergedInto, is) ?? kinOf(row.splitFrom, was),
    change: row.is === 'unchanged' && !row.moved ? 0 : ++changes,
  }));
}

function kinOf(place: number | null, labels: readonly string[]): string | number | null {
  return place === null ? null : labels[place] || place + 1;
}

function labels(rows: Comparison, side: 'from' | 'to', language: string): string[] {
  const frames = rows
    .filter(row => row[side] !== null)
    .toSorted((a, b) => a[side]! - b[side]!)
    .flatMap(row => {
      const frame = side === 'from' ? row.before : row.after;
      return frame ? [frame] : [];
    });
  return numberParagraphs(frames, language);
}

export interface Counts {
  readonly added: number;
  readonly deleted: number;
  readonly changed: number;
  readonly moved: number;
}

export function countsOf(rows: Comparison): Counts {
  const count = (holds: (row: Row) => boolean) => rows.filter(holds).length;
  return {
    added: count(({is}) => is === 'added'),
    deleted: count(({is}) => is === 'deleted'),
    changed: count(({is}) => is === 'changed'),
    moved: count(({moved}) => moved),
  };
}

/** The marks that words have gained or lost without changing themselves. */
export function changedMarks({pieces}: Row): MarkName[] {
  return markNames.filter(mark =>
    pieces.some(piece => piece.is === 'same' && piece.was && piece.was[mark] !== piece.marks[mark]),
  );
}
