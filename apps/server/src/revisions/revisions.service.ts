import {createHash} from 'node:crypto';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {
  checkRestoring,
  mayReadRevision,
  numberToIssue,
  revisionSymbol,
  type RevisionKind,
} from '@plenary/domain/papers/revision';
import {Refusal} from '@plenary/domain/refusal';
import {requireRight} from '@plenary/domain/rights/permissions';
import {canonicalContent, canonicalText, readContent, sameContent} from '@plenary/paper/canonical';
import {compare, type Comparison} from '@plenary/paper/compare/compare';
import type {Paragraph} from '@plenary/paper/view';
import type {Act, RevisionSummary, StoredPaperRow, StoredRevision, Transaction} from '@plenary/store/store';
import type {App} from '../app.ts';
import {actorIn} from '../ledger/ledger.service.ts';
import {seePaper, whyNotWriting, type SeenPaper} from '../papers/papers.service.ts';
import type {PaperState} from '../papers/rooms/rooms.ts';

/** A paper whose text the reader may see, as its revisions need it. */
export interface ReadablePaper {
  readonly paper: StoredPaperRow;
  readonly isParticipant: boolean;
  /** Whether names may be shown. */
  readonly isNamed: boolean;
}

/** Refuses `not-found`, `paper.closed`. */
export async function readablePaper(app: App, actor: Actor, key: string): Promise<ReadablePaper> {
  return readable(actor, await seePaper(app, actor, key));
}

function readable(actor: Actor, {paper, disclosure}: SeenPaper): ReadablePaper {
  if (disclosure.sees !== 'text') throw new Refusal('paper.closed');
  const isParticipant = roleIn(actor, paper.consultation) !== 'follower';
  return {paper, isParticipant, isNamed: disclosure.attributions};
}

/** Newest first, as far as this reader may know of them. */
export async function listRevisions(app: App, {paper, isParticipant}: ReadablePaper): Promise<RevisionSummary[]> {
  const all = await app.store.revisions.of(paper.id);
  return all.filter(({kind}) => mayReadRevision(kind, isParticipant));
}

/** By id or symbol. Refuses `not-found`, alike for one that is not there and one that is not for this reader. */
export async function findRevision(
  app: App,
  {paper, isParticipant}: ReadablePaper,
  key: string,
): Promise<StoredRevision> {
  const revision = await app.store.revisions.find(paper.id, key);
  if (!revision || !mayReadRevision(revision.kind, isParticipant)) throw new Refusal('not-found');
  return revision;
}

/** The chair's word: this is the text. Refuses `not-found`, `not-permitted`, `revision.empty`, `revision.unchanged`. */
export async function issueRevision(app: App, actor: Actor, key: string, title: string): Promise<RevisionSummary> {
  const {paper} = await readablePaper(app, actor, key);
  requireRight(actor, 'preside', paper.consultation);
  for (;;) {
    const text = await app.rooms.state(paper);
    const issued = await app.store.transaction(tx => issue(app, tx, {paper, actor, text, title}));
    if (issued) return issued;
  }
}

interface Issuing {
  readonly paper: StoredPaperRow;
  readonly actor: Actor;
  readonly text: PaperState;
  readonly title: string;
}

/** Null when a later text was issued while this one was being read. */
async function issue(app: App, tx: Transaction, {paper, actor, text, title}: Issuing): Promise<RevisionSummary | null> {
  await tx.papers.lock(paper.id);
  const last = (await tx.revisions.of(paper.id)).find(({kind}) => kind === 'issued') ?? null;
  if (last && last.seq > text.seq) return null;
  const before = last && (await tx.revisions.find(paper.id, last.id));
  const number = numberToIssue(last, {
    isEmpty: canonicalText(text.paragraphs).trim() === '',
    isUnchanged: before !== null && sameContent(readContent(before.content), text.paragraphs),
  });
  const revision = revisionOf(app, {paper, actor, text, title, kind: 'issued', number});
  await tx.revisions.add(revision);
  const {id, sha256} = revision;
  await record(app, tx, paper, actor, 'revision.issued', {revision: id, number, sha256});
  return revision;
}

/**
 * Brings the working text back to a revision while others go on writing. The text as it stands is kept first. Refuses as
 * writing does, and `not-found`, `not-permitted`, `revision.unchanged`.
 */
export async function restoreRevision(
  app: App,
  actor: Actor,
  key: string,
  wanted: string,
): Promise<{readonly paper: ReadablePaper; readonly kept: RevisionSummary}> {
  const seen = await readablePaper(app, actor, key);
  const {paper} = seen;
  requireRight(actor, 'preside', paper.consultation);
  const why = whyNotWriting(actor, paper);
  if (why) throw why;
  const revision = await findRevision(app, seen, wanted);
  const paragraphs = readContent(revision.content);
  const text = await app.rooms.state(paper);
  checkRestoring(revision, sameContent(text.paragraphs, paragraphs));
  const kept = await app.store.transaction(tx => keep(app, tx, {paper, actor, text, title: ''}));
  await app.rooms.restore(paper, text, paragraphs, actor.kind === 'member' ? actor.number : 0);
  const {id, kind, number} = revision;
  await app.store.transaction(tx =>
    record(app, tx, paper, actor, 'paper.restored', {revision: id, kind, number, kept: kept.id}),
  );
  return {paper: seen, kept};
}

/** A text of the past becomes a kept revision, called by its hour: from then on it can be read, compared and restored. */
export async function keepMoment(
  app: App,
  actor: Actor,
  paper: StoredPaperRow,
  {text, at}: {readonly text: PaperState; readonly at: number},
): Promise<RevisionSummary> {
  const title = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return app.store.transaction(tx => keep(app, tx, {paper, actor, text, title}));
}

async function keep(app: App, tx: Transaction, keeping: Issuing): Promise<RevisionSummary> {
  const {paper, actor} = keeping;
  await tx.papers.lock(paper.id);
  const number = 1 + (await tx.revisions.of(paper.id)).filter(({kind}) => kind === 'kept').length;
  const revision = revisionOf(app, {...keeping, kind: 'kept', number});
  await tx.revisions.add(revision);
  const {id, sha256} = revision;
  await record(app, tx, paper, actor, 'revision.kept', {revision: id, number, sha256});
  return revision;
}

function revisionOf(
  app: App,
  {paper, actor, text, title, kind, number}: Issuing & {readonly kind: RevisionKind; readonly number: number},
): StoredRevision {
  const content = canonicalContent(text.paragraphs);
  const canonical = canonicalText(content);
  return {
    id: app.newId<'revision'>(),
    paper: paper.id,
    kind,
    number,
    symbol: revisionSymbol(paper, kind, number),
    title,
    sha256: createHash('sha256').update(canonical, 'utf8').digest('hex'),
    issuedAt: app.clock.now(),
    issuedBy: actor.kind === 'member' ? actor.member : null,
    seq: text.seq,
    state: text.state,
    content,
    text: canonical,
  };
}

async function record(
  app: App,
  tx: Transaction,
  paper: StoredPaperRow,
  actor: Actor,
  act: string,
  event: Act['event'],
): Promise<void> {
  const by = actorIn(actor, paper.consultation);
  const {seq} = await tx.ledger.append({
    stream: `paper:${paper.id}`,
    act,
    at: app.clock.now(),
    actor: by,
    event,
  });
  tx.afterCommit(() => app.bus.publish(`paper:${paper.id}`, {seq}));
}

export interface Compared {
  readonly from: RevisionSummary;
  /** Null: the working text. */
  readonly to: RevisionSummary | null;
  readonly rows: Comparison;
}

/** Two revisions, or (`to` null) one and the working text. Refuses `not-found`, `paper.closed`. */
export async function compareRevisions(
  app: App,
  readable: ReadablePaper,
  from: string,
  to: string | null,
): Promise<Compared> {
  const old = await findRevision(app, readable, from);
  const now = to === null ? null : await findRevision(app, readable, to);
  return {from: old, to: now, rows: compare(readContent(old.content), await paragraphsOf(app, readable, now))};
}

async function paragraphsOf(
  app: App,
  {paper}: ReadablePaper,
  revision: StoredRevision | null,
): Promise<readonly Paragraph[]> {
  if (revision) return readContent(revision.content);
  return canonicalContent((await app.rooms.read(paper)).paragraphs);
}
