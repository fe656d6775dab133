import type {PublicationPolicy} from '../papers/paper.ts';
import {applySessionEntry} from './apply.ts';
import {timeSat} from './clock.ts';
import type {SessionEntry} from './events.ts';
import {countAnswers, pollKinds} from './polls/kinds.ts';
import type {Counts, Poll, PollKindName} from './polls/poll.ts';
import {hidingReasons} from './session.ts';
import type {
  AgendaItem,
  HidingReason,
  Intervention,
  Participant,
  ParticipantNumber,
  SessionState,
  Sitting,
  SpeakingLimits,
} from './session.ts';
import {speakingTimes} from './speaking-time.ts';
import type {SpeakingTimes} from './speaking-time.ts';

/**
 * What the record of a session says, put together from its entries alone: the same entries give the same minutes,
 * whenever and wherever they are made. Times are milliseconds since 1970, UTC.
 */
export interface Minutes {
  /** The session after its last entry. */
  readonly state: SessionState;
  /** Of the last entry: the minutes say what happened until then. */
  readonly asOf: number;
  /** Milliseconds, up to `asOf`. */
  readonly sat: number;
  readonly attendance: readonly Attendance[];
  readonly items: readonly ItemSat[];
  readonly rulings: readonly Ruling[];
  /** That have ended, in the order in which they began. */
  readonly interventions: readonly Intervention[];
  readonly polls: readonly PollResult[];
  readonly speakingTimes: SpeakingTimes;
  /** Still on the list when the session closed; in the order of asking. Empty while it is not closed. */
  readonly notReached: readonly ParticipantNumber[];
  readonly hidden: readonly {readonly reason: HidingReason; readonly count: number}[];
  readonly removed: number;
}

export interface Attendance {
  readonly participant: Participant;
  /** When they were there; the last one has no end for who is there still. */
  readonly there: readonly Sitting[];
}

export interface ItemSat {
  readonly item: AgendaItem;
  /** When it was on the floor; more than once when it was taken up again. */
  readonly onFloor: readonly Sitting[];
}

/** What the chair decided about how the session runs. */
export type Ruling = {readonly at: number} & (
  | {readonly is: 'publication'; readonly policy: PublicationPolicy; readonly embargoUntil: number | null}
  | {readonly is: 'rescheduled'; readonly startsAt: number; readonly endsAt: number}
  | {readonly is: 'agenda'}
  | {readonly is: 'limits'; readonly limits: SpeakingLimits}
  | {readonly is: 'list-opened'}
  | {readonly is: 'list-closed'}
  /** `place` from 1; null: given back to the rules of the list. */
  | {readonly is: 'placed'; readonly participant: ParticipantNumber; readonly place: number | null}
  | {readonly is: 'extended'; readonly participant: ParticipantNumber; readonly more: number}
  | {readonly is: 'absent'; readonly participant: ParticipantNumber}
);

export type PollChoice = (typeof pollKinds)[PollKindName]['choices'][number];

export interface PollResult {
  readonly poll: Poll;
  /** Null: open still, and of a kind whose answers are counted when it closes. */
  readonly counts: Counts | null;
  readonly choices: readonly {
    readonly choice: PollChoice;
    /** Who gave it, in the order of their first answer; empty where the kind keeps no answers. */
    readonly answers: Poll['answers'];
  }[];
}

/** Throws when the entries do not begin with the session's first one, or have a gap. */
export function minutesOf(entries: readonly SessionEntry[]): Minutes {
  const there = new Map<ParticipantNumber, Sitting[]>();
  const onFloor = new Map<string, Sitting[]>();
  const rulings: Ruling[] = [];
  const removed = new Set<ParticipantNumber>();
  let state: SessionState | null = null;
  for (const entry of entries) {
    const ruling = state && rulingIn(entry, state);
    if (ruling) rulings.push(ruling);
    note(entry, state, there, onFloor, removed);
    state = applySessionEntry(state, entry);
  }
  const last = entries.at(-1);
  if (!state || !last) throw new Error('A session has at least the entry that created it.');
  const {participants, agenda, hidden, list, life} = state;
  return {
    state,
    asOf: last.at,
    sat: timeSat(state, last.at),
    attendance: participants.map(participant => ({participant, there: there.get(participant.number) ?? []})),
    items: agenda.map(item => ({item, onFloor: onFloor.get(item.id) ?? []})),
    rulings,
    interventions: [...state.interventions].sort((one, other) => one.from - other.from),
    polls: state.polls.map(resultOf),
    speakingTimes: speakingTimes(state, null),
    notReached: life.is === 'closed' ? list.waiting.map(({participant}) => participant) : [],
    hidden: hidingReasons.flatMap(reason => {
      const count = hidden.filter(one => one.reason === reason).length;
      return count > 0 ? [{reason, count}] : [];
    }),
    removed: removed.size,
  };
}

/** Members who presided: those whose mandate is the chair's. */
export function chairsOf({attendance}: Minutes): readonly Participant[] {
  return attendance.map(({participant}) => participant).filter(({role}) => role === 'chair');
}

function note(
  {event, at}: SessionEntry,
  before: SessionState | null,
  there: Map<ParticipantNumber, Sitting[]>,
  onFloor: Map<string, Sitting[]>,
  removed: Set<ParticipantNumber>,
): void {
  switch (event.type) {
    case 'participant.joined':
    case 'participant.returned':
      return begin(there, event.participant, at);
    case 'participant.left':
      return end(there, event.participant, at);
    case 'participant.removed':
      removed.add(event.participant);
      return end(there, event.participant, at);
    case 'item.taken-up':
      for (const item of onFloor.keys()) end(onFloor, item, at);
      return begin(onFloor, event.item, at);
    case 'item.closed':
      return end(onFloor, event.item, at);
    case 'session.closed':
      for (const item of onFloor.keys()) end(onFloor, item, at);
      for (const {number} of before?.participants ?? []) end(there, number, at);
  }
}

function begin<Key>(periods: Map<Key, Sitting[]>, key: Key, at: number): void {
  const known = periods.get(key) ?? [];
  if (known.at(-1)?.to === null) return;
  periods.set(key, [...known, {from: at, to: null}]);
}

function end<Key>(periods: Map<Key, Sitting[]>, key: Key, at: number): void {
  const known = periods.get(key);
  const last = known?.at(-1);
  if (known && last?.to === null) periods.set(key, [...known.slice(0, -1), {...last, to: at}]);
}

function rulingIn({event, at}: SessionEntry, before: SessionState): Ruling | null {
  switch (event.type) {
    case 'session.publication-set':
      return {is: 'publication', at, policy: event.policy, embargoUntil: event.embargoUntil};
    case 'session.changed': {
      const {startsAt, endsAt} = event;
      return startsAt === before.startsAt && endsAt === before.endsAt
        ? null
        : {is: 'rescheduled', at, startsAt, endsAt};
    }
    case 'agenda.set':
      return {is: 'agenda', at};
    case 'limits.set':
      return {is: 'limits', at, limits: event.limits};
    case 'list.opened':
      return {is: 'list-opened', at};
    case 'list.closed':
      return {is: 'list-closed', at};
    case 'list.moved':
      return {is: 'placed', at, participant: event.participant, place: event.to === null ? null : event.to + 1};
    case 'floor.extended': {
      const {speaking} = before.list;
      return speaking && {is: 'extended', at, participant: speaking.participant, more: event.more};
    }
    case 'floor.absent':
      return {is: 'absent', at, participant: event.participant};
    default:
      return null;
  }
}

function resultOf(poll: Poll): PollResult {
  const {choices, keepsAnswers} = pollKinds[poll.kind];
  const open = keepsAnswers ? countAnswers(poll) : null;
  return {
    poll,
    counts: poll.state.is === 'closed' ? poll.state.counts : open,
    choices: choices.map(choice => ({choice, answers: poll.answers.filter(answer => answer.choice === choice)})),
  };
}
