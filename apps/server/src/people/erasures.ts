import type {MemberId} from '@plenary/domain/ids';
import type {Transaction} from '@plenary/store/store';
import type {App} from '../app.ts';
import {eraseComments} from '../comments/erase-comments.ts';
import {eraseReasons} from '../sessions/erase-reasons.ts';

/** Removes what one area keeps of a member's own words and of their person. What must stay for others stays without both. */
export type Erasure = (app: App, tx: Transaction, member: MemberId, at: number) => Promise<void>;

/**
 * What is erased with a member, by area; all in one transaction. An area that keeps words of its own or anything about a
 * person adds a line here. The person comes first, since areas may write acts down, which is the last thing to be done.
 */
export const erasures: Readonly<Record<string, Erasure>> = {
  people: (_app, tx, member, at) => tx.members.erase(member, at),
  // Writes nothing down, so it comes before those who do.
  sessions: eraseReasons,
  comments: eraseComments,
};
