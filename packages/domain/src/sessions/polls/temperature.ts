import type {PollKind} from './kinds.ts';

/** A temperature check: how the room feels. No row is kept per person, only how many gave each answer. */
export const temperature = {
  choices: ['warm', 'lukewarm', 'cold'],
  answeredBy: 'participant',
  keepsAnswers: false,
  takesReasons: false,
} as const satisfies PollKind;
