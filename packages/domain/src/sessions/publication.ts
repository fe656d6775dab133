import {disclose, type Disclosure} from '../papers/publication.ts';
import type {Publication} from '../papers/paper.ts';
import type {Role} from '../rights/roles.ts';
import type {SessionEntry} from './events.ts';
import type {SessionState} from './session.ts';

/** What someone gets to see of a session, by the same policies as of a paper: `text` is all that happens in it. */
export function discloseSession(publication: Publication, role: Role, now: number): Disclosure {
  return disclose(publication, role, now);
}

/** The same entry for an audience that must not know who is who; numbers, delegations and constituencies stay. */
export function withoutNames(entry: SessionEntry): SessionEntry {
  const {event} = entry;
  if (event.type === 'participant.joined') return {...entry, event: {...event, member: null, organisation: null}};
  if (event.type === 'participant.returned') return {...entry, event: {...event, organisation: null}};
  return entry;
}

/** As if all its entries had come without names. */
export function stateWithoutNames(state: SessionState): SessionState {
  return {
    ...state,
    participants: state.participants.map(participant => ({...participant, member: null, organisation: null})),
  };
}
