import {constituencies} from '../organisations/organisation.ts';
import type {Constituency} from '../organisations/organisation.ts';
import {timeSpoken} from './clock.ts';
import {participantNumbered} from './session.ts';
import type {ParticipantNumber, SessionState} from './session.ts';

export interface SpeakingTimes {
  /** Milliseconds, with all turns: points of order count too. */
  readonly total: number;
  readonly participants: readonly {
    readonly participant: ParticipantNumber;
    readonly delegation: ParticipantNumber;
    readonly spoken: number;
    readonly interventions: number;
  }[];
  /** An organisation, or somebody who speaks for none. */
  readonly delegations: readonly {
    readonly delegation: ParticipantNumber;
    readonly spoken: number;
    readonly interventions: number;
  }[];
  /** Null: no constituency. */
  readonly constituencies: readonly {
    readonly constituency: Constituency | null;
    readonly spoken: number;
    readonly interventions: number;
  }[];
}

interface Sum {
  spoken: number;
  interventions: number;
}

/**
 * How long who has spoken; longest first, who has not spoken is not there. The three lists add up to the same total.
 * `now` counts whoever has the floor up to that moment; null leaves them out until they end.
 */
export function speakingTimes(state: SessionState, now: number | null): SpeakingTimes {
  const turns: {participant: ParticipantNumber; spoken: number}[] = [...state.interventions];
  if (now !== null) {
    const {speaking, interrupted} = state.list;
    if (speaking) turns.push({participant: speaking.participant, spoken: timeSpoken(speaking, now)});
    if (interrupted) turns.push({participant: interrupted.participant, spoken: interrupted.spent});
  }
  const byParticipant = new Map<ParticipantNumber, Sum>();
  const byDelegation = new Map<ParticipantNumber, Sum>();
  const byConstituency = new Map<Constituency | null, Sum>();
  let total = 0;
  for (const {participant: number, spoken} of turns) {
    const participant = participantNumbered(state, number);
    total += spoken;
    add(byParticipant, number, spoken);
    add(byDelegation, participant?.delegation ?? number, spoken);
    add(byConstituency, participant?.constituency ?? null, spoken);
  }
  const delegationOf = (number: ParticipantNumber) => participantNumbered(state, number)?.delegation ?? number;
  const placeOf = (one: Constituency | null) => (one === null ? constituencies.length : constituencies.indexOf(one));
  return {
    total,
    participants: longestFirst(byParticipant, number => number).map(([participant, sum]) => ({
      participant,
      delegation: delegationOf(participant),
      ...sum,
    })),
    delegations: longestFirst(byDelegation, number => number).map(([delegation, sum]) => ({delegation, ...sum})),
    constituencies: longestFirst(byConstituency, placeOf).map(([constituency, sum]) => ({constituency, ...sum})),
  };
}

function add<Key>(sums: Map<Key, Sum>, key: Key, spoken: number): void {
  const sum = sums.get(key) ?? {spoken: 0, interventions: 0};
  sums.set(key, {spoken: sum.spoken + spoken, interventions: sum.interventions + 1});
}

function longestFirst<Key>(sums: Map<Key, Sum>, place: (key: Key) => number): [Key, Sum][] {
  return [...sums].sort(([one, a], [other, b]) => b.spoken - a.spoken || place(one) - place(other));
}
