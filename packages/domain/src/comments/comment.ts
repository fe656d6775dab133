import type {CommentEntryId, CommentId, MemberId, OrganisationId, PaperId} from '../ids.ts';
import type {MandateRole} from '../rights/roles.ts';
import type {CommentAnchor} from './anchor.ts';

/** Why the chair hides a contribution; the category is public, the words are not. */
export const hidingReasons = ['off-topic', 'personal-attack', 'personal-data', 'spam', 'other'] as const;
export type HidingReason = (typeof hidingReasons)[number];

/** In UTF-16 units. */
export const longestComment = 5000;

/** A thread: what it stands on, and its entries. */
export interface Comment {
  readonly id: CommentId;
  readonly paper: PaperId;
  readonly anchor: CommentAnchor;
  readonly author: MemberId;
  readonly createdAt: number;
  readonly resolved: {readonly by: MemberId; readonly at: number} | null;
  /** Counts changes to the comments of the paper: a reader who knows all up to one asks for what is later. */
  readonly change: number;
  /** The comment itself and its replies, oldest first; at least one. */
  readonly entries: readonly CommentEntry[];
}

export interface CommentEntry {
  readonly id: CommentEntryId;
  readonly author: MemberId;
  readonly organisation: OrganisationId | null;
  readonly role: MandateRole;
  readonly at: number;
  /** Null once its author has withdrawn it. Words that are hidden are kept for the record and shown to nobody. */
  readonly text: string | null;
  /** When its author last put other words in place of the first ones, which are gone then. */
  readonly editedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly hidden: {readonly by: MemberId; readonly at: number; readonly reason: HidingReason} | null;
  readonly mentions: readonly MemberId[];
}

/** What everyone gets to read of an entry; null where only its trace is left. */
export function wordsOf(entry: CommentEntry): string | null {
  return entry.withdrawnAt !== null || entry.hidden ? null : entry.text;
}
