import type {MemberId} from '@plenary/domain/ids';
import type {Transaction} from '@plenary/store/store';

/** Removes what one area keeps of a member's own words and of their person. What must stay for others stays without both. */
export type Erasure = (tx: Transaction, member: MemberId, at: number) => Promise<void>;

/**
 * What is erased with a member, by area; all in one transaction, the person themselves last. An area that keeps words of
 * its own or anything about a person adds a line here.
 */
export const erasures: Readonly<Record<string, Erasure>> = {
  people: (tx, member, at) => tx.members.erase(member, at),
};
