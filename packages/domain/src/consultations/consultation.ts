import type {ConsultationId} from '../ids.ts';

export const phases = ['input', 'drafting', 'reading', 'silence', 'adopted'] as const;
export type Phase = (typeof phases)[number];

export interface Consultation {
  readonly id: ConsultationId;
  readonly slug: string;
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly mandate: string;
  readonly phase: Phase;
  /** Milliseconds since 1970, UTC. */
  readonly phaseEndsAt: number | null;
}
