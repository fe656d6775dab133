import type {Actor} from '@plenary/domain/members/actor';
import type {HistoryStep} from '@plenary/domain/papers/history';
import {holds, requireRight} from '@plenary/domain/rights/permissions';
import {Refusal} from '@plenary/domain/refusal';
import type {MarkedParagraph} from '@plenary/paper/history/marked-text';
import type {RevisionSummary, StoredPaperRow} from '@plenary/store/store';
import type {App} from '../app.ts';
import {whyNotWriting} from '../papers/papers.service.ts';
import {
  keepMoment,
  listRevisions,
  readablePaper,
  restoreRevision,
  type ReadablePaper,
} from '../revisions/revisions.service.ts';
import {authorsOf, type Author} from './authors.ts';
import type {Part} from './histories.ts';

export interface PaperHistory {
  readonly readable: ReadablePaper;
  readonly steps: readonly HistoryStep[];
  readonly isFinest: boolean;
  /** The last entry of the log. */
  readonly seq: number;
  readonly authors: ReadonlyMap<number, Author>;
  /** Oldest first. */
  readonly revisions: readonly RevisionSummary[];
  readonly mayRestore: boolean;
}

/**
 * Deleted words are in it, so that it is for those alone who may write the paper or preside over it, whatever the mode is.
 * Refuses `not-found`, `paper.closed`, `sign-in.required`, `not-permitted`.
 */
async function withHistory(app: App, actor: Actor, key: string): Promise<ReadablePaper> {
  const readable = await readablePaper(app, actor, key);
  requireRight(actor, 'read-history', readable.paper.consultation);
  return readable;
}

export async function historyOf(app: App, actor: Actor, key: string, part: Part | null): Promise<PaperHistory> {
  const readable = await withHistory(app, actor, key);
  const {paper} = readable;
  const {steps, isFinest, seq} = await app.histories.steps(paper.number, part);
  const [authors, revisions] = await Promise.all([
    authorsOf(app, paper, [...new Set(steps.flatMap(({actors}) => actors))]),
    listRevisions(app, readable),
  ]);
  return {
    readable,
    steps,
    isFinest,
    seq,
    authors,
    revisions: revisions.toReversed(),
    mayRestore: mayRestore(actor, paper),
  };
}

function mayRestore(actor: Actor, paper: StoredPaperRow): boolean {
  return holds(actor, 'preside', paper.consultation) && whyNotWriting(actor, paper) === null;
}

export interface Moment {
  readonly paper: StoredPaperRow;
  readonly paragraphs: readonly MarkedParagraph[];
  readonly authors: ReadonlyMap<number, Author>;
}

/** The text after the last entry of a part of the log, with what that part brought and took. */
export async function momentOf(app: App, actor: Actor, key: string, part: Part): Promise<Moment> {
  const {paper} = await withHistory(app, actor, key);
  const paragraphs = await app.histories.step(paper.number, part);
  const numbers = new Set<number>();
  for (const {by, pieces} of paragraphs) {
    if (by !== null) numbers.add(by);
    for (const piece of pieces) if (piece.by !== null) numbers.add(piece.by);
  }
  return {paper, paragraphs, authors: await authorsOf(app, paper, [...numbers])};
}

/**
 * Brings the working text back to what it was after an entry: that text is kept as a revision, and then restored like any
 * other. Refuses what restoring a revision refuses.
 */
export async function restoreMoment(
  app: App,
  actor: Actor,
  key: string,
  seq: number,
): Promise<{readonly paper: ReadablePaper; readonly kept: RevisionSummary}> {
  const {paper} = await withHistory(app, actor, key);
  requireRight(actor, 'preside', paper.consultation);
  const why = whyNotWriting(actor, paper);
  if (why) throw why;
  const {at, ...text} = await app.histories.textAt(paper.number, seq);
  const moment = await keepMoment(app, actor, paper, {text, at});
  return restoreRevision(app, actor, paper.id, moment.id);
}

/** Who writes under which Yjs clientID. Refuses `not-found`, `paper.closed`, and `not-permitted` where names are not shown. */
export async function authorshipOf(
  app: App,
  actor: Actor,
  key: string,
): Promise<{
  readonly clients: readonly (readonly [client: number, author: number])[];
  readonly authors: ReadonlyMap<number, Author>;
}> {
  const {paper, isNamed} = await readablePaper(app, actor, key);
  if (!isNamed) throw new Refusal('not-permitted');
  const clients = await app.store.updates.authors(paper.number);
  return {clients, authors: await authorsOf(app, paper, [...new Set(clients.map(([, number]) => number))])};
}
