import type {TextId} from '@plenary/domain/sessions/session';
import type {Erasure} from '../people/erasures.ts';

const aPage = 500;

/**
 * Removes the reasons that a member gave for positions. What the chair announced and asked was said in office, and stays
 * in the record of the session as the position itself does.
 */
export const eraseReasons: Erasure = async (_app, tx, member) => {
  const reasons: TextId[] = [];
  for (let before: number | null = null; ;) {
    const acts = await tx.ledger.latest({before, limit: aPage, member});
    for (const {act, event} of acts) {
      if (act === 'position.taken' && typeof event.reason === 'string') reasons.push(event.reason as TextId);
    }
    const last = acts.at(-1);
    if (acts.length < aPage || !last) break;
    before = last.index;
  }
  await tx.sessions.eraseTexts(reasons);
};
