import type {MemberId, OrganisationId, PaperId} from '@plenary/domain/ids';
import type {SessionEntry, SessionEvent} from '@plenary/domain/sessions/events';
import type {SessionId, SessionState, TextId} from '@plenary/domain/sessions/session';
import {commitmentTo} from '@plenary/ledger/commitment';
import type {Act, LedgerEntry, SessionText} from '@plenary/store/store';

export function streamOf(session: SessionId): string {
  return `session:${session}`;
}

/** An entry as the ledger holds it: `act` is the event's type, `event` the rest, with commitments to the words it brings. */
export function actFrom(
  session: SessionId,
  {at, by, event: {type, ...rest}}: Omit<SessionEntry, 'seq'>,
  actor: Act['actor'],
  texts: readonly SessionText[],
): Act {
  const commitments = Object.fromEntries(texts.map(({id, salt, words}) => [id, commitmentTo(salt, words)]));
  return {
    stream: streamOf(session),
    act: type,
    at,
    actor,
    event: {...rest, by, ...(texts.length > 0 && {commitments})},
  };
}

/** The other way round. The ledger holds only what `actFrom` has written. */
export function entryFrom({seq, at, act, event}: LedgerEntry): SessionEntry {
  const {by, commitments: _commitments, ...rest} = event;
  return {seq, at, by: typeof by === 'number' ? by : null, event: {type: act, ...rest} as SessionEvent};
}

/** What events and states speak of by id alone, and readers need names for. */
export interface Mentioned {
  readonly texts: Set<TextId>;
  readonly members: Set<MemberId>;
  readonly organisations: Set<OrganisationId>;
  readonly papers: Set<PaperId>;
}

function nothing(): Mentioned {
  return {texts: new Set(), members: new Set(), organisations: new Set(), papers: new Set()};
}

export function textsIn(event: SessionEvent): readonly TextId[] {
  switch (event.type) {
    case 'session.created':
      return [event.title, ...event.agenda.map(({title}) => title)];
    case 'session.changed':
      return [event.title];
    case 'agenda.set':
      return event.agenda.map(({title}) => title);
    case 'announcement.made':
    case 'contribution.hidden':
      return [event.text];
    case 'poll.opened':
      return [event.question];
    case 'position.taken':
      return event.reason === null ? [] : [event.reason];
    default:
      return [];
  }
}

export function mentionedIn(entries: readonly SessionEntry[]): Mentioned {
  const all = nothing();
  for (const {event} of entries) {
    for (const text of textsIn(event)) all.texts.add(text);
    if (event.type === 'participant.joined' && event.member) all.members.add(event.member);
    if ((event.type === 'participant.joined' || event.type === 'participant.returned') && event.organisation) {
      all.organisations.add(event.organisation);
    }
    if (event.type === 'session.created' || event.type === 'agenda.set') {
      for (const paper of event.agenda.flatMap(({papers}) => papers)) all.papers.add(paper);
    }
    if ((event.type === 'floor.shown' || event.type === 'poll.opened') && event.paper) all.papers.add(event.paper);
  }
  return all;
}

export function mentionedBy(state: SessionState): Mentioned {
  const all = nothing();
  all.texts.add(state.title);
  for (const {title, papers} of state.agenda) {
    all.texts.add(title);
    for (const paper of papers) all.papers.add(paper);
  }
  if (state.shown) all.papers.add(state.shown.paper);
  for (const {text} of state.announcements) all.texts.add(text);
  for (const {question, paper, answers} of state.polls) {
    all.texts.add(question);
    if (paper) all.papers.add(paper);
    for (const {reason} of answers) if (reason) all.texts.add(reason);
  }
  for (const {text} of state.hidden) all.texts.add(text);
  for (const {member, organisation} of state.participants) {
    if (member) all.members.add(member);
    if (organisation) all.organisations.add(organisation);
  }
  return all;
}
