import type {Counts, Poll, PollKindName} from './poll.ts';
import {positions} from './positions.ts';
import {temperature} from './temperature.ts';

export interface PollKind {
  /** In the order in which they are shown. */
  readonly choices: readonly string[];
  /** `organisation`: one answer an organisation, given by any of its delegates; who speaks for none answers alone. */
  readonly answeredBy: 'organisation' | 'participant';
  /** False: answers are counted and forgotten. */
  readonly keepsAnswers: boolean;
  /** Whether an answer may carry a sentence of explanation. */
  readonly takesReasons: boolean;
}

export const pollKinds = {positions, temperature} as const satisfies Record<PollKindName, PollKind>;

/** What kept answers add up to. */
export function countAnswers(poll: Pick<Poll, 'kind' | 'answers'>): Counts {
  const counts: Record<string, number> = Object.fromEntries(pollKinds[poll.kind].choices.map(choice => [choice, 0]));
  for (const {choice} of poll.answers) counts[choice] = (counts[choice] ?? 0) + 1;
  return counts;
}
