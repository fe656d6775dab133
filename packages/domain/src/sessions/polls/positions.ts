import type {PollKind} from './kinds.ts';

/** A show of positions: each organisation answers through its delegates, in the open, and may change its mind until it is closed. */
export const positions = {
  choices: ['support', 'reserve', 'oppose', 'abstain'],
  answeredBy: 'organisation',
  keepsAnswers: true,
  takesReasons: true,
} as const satisfies PollKind;
