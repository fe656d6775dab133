import {Refusal} from '../refusal.ts';
import type {Paper} from './paper.ts';

/** `issued` by the chair, immutable and hashed · `kept` by itself before a restoration, so that it can be taken back. */
export const revisionKinds = ['issued', 'kept'] as const;
export type RevisionKind = (typeof revisionKinds)[number];

export const revisionTitleMaxLength = 200;

/** What a rule has to know of a revision that is there already. */
export interface KnownRevision {
  readonly id: string;
  readonly number: number;
  readonly symbol: string;
}

export interface TextToIssue {
  readonly isEmpty: boolean;
  /** Word for word and mark for mark what the last issued revision says. */
  readonly isUnchanged: boolean;
}

/**
 * The number that the chair's next revision gets: 0 the Zero draft, then Rev.1, Rev.2 … Refuses `revision.empty`, and
 * `revision.unchanged` with the revision that says the same.
 */
export function numberToIssue(last: KnownRevision | null, {isEmpty, isUnchanged}: TextToIssue): number {
  if (isEmpty) throw new Refusal('revision.empty');
  if (!last) return 0;
  if (isUnchanged) throw new Refusal('revision.unchanged', {revision: last.id, symbol: last.symbol});
  return last.number + 1;
}

/** Refuses `revision.unchanged` where restoring would change nothing. */
export function checkRestoring(revision: KnownRevision, isUnchanged: boolean): void {
  if (isUnchanged) throw new Refusal('revision.unchanged', {revision: revision.id, symbol: revision.symbol});
}

/**
 * As UN documents are cited: the Zero draft under the symbol of the paper itself, `A/L.3`, the next ones `A/L.3/Rev.1`. A paper
 * without a symbol goes by its address in capitals.
 */
export function revisionSymbol(paper: Pick<Paper, 'symbol' | 'slug'>, kind: RevisionKind, number: number): string {
  const symbol = paper.symbol || paper.slug.toUpperCase();
  if (kind === 'kept') return `${symbol}/Kept.${number}`;
  return number === 0 ? symbol : `${symbol}/Rev.${number}`;
}

/** Issued revisions are read by whoever may read the paper; kept ones hold words that nobody has issued. */
export function mayReadRevision(kind: RevisionKind, isParticipant: boolean): boolean {
  return kind === 'issued' || isParticipant;
}
