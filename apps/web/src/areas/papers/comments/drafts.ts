import type {CommentAnchorJson} from '@plenary/protocol/api/comments';
import {ownStorage} from '../../../lib/this-device.ts';

/** What may be commented on from where the caret is, by kind. */
export type Anchors = Partial<Record<CommentAnchorJson['on'], CommentAnchorJson>>;

/** A comment or an answer that is being written. */
export interface Draft {
  /** Under which it is sent, however often. */
  readonly key: string;
  readonly text: string;
  /** Of a new comment; absent in an answer. */
  readonly anchors?: Anchors;
  readonly on?: CommentAnchorJson['on'];
}

/** Of a new comment, of answers by thread, and of edited words by entry. */
export type Drafts = Readonly<Record<string, Draft>>;
export const newComment = '+';

const edits = 'edit ';

/** The draft of other words for an entry. */
export function draftOf(entry: string): string {
  return `${edits}${entry}`;
}

/** The entry that a draft edits; null for a new comment and an answer. */
export function editedEntry(draft: string): string | null {
  return draft.startsWith(edits) ? draft.slice(edits.length) : null;
}

function nameOf(member: string, paper: string): string {
  return `comments/${member}/${paper}`;
}

/** What this member has begun to write on this device. */
export function keptDrafts(member: string, paper: string): Drafts {
  try {
    return JSON.parse(ownStorage().getItem(nameOf(member, paper)) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

export function keepDrafts(member: string, paper: string, drafts: Drafts): void {
  try {
    const storage = ownStorage();
    if (Object.keys(drafts).length === 0) storage.removeItem(nameOf(member, paper));
    else storage.setItem(nameOf(member, paper), JSON.stringify(drafts));
  } catch {
    // Full or forbidden: it is written on, and does not outlive a reload.
  }
}

export function freshKey(): string {
  return crypto.randomUUID();
}
