import type {SessionEntry, SessionEvent, PlannedItem} from './events.ts';
import {orderOf} from './order.ts';
import {pollKinds} from './polls/kinds.ts';
import type {Poll} from './polls/poll.ts';
import {stopped, timeSpoken} from './clock.ts';
import {participantNumbered} from './session.ts';
import type {
  AgendaItem,
  Intervention,
  Participant,
  ParticipantNumber,
  SessionState,
  SpeakersList,
  Speaking,
  Waiting,
} from './session.ts';

/**
 * The session after one more entry. Server and browsers both apply entries here, so that they cannot disagree. `state`
 * is null before `session.created`, the first entry of every session. Throws (a bug, not a refusal) when the entry does
 * not follow the state's last one.
 */
export function applySessionEntry(state: SessionState | null, entry: SessionEntry): SessionState {
  const seq = (state?.seq ?? 0) + 1;
  if (entry.seq !== seq) throw new Error(`Entry ${entry.seq} does not follow entry ${seq - 1}.`);
  if (entry.event.type === 'session.created') return {...created(entry.event), seq};
  if (!state) throw new Error('A session begins with its creation.');
  return {...applied(state, entry.event, entry.at, entry.by), seq};
}

function created(event: Extract<SessionEvent, {type: 'session.created'}>): SessionState {
  const {consultation, title, startsAt, endsAt, zone, policy, embargoUntil, agenda, limits} = event;
  return {
    seq: 0,
    consultation,
    title,
    startsAt,
    endsAt,
    zone,
    publication: {policy, embargoUntil},
    life: {is: 'planned'},
    sittings: [],
    agenda: agenda.map(newItem),
    shown: null,
    participants: [],
    limits,
    list: {open: false, waiting: [], speaking: null, interrupted: null},
    interventions: [],
    polls: [],
    announcements: [],
    hidden: [],
  };
}

function newItem(planned: PlannedItem): AgendaItem {
  return {...planned, state: {is: 'waiting'}};
}

type Later = Exclude<SessionEvent, {type: 'session.created'}>;

function applied(state: SessionState, event: Later, at: number, by: ParticipantNumber | null): SessionState {
  switch (event.type) {
    case 'session.changed': {
      const {title, startsAt, endsAt, zone} = event;
      return {...state, title, startsAt, endsAt, zone};
    }
    case 'session.publication-set':
      return {...state, publication: {policy: event.policy, embargoUntil: event.embargoUntil}};
    case 'session.opened':
      return {...state, life: {is: 'open', since: at}, sittings: [...state.sittings, {from: at, to: null}]};
    case 'session.suspended': {
      const {speaking} = state.list;
      return {
        ...state,
        life: {is: 'suspended', since: at},
        sittings: sittingEnded(state, at),
        list: {...state.list, speaking: speaking && stopped(speaking, at)},
      };
    }
    case 'session.closed':
      return sessionClosed(state, at);
    case 'agenda.set':
      return {
        ...state,
        agenda: event.agenda.map(planned => {
          const known = state.agenda.find(item => item.id === planned.id);
          return known ? {...planned, state: known.state} : newItem(planned);
        }),
      };
    case 'item.taken-up':
      return {
        ...state,
        agenda: state.agenda.map(item =>
          item.id === event.item ? {...item, state: {is: 'on-floor', since: at}} : itemClosed(item, at),
        ),
        shown: null,
      };
    case 'item.closed':
      return {
        ...state,
        agenda: state.agenda.map(item => (item.id === event.item ? itemClosed(item, at) : item)),
        shown: null,
      };
    case 'floor.shown':
      return {
        ...state,
        shown: event.paper === null ? null : {paper: event.paper, paragraph: event.paragraph, since: at},
      };
    case 'participant.joined': {
      const {participant: number, member, organisation, constituency, delegation, role} = event;
      const participant: Participant = {
        number,
        member,
        organisation,
        constituency,
        delegation,
        role,
        joinedAt: at,
        presence: 'present',
        muted: {writing: false, asking: false},
      };
      return {...state, participants: [...state.participants, participant]};
    }
    case 'participant.left':
      return withParticipant(state, event.participant, {presence: 'left'});
    case 'participant.returned': {
      const {organisation, constituency, delegation, role} = event;
      return withParticipant(state, event.participant, {
        presence: 'present',
        organisation,
        constituency,
        delegation,
        role,
      });
    }
    case 'participant.removed':
      return withList(
        withParticipant(state, event.participant, {presence: 'removed'}),
        withoutWaiting(state, event.participant),
      );
    case 'participant.readmitted':
      return withParticipant(state, event.participant, {presence: 'left'});
    case 'participant.muted':
      return withParticipant(state, event.participant, {muted: event.muted});
    case 'limits.set':
      return {...state, limits: event.limits};
    case 'list.opened':
      return withList(state, {open: true});
    case 'list.closed':
      return withList(state, {open: false});
    case 'floor.asked': {
      const {participant, group} = event;
      const waiting: Waiting = {participant, group, askedAt: at, absent: false, placed: null};
      return withList(state, {waiting: [...state.list.waiting, waiting]});
    }
    case 'floor.withdrawn':
      return withList(state, withoutWaiting(state, event.participant));
    case 'floor.given':
      return floorGiven(state, event, at);
    case 'floor.paused':
      return withSpeaking(state, speaking => stopped(speaking, at));
    case 'floor.resumed':
      return withSpeaking(state, speaking => ({...stopped(speaking, at), runningSince: at}));
    case 'floor.extended':
      return withSpeaking(state, speaking => ({...speaking, limit: speaking.limit + event.more}));
    case 'floor.ended':
      return floorEnded(state, event.how, at);
    case 'floor.absent':
      return absent(state, event.participant, at);
    case 'list.moved':
      return withList(state, {waiting: moved(state, event.participant, event.to)});
    case 'announcement.made':
      return {...state, announcements: [...state.announcements, {text: event.text, at, by}]};
    case 'poll.opened': {
      const {type: _type, poll: id, located = null, ...asked} = event;
      const poll: Poll = {id, ...asked, located, openedAt: at, state: {is: 'open'}, answers: []};
      return {...state, polls: [...state.polls, poll]};
    }
    case 'position.taken':
      return withPoll(state, event.poll, poll => answered(state, poll, event, at));
    case 'poll.closed':
      return withPoll(state, event.poll, poll => ({...poll, state: {is: 'closed', at, counts: event.counts}}));
    case 'contribution.hidden':
      return {...state, hidden: [...state.hidden, {text: event.text, reason: event.reason, at}]};
  }
}

function sittingEnded(state: SessionState, at: number): SessionState['sittings'] {
  return state.sittings.map(sitting => (sitting.to === null ? {...sitting, to: at} : sitting));
}

function itemClosed(item: AgendaItem, at: number): AgendaItem {
  return item.state.is === 'on-floor' ? {...item, state: {is: 'closed', from: item.state.since, to: at}} : item;
}

/** Who still waits stays on the list: they were not reached, and the minutes say so. */
function sessionClosed(state: SessionState, at: number): SessionState {
  const {speaking, interrupted} = state.list;
  const ended = [interrupted && stoppedThen(interrupted), speaking && stopped(speaking, at)].flatMap(one =>
    one ? [intervention(one, 'session-ended', at)] : [],
  );
  return {
    ...state,
    life: {is: 'closed', since: at},
    sittings: sittingEnded(state, at),
    agenda: state.agenda.map(item => itemClosed(item, at)),
    shown: null,
    list: {...state.list, open: false, speaking: null, interrupted: null},
    interventions: [...state.interventions, ...ended],
  };
}

/** The clock of an interrupted speaker has stood since the interruption. */
function stoppedThen(interrupted: Speaking): Speaking {
  return {...interrupted, runningSince: null};
}

function intervention(speaking: Speaking, ended: Intervention['ended'], at: number): Intervention {
  const {participant, turn, group, item, from, limit} = speaking;
  return {participant, turn, group, item, from, to: at, spoken: timeSpoken(speaking, at), limit, ended};
}

function withList(state: SessionState, change: Partial<SpeakersList>): SessionState {
  return {...state, list: {...state.list, ...change}};
}

function withSpeaking(state: SessionState, change: (speaking: Speaking) => Speaking): SessionState {
  const {speaking} = state.list;
  return speaking ? withList(state, {speaking: change(speaking)}) : state;
}

function withParticipant(state: SessionState, number: ParticipantNumber, change: Partial<Participant>): SessionState {
  const known = participantNumbered(state, number);
  if (!known) return state;
  const participants = [...state.participants];
  participants[number - 1] = {...known, ...change};
  return {...state, participants};
}

function withPoll(state: SessionState, id: string, change: (poll: Poll) => Poll): SessionState {
  return {...state, polls: state.polls.map(poll => (poll.id === id ? change(poll) : poll))};
}

/** The list without somebody; those the chair had put behind them move up. */
function withoutWaiting(state: SessionState, participant: ParticipantNumber): {waiting: readonly Waiting[]} {
  const {waiting} = state.list;
  if (!waiting.some(one => one.participant === participant)) return {waiting};
  const place = orderOf(state).findIndex(one => one.participant === participant);
  return {
    waiting: waiting
      .filter(one => one.participant !== participant)
      .map(one => (one.placed !== null && one.placed > place ? {...one, placed: one.placed - 1} : one)),
  };
}

function moved(state: SessionState, participant: ParticipantNumber, to: number | null): readonly Waiting[] {
  const self = state.list.waiting.find(one => one.participant === participant);
  if (!self) return state.list.waiting;
  const others = new Map(withoutWaiting(state, participant).waiting.map(one => [one.participant, one]));
  return state.list.waiting.map(one => {
    if (one === self) return {...self, placed: to, absent: to === null ? self.absent : false};
    const other = others.get(one.participant) ?? one;
    return to !== null && other.placed !== null && other.placed >= to ? {...other, placed: other.placed + 1} : other;
  });
}

function floorGiven(
  state: SessionState,
  {participant, turn, group, limit}: Extract<SessionEvent, {type: 'floor.given'}>,
  at: number,
): SessionState {
  const {speaking: before} = state.list;
  const interrupts = turn === 'point-of-order' && before !== null;
  const item = state.agenda.find(one => one.state.is === 'on-floor')?.id ?? null;
  const speaking: Speaking = {participant, turn, group, item, from: at, limit, spent: 0, runningSince: at};
  return {
    ...state,
    interventions:
      before && !interrupts ? [...state.interventions, intervention(before, 'finished', at)] : state.interventions,
    list: {
      ...state.list,
      ...withoutWaiting(state, participant),
      speaking,
      interrupted: interrupts ? {...before, spent: timeSpoken(before, at)} : null,
    },
  };
}

function floorEnded(state: SessionState, how: 'finished' | 'cut', at: number): SessionState {
  const {speaking, interrupted} = state.list;
  if (!speaking) return state;
  return {
    ...state,
    interventions: [...state.interventions, intervention(speaking, how, at)],
    list: {...state.list, speaking: interrupted && givenBack(interrupted, at), interrupted: null},
  };
}

function givenBack(interrupted: Speaking, at: number): Speaking {
  return {...interrupted, runningSince: interrupted.runningSince === null ? null : at};
}

/** Called and not there: to the end of the list, without an intervention. */
function absent(state: SessionState, participant: ParticipantNumber, at: number): SessionState {
  const {speaking, interrupted, waiting} = state.list;
  if (speaking?.participant === participant) {
    const again: Waiting = {participant, group: speaking.group, askedAt: at, absent: true, placed: null};
    return withList(state, {
      speaking: interrupted && givenBack(interrupted, at),
      interrupted: null,
      waiting: [...waiting, again],
    });
  }
  const self = waiting.find(one => one.participant === participant);
  if (!self) return state;
  return withList(state, {
    waiting: [...withoutWaiting(state, participant).waiting, {...self, absent: true, placed: null}],
  });
}

function answered(
  state: SessionState,
  poll: Poll,
  {participant, choice, reason}: Extract<SessionEvent, {type: 'position.taken'}>,
  at: number,
): Poll {
  const together = pollKinds[poll.kind].answeredBy === 'organisation';
  const delegation = (together && participantNumbered(state, participant)?.delegation) || participant;
  const answer = {participant, delegation, choice, reason, at};
  const known = poll.answers.findIndex(one => one.delegation === delegation);
  const answers = known < 0 ? [...poll.answers, answer] : poll.answers.with(known, answer);
  return {...poll, answers};
}
