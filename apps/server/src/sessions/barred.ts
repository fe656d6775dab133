import type {ConsultationId, MemberId, PaperId} from '@plenary/domain/ids';
import {participantOf} from '@plenary/domain/sessions/session';
import type {App} from '../app.ts';

/** Why the chair of a sitting keeps a member from writing this paper now: muted or removed. Null when nobody does. */
export async function whyBarred(
  {store, desks}: Pick<App, 'store' | 'desks'>,
  member: MemberId,
  paper: {readonly id: PaperId; readonly consultation: ConsultationId},
): Promise<'participant.muted' | 'participant.removed' | null> {
  const sitting = await store.sessions.sitting(paper.consultation);
  const states = await Promise.all(
    sitting.map(async ({id, seq}) => {
      const desk = await desks.at(id);
      if (desk.state.seq < seq) await desk.catchUp();
      return desk.state;
    }),
  );
  for (const state of states) {
    if (!state.agenda.some(({papers}) => papers.includes(paper.id))) continue;
    const own = participantOf(state, member);
    if (own?.presence === 'removed') return 'participant.removed';
    if (own?.muted.writing) return 'participant.muted';
  }
  return null;
}
