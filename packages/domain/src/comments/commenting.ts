import type {MemberId} from '../ids.ts';
import {Refusal} from '../refusal.ts';
import type {Role} from '../rights/roles.ts';
import type {Comment, CommentEntry, HidingReason} from './comment.ts';

/** Who acts on a comment, in the consultation of its paper. */
export interface Commenter {
  readonly member: MemberId;
  readonly role: Role;
}

/** A thread is looked after by who began it, the chair and the secretariat: they resolve, reopen and attach it anew. */
export function looksAfter(comment: Pick<Comment, 'author'>, {member, role}: Commenter): boolean {
  return comment.author === member || role === 'chair' || role === 'secretariat';
}

function requireCare(comment: Comment, by: Commenter): void {
  if (!looksAfter(comment, by)) throw new Refusal('not-permitted');
}

/** Refuses `comment.resolved`: whoever wants to answer reopens the thread, so that nothing is said where nobody looks. */
export function reply(comment: Comment): void {
  if (comment.resolved) throw new Refusal('comment.resolved');
}

/** False when the thread is resolved already. Refuses `not-permitted`. */
export function resolve(comment: Comment, by: Commenter): boolean {
  requireCare(comment, by);
  return comment.resolved === null;
}

/** False when the thread is open already. Refuses `not-permitted`. */
export function reopen(comment: Comment, by: Commenter): boolean {
  requireCare(comment, by);
  return comment.resolved !== null;
}

/** Refuses `not-permitted`. */
export function reattach(comment: Comment, by: Commenter): void {
  requireCare(comment, by);
}

/** The chair takes words out of sight. False when they are so already, for this reason. Refuses `not-permitted`, `comment.withdrawn`. */
export function hide(entry: CommentEntry, reason: HidingReason, {role}: Commenter): boolean {
  if (role !== 'chair') throw new Refusal('not-permitted');
  if (entry.withdrawnAt !== null) throw new Refusal('comment.withdrawn');
  return entry.hidden?.reason !== reason;
}

/**
 * People put other words in place of what they wrote themselves. False when it says so already. Refuses `not-permitted`,
 * also for words that the chair has hidden; `comment.withdrawn`; `comment.resolved`, as a reply does.
 */
export function edit(thread: Comment, entry: CommentEntry, text: string, {member}: Commenter): boolean {
  if (entry.author !== member || entry.hidden) throw new Refusal('not-permitted');
  if (entry.withdrawnAt !== null) throw new Refusal('comment.withdrawn');
  if (thread.resolved) throw new Refusal('comment.resolved');
  return entry.text !== text;
}

/** People take back what they wrote themselves, hidden or not; a trace is left. False when it was withdrawn before. Refuses `not-permitted`. */
export function withdraw(entry: CommentEntry, {member}: Commenter): boolean {
  if (entry.author !== member) throw new Refusal('not-permitted');
  return entry.withdrawnAt === null;
}

/** The entry that an act is about: the comment itself unless another is named. Refuses `not-found`. */
export function entryOf(comment: Comment, id: string | null): CommentEntry {
  const entry = id === null ? comment.entries[0] : comment.entries.find(one => one.id === id);
  if (!entry) throw new Refusal('not-found');
  return entry;
}
