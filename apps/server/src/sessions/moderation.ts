import type {MemberId} from '@plenary/domain/ids';
import type {SessionEvent} from '@plenary/domain/sessions/events';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {Moved} from './desk.ts';

/** Whose right to write the papers of a session may be another now, after what happened in it. */
export function concernedInRooms({entries, state}: Moved): ReadonlySet<MemberId> {
  const concerned = new Set<MemberId>();
  const add = (member: MemberId | null | undefined) => member && concerned.add(member);
  for (const {event} of entries) {
    if (forOne(event)) add(participantNumbered(state, event.participant)?.member);
    if (!forAll.has(event.type)) continue;
    for (const {member, presence, muted} of state.participants)
      if (presence === 'removed' || muted.writing) add(member);
  }
  return concerned;
}

function forOne(
  event: SessionEvent,
): event is Extract<SessionEvent, {type: 'participant.muted' | 'participant.removed' | 'participant.readmitted'}> {
  const {type} = event;
  return type === 'participant.muted' || type === 'participant.removed' || type === 'participant.readmitted';
}

/** The sitting begins or ends, or other papers come into it. */
const forAll: ReadonlySet<SessionEvent['type']> = new Set<SessionEvent['type']>([
  'session.opened',
  'session.closed',
  'agenda.set',
]);
