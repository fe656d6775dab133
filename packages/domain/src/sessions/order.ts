import type {Constituency} from '../organisations/organisation.ts';
import {participantNumbered} from './session.ts';
import type {Participant, ParticipantNumber, SessionState, Waiting} from './session.ts';
import {speakingTimes} from './speaking-time.ts';

/** Why somebody waits at this place, for them and for everyone to read. */
export type Why =
  | {readonly is: 'placed-by-chair'}
  /** Groups come before individuals. */
  | {readonly is: 'group'}
  /** Constituencies alternate. */
  | {readonly is: 'alternates'; readonly after: Constituency}
  /** Nobody of this delegation has spoken yet. */
  | {readonly is: 'first-time'}
  /** This delegation has spoken for so many milliseconds, less than those behind. */
  | {readonly is: 'least-time'; readonly spoken: number}
  /** All else being equal. */
  | {readonly is: 'asked-first'; readonly at: number}
  /** Was called and did not answer. */
  | {readonly is: 'absent'};

export interface Placed {
  readonly participant: ParticipantNumber;
  readonly group: boolean;
  readonly absent: boolean;
  /** From 1. */
  readonly place: number;
  readonly why: readonly Why[];
}

interface Candidate {
  readonly waiting: Waiting;
  readonly constituency: Constituency | null;
  readonly spoken: number;
}

/**
 * In which order those who wait get the floor: who was placed by the chair stands where they were put; of the others
 * whoever answered when called, then groups before individuals, then another constituency than the one before, then the
 * delegation that has spoken least (not at all first), then who asked first.
 */
export function orderOf(state: SessionState): readonly Placed[] {
  const spoken = new Map(speakingTimes(state, null).delegations.map(one => [one.delegation, one.spoken]));
  const candidates = state.list.waiting.map((waiting): Candidate => {
    const participant = participantNumbered(state, waiting.participant);
    return {
      waiting,
      constituency: participant?.constituency ?? null,
      spoken: spoken.get(participant?.delegation ?? waiting.participant) ?? 0,
    };
  });
  const byChair = candidates
    .filter(({waiting}) => waiting.placed !== null)
    .sort((one, other) => (one.waiting.placed ?? 0) - (other.waiting.placed ?? 0));
  const byRule = candidates.filter(({waiting}) => waiting.placed === null);
  const order: Placed[] = [];
  let before = lastHeard(state)?.constituency ?? null;
  while (byChair.length + byRule.length > 0) {
    const placed = byChair[0];
    const isPlaced = placed !== undefined && (byRule.length === 0 || (placed.waiting.placed ?? 0) <= order.length);
    const next = isPlaced ? placed : best(byRule, before);
    const from = isPlaced ? byChair : byRule;
    from.splice(from.indexOf(next), 1);
    const {participant, group, absent} = next.waiting;
    const why: readonly Why[] = isPlaced ? [{is: 'placed-by-chair'}] : reasons(next, byRule, before);
    order.push({participant, group, absent, place: order.length + 1, why});
    before = next.constituency;
  }
  return order;
}

function lastHeard(state: SessionState): Participant | undefined {
  const {speaking, interrupted} = state.list;
  const heard =
    [interrupted, speaking].find(one => one && one.turn !== 'point-of-order') ??
    state.interventions.findLast(one => one.turn !== 'point-of-order');
  return heard ? participantNumbered(state, heard.participant) : undefined;
}

/** Smaller is earlier; compared from left to right. */
function rank({waiting, constituency, spoken}: Candidate, before: Constituency | null): readonly number[] {
  const repeats = before !== null && constituency === before;
  return [
    Number(waiting.absent),
    Number(!waiting.group),
    Number(repeats),
    spoken,
    waiting.askedAt,
    waiting.participant,
  ];
}

function best(candidates: readonly Candidate[], before: Constituency | null): Candidate {
  return candidates.reduce((first, one) => (compare(rank(one, before), rank(first, before)) < 0 ? one : first));
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function reasons(chosen: Candidate, behind: readonly Candidate[], before: Constituency | null): Why[] {
  if (chosen.waiting.absent) return [{is: 'absent'}];
  const why: Why[] = [];
  if (chosen.waiting.group) why.push({is: 'group'});
  if (before !== null && chosen.constituency !== before) why.push({is: 'alternates', after: before});
  if (chosen.spoken === 0) why.push({is: 'first-time'});
  else why.push({is: 'least-time', spoken: chosen.spoken});
  const settledByAsking = behind.some(other => {
    const [mine, theirs] = [rank(chosen, before), rank(other, before)];
    return mine.slice(0, 4).every((value, index) => value === theirs[index]);
  });
  if (settledByAsking) why.push({is: 'asked-first', at: chosen.waiting.askedAt});
  return why;
}
