import {randomBytes} from 'node:crypto';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import type {Comment, HidingReason} from '@plenary/domain/comments/comment';
import * as commenting from '@plenary/domain/comments/commenting';
import {mentionsIn} from '@plenary/domain/comments/mentions';
import type {CommentEntryId, CommentId, MemberId} from '@plenary/domain/ids';
import {mandateIn, type Actor, type ActorMandate} from '@plenary/domain/members/actor';
import {disclose} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {requireRight, type Right} from '@plenary/domain/rights/permissions';
import {saltLength} from '@plenary/ledger/leaf';
import {commitmentTo} from '@plenary/ledger/commitment';
import type {StoredPaperRow, Transaction} from '@plenary/store/store';
import type {App} from '../app.ts';
import {actorIn} from '../ledger/ledger.service.ts';
import {discloseTo, seePaper} from '../papers/papers.service.ts';

/** Comments are for those who read the text as members of the consultation. Refuses `not-found`, `not-permitted`, `paper.closed`. */
async function paperFor(app: App, actor: Actor, right: Right, key: string): Promise<StoredPaperRow> {
  const {paper, disclosure} = await seePaper(app, actor, key);
  requireRight(actor, right, paper.consultation);
  if (disclosure.sees !== 'text') throw new Refusal('paper.closed');
  return paper;
}

export interface CommentsSeen {
  readonly paper: StoredPaperRow;
  readonly comments: readonly Comment[];
  readonly seq: number;
  readonly hidden: number;
}

/** Threads that changed after `since`. */
export async function readComments(app: App, actor: Actor, key: string, since: number): Promise<CommentsSeen> {
  const paper = await paperFor(app, actor, 'read-comments', key);
  // What changes between the two is told again next time rather than never.
  const seq = await app.store.comments.lastChange(paper.id);
  const comments = await app.store.comments.of(paper.id, since);
  return {paper, comments, seq, hidden: await app.store.comments.countHidden(paper.id)};
}

export interface Person {
  readonly id: MemberId;
  readonly handle: string;
  readonly organisation: string | null;
}

const mostPeople = 8;

/** Members who may be mentioned and whose handle begins as it is typed. */
export async function findMentionable(app: App, actor: Actor, key: string, typed: string): Promise<readonly Person[]> {
  const paper = await paperFor(app, actor, 'comment', key);
  const wanted = typed.normalize('NFKC').toLowerCase();
  const people = await readersOf(app, paper);
  const fitting = people.filter(({handle}) => handle.normalize('NFKC').toLowerCase().startsWith(wanted));
  const found = fitting.slice(0, mostPeople);
  return Promise.all(
    found.map(async ({id, handle, organisation}) => ({
      id,
      handle,
      organisation: organisation === null ? null : ((await app.store.organisations.find(organisation))?.name ?? null),
    })),
  );
}

/** Members of the consultation who read this paper, each once. */
async function readersOf(app: App, paper: StoredPaperRow) {
  const now = app.clock.now();
  const members = await app.store.members.membersOf(paper.consultation, now);
  const readers = new Map<MemberId, (typeof members)[number]>();
  for (const member of members) {
    const {sees} = disclose(paper.publication, member.role, now);
    if (sees === 'text' && !readers.has(member.id)) readers.set(member.id, member);
  }
  return [...readers.values()];
}

export interface NewComment {
  /** Made by the client: the same comment sent again is found by it. */
  readonly key: string;
  readonly anchor: CommentAnchor;
  readonly text: string;
}

/** Begins a thread; under a key that was used before it answers with what that made. */
export async function makeComment(app: App, actor: Actor, key: string, wanted: NewComment): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  const mentions = mentionsIn(wanted.text, await readersOf(app, paper));
  return inTurn(app, actor, paper, async turn => {
    const {tx, member, at, change} = turn;
    const known = await tx.comments.findByKey(paper.id, member, wanted.key);
    if (known) return known;
    const id: CommentId = app.newId<'comment'>();
    await tx.comments.create({id, paper: paper.id, anchor: wanted.anchor, author: member, createdAt: at, change});
    const {entry, commitment} = await write(app, turn, id, wanted, mentions);
    await turn.record('comment.made', {comment: id, entry, on: wanted.anchor.on, commitment});
    return id;
  });
}

/** Refuses `not-found`, `comment.resolved`. */
export async function replyTo(
  app: App,
  actor: Actor,
  key: string,
  comment: string,
  wanted: Omit<NewComment, 'anchor'>,
): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  const mentions = mentionsIn(wanted.text, await readersOf(app, paper));
  return inTurn(app, actor, paper, async turn => {
    const known = await turn.tx.comments.findByKey(paper.id, turn.member, wanted.key);
    if (known) return known;
    const thread = await turn.find(comment);
    commenting.reply(thread);
    const {entry, commitment} = await write(app, turn, thread.id, wanted, mentions);
    await turn.record('comment.replied', {comment: thread.id, entry, commitment});
    return thread.id;
  });
}

export async function resolveComment(app: App, actor: Actor, key: string, comment: string): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, at, change}) => {
    const thread = await find(comment);
    if (!commenting.resolve(thread, {member, role})) return thread.id;
    await tx.comments.setResolved(thread.id, {by: member, at}, change);
    await record('comment.resolved', {comment: thread.id});
    return thread.id;
  });
}

export async function reopenComment(app: App, actor: Actor, key: string, comment: string): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, change}) => {
    const thread = await find(comment);
    if (!commenting.reopen(thread, {member, role})) return thread.id;
    await tx.comments.setResolved(thread.id, null, change);
    await record('comment.reopened', {comment: thread.id});
    return thread.id;
  });
}

/** Puts a thread on other words, when those that it stood on are gone. */
export async function reattachComment(
  app: App,
  actor: Actor,
  key: string,
  comment: string,
  anchor: CommentAnchor,
): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, change}) => {
    const thread = await find(comment);
    commenting.reattach(thread, {member, role});
    await tx.comments.setAnchor(thread.id, anchor, change);
    await record('comment.reattached', {comment: thread.id, on: anchor.on});
    return thread.id;
  });
}

/** Refuses `not-permitted`, `comment.withdrawn`. */
export async function hideEntry(
  app: App,
  actor: Actor,
  key: string,
  comment: string,
  {entry: wanted, reason}: {entry: string | null; reason: HidingReason},
): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, at, change}) => {
    const thread = await find(comment);
    const entry = commenting.entryOf(thread, wanted);
    if (!commenting.hide(entry, reason, {member, role})) return thread.id;
    await tx.comments.hideEntry(thread.id, entry.id, {by: member, at, reason}, change);
    await record('comment.hidden', {comment: thread.id, entry: entry.id, reason});
    return thread.id;
  });
}

/** Puts other words in place of the actor's own; the first ones are kept nowhere. Refuses as `commenting.edit`. */
export async function editEntry(
  app: App,
  actor: Actor,
  key: string,
  comment: string,
  {entry: wanted, text}: {entry: string | null; text: string},
): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  const mentions = mentionsIn(text, await readersOf(app, paper)).map(({id}) => id);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, at, change}) => {
    const thread = await find(comment);
    const entry = commenting.entryOf(thread, wanted);
    if (!commenting.edit(thread, entry, text, {member, role})) return thread.id;
    const salt = new Uint8Array(randomBytes(saltLength));
    await tx.comments.editEntry(thread.id, entry.id, {text, salt, at, mentions}, change);
    await record('comment.edited', {comment: thread.id, entry: entry.id, commitment: commitmentTo(salt, text)});
    return thread.id;
  });
}

/** Erases what the actor wrote themselves; that something stood there stays to be seen. */
export async function withdrawEntry(
  app: App,
  actor: Actor,
  key: string,
  comment: string,
  wanted: string | null,
): Promise<Comment> {
  const paper = await paperFor(app, actor, 'comment', key);
  return inTurn(app, actor, paper, async ({tx, find, record, member, role, at, change}) => {
    const thread = await find(comment);
    const entry = commenting.entryOf(thread, wanted);
    if (!commenting.withdraw(entry, {member, role})) return thread.id;
    await tx.comments.eraseEntry(thread.id, entry.id, at, change);
    await record('comment.withdrawn', {comment: thread.id, entry: entry.id});
    return thread.id;
  });
}

/** One member's turn at the comments of a paper, which others wait for. */
interface Turn {
  readonly tx: Transaction;
  readonly paper: StoredPaperRow;
  readonly member: MemberId;
  readonly role: ActorMandate['role'];
  readonly organisation: ActorMandate['organisation'];
  readonly at: number;
  /** What this act's change counts as. */
  readonly change: number;
  find(comment: string): Promise<Comment>;
  /** Writes the act down; the last thing to be done. */
  record(act: string, event: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Runs the work with the paper locked, judged by its policy as it is now, and answers with the thread as it is then. */
async function inTurn(
  app: App,
  actor: Actor,
  {id, consultation}: StoredPaperRow,
  work: (turn: Turn) => Promise<CommentId>,
): Promise<Comment> {
  const mandate = mandateIn(actor, consultation);
  if (actor.kind === 'follower' || !mandate) throw new Refusal('not-permitted');
  return app.store.transaction(async tx => {
    const paper = await tx.papers.lock(id);
    if (!paper || discloseTo(app, actor, paper).sees !== 'text') throw new Refusal('not-found');
    const find = async (comment: string): Promise<Comment> => {
      const found = await tx.comments.find(id, comment);
      if (!found) throw new Refusal('not-found');
      return found;
    };
    const at = app.clock.now();
    const thread = await work({
      tx,
      paper,
      member: actor.member,
      role: mandate.role,
      organisation: mandate.organisation,
      at,
      change: (await tx.comments.lastChange(id)) + 1,
      find,
      async record(act, event) {
        const by = actorIn(actor, consultation);
        const {seq} = await tx.ledger.append({stream: `paper:${id}`, act, at, actor: by, event});
        tx.afterCommit(() => app.bus.publish(`paper:${id}`, {seq}));
      },
    });
    return find(thread);
  });
}

async function write(
  app: App,
  {tx, paper, member, organisation, role, at, change}: Turn,
  comment: CommentId,
  {key, text}: {readonly key: string; readonly text: string},
  mentions: readonly {readonly id: MemberId}[],
): Promise<{entry: CommentEntryId; commitment: string}> {
  const entry: CommentEntryId = app.newId<'comment-entry'>();
  const salt = new Uint8Array(randomBytes(saltLength));
  await tx.comments.addEntry({
    id: entry,
    comment,
    paper: paper.id,
    key,
    author: member,
    organisation,
    role,
    at,
    text,
    salt,
    mentions: mentions.map(({id}) => id),
    change,
  });
  return {entry, commitment: commitmentTo(salt, text)};
}
