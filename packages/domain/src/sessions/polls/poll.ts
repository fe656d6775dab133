import type {PaperId, ParagraphName} from '../../ids.ts';
import type {ParticipantNumber, PollId, TextId} from '../session.ts';

/** A question that the chair put. Its kind (kinds.ts) says what can be answered, and what is kept of it. */
export interface Poll {
  readonly id: PollId;
  readonly kind: PollKindName;
  readonly question: TextId;
  /** What it is about. */
  readonly paper: PaperId | null;
  readonly paragraph: ParagraphName | null;
  /** How the paragraph was numbered when the question was put. */
  readonly located: LocatedParagraph | null;
  readonly openedAt: number;
  readonly state: {readonly is: 'open'} | {readonly is: 'closed'; readonly at: number; readonly counts: Counts};
  /** One a delegation, in the order of the first answer; empty where the kind keeps no answers. */
  readonly answers: readonly PollAnswer[];
}

/** A paragraph as it stood at one moment: numbers change with the text, what is on record does not. */
export interface LocatedParagraph {
  /** "OP 2"; empty for one that has no number. */
  readonly label: string;
  /** From 1 among all paragraphs. */
  readonly place: number;
}

export interface PollAnswer {
  readonly participant: ParticipantNumber;
  /** For whom: `Participant.delegation` where an organisation answers, the participant's own number elsewhere. */
  readonly delegation: ParticipantNumber;
  readonly choice: string;
  readonly reason: TextId | null;
  readonly at: number;
}

/** How many gave each choice of the kind; a choice that nobody gave is there with 0. */
export type Counts = Readonly<Record<string, number>>;

/** One file and one line in kinds.ts a kind. */
export const pollKindNames = ['positions', 'temperature'] as const;
export type PollKindName = (typeof pollKindNames)[number];
