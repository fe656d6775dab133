import {createSession} from '@plenary/domain/sessions/decide';
import {usualLimits, type SessionId} from '@plenary/domain/sessions/session';
import type {Store} from '@plenary/store/store';
import {aConsultation, newId, newSlug} from '@plenary/store/testing/builders';
import {actFrom} from '../entries.ts';

/** A planned public session without an agenda, as the product stores one. */
export async function aStoredSession(store: Store): Promise<SessionId> {
  const id = newId<'session'>();
  const event = createSession({
    consultation: (await aConsultation(store)).id,
    title: newId(),
    startsAt: 1000,
    endsAt: 2000,
    zone: 'UTC',
    publication: {policy: 'public', embargoUntil: null},
    agenda: [],
    limits: usualLimits,
  });
  const {consultation, title, startsAt, endsAt, zone, policy, embargoUntil} = event;
  const row = {id, slug: newSlug(), consultation, title, startsAt, endsAt, zone, life: 'planned', seq: 1} as const;
  await store.transaction(async tx => {
    await tx.sessions.create({...row, publication: {policy, embargoUntil}});
    await tx.ledger.append(actFrom(id, {at: 1, by: null, event}, null, []));
  });
  return id;
}
