import {z} from 'zod';
import type {draftingModes, publicationPolicies} from '@plenary/domain/papers/paper';
import type {RevisionKind} from '@plenary/domain/papers/revision';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {RefusalJson} from './api/refusal.ts';
import type {SessionActBody, SessionFrame, SessionSnapshot, SessionStanding, SessionTally} from './api/sessions.ts';

/**
 * Live events of a paper, over socket.io at `/rt`. `seq` counts the paper's recorded acts without a gap; a client that
 * watches with the last `seq` it knows gets what it missed. Presence is a count of the moment and has no `seq`.
 */
export const watch = z.object({
  /** Slug or id. */
  paper: z.string().min(1).max(80),
  /** The last act that the client knows, 0 for none. */
  since: z.number().int().min(0).default(0),
});
export const unwatch = z.object({paper: z.string().min(1).max(80)});

export const watchSession = z.object({
  /** Slug or id. */
  session: z.string().min(1).max(80),
  /** The last seq that the client knows; absent: it knows nothing yet, and is given the whole state. */
  since: z.number().int().min(0).optional(),
});
export const unwatchSession = z.object({session: z.string().min(1).max(80)});

/**
 * The whole state, or what was missed; the client is in the audience from then on and hears every later frame. `following`
 * is what `session.following` tells from then on.
 */
export type WatchedSession = {readonly you: SessionStanding; readonly following: number} & (
  | {readonly snapshot: SessionSnapshot}
  | {readonly missed: SessionFrame}
);

export type PaperNotice = {
  readonly paper: string;
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: {readonly handle: string; readonly organisation: string | null} | null;
} & (
  | {readonly act: 'paper.created'}
  /** An act that has no notice of its own; it is told so that no seq is left out. */
  | {readonly act: 'paper.other'}
  /** Members of the consultation ask for what changed (`GET /api/papers/<paper>/comments?since=`); it names nobody. */
  | {readonly act: 'comments.changed'}
  | {readonly act: 'paper.mode-set'; readonly mode: (typeof draftingModes)[number]}
  | {
      readonly act: 'paper.publication-set';
      readonly publication: (typeof publicationPolicies)[number];
      readonly embargoUntil: string | null;
    }
  | {readonly act: 'revision.issued'; readonly revision: string; readonly number: number}
  /** `revision`: what the working text says again. */
  | {
      readonly act: 'paper.restored';
      readonly revision: string;
      readonly kind: RevisionKind;
      readonly number: number;
      readonly kept: string;
    }
);

export interface PresenceCount {
  readonly paper: string;
  /** Connections in the room that may write, other connections in the room, and followers of the stream. */
  readonly writing: number;
  readonly reading: number;
  readonly following: number;
}

export type Answer<Value> = {readonly ok: true; readonly value: Value} | ({readonly ok: false} & RefusalJson);

export type SessionActListeners = {
  [Name in SessionActName]: (
    message: {readonly session: string; readonly key?: string} & SessionActBody<Name>,
    answer: (answer: ActAnswer) => void,
  ) => void;
};

export interface ClientToServer extends SessionActListeners {
  watch(message: z.input<typeof watch>, answer: (answer: Answer<{seq: number; missed: PaperNotice[]}>) => void): void;
  unwatch(message: z.input<typeof unwatch>, answer: (answer: Answer<null>) => void): void;
  'session.watch'(message: z.input<typeof watchSession>, answer: (answer: Answer<WatchedSession>) => void): void;
  'session.unwatch'(message: z.input<typeof unwatchSession>, answer: (answer: Answer<null>) => void): void;
}

export interface ServerToClient {
  'session.frame'(frame: SessionFrame): void;
  'session.tally'(tally: SessionTally): void;
  /** How many follow without an account, on all processes: a count of the moment, without a seq. */
  'session.following'(message: {readonly session: string; readonly following: number}): void;
  /** The reader may no longer follow this session; `standing` after a change of their own standing. */
  'session.gone'(message: {readonly session: string}): void;
  'session.standing'(message: {readonly session: string; readonly you: SessionStanding}): void;
  notice(notice: PaperNotice): void;
  presence(count: PresenceCount): void;
  /** The reader may no longer see this paper. */
  gone(message: {readonly paper: string}): void;
}

/** An act of a session is answered with the seq of the event it became (or, for a retry, had become already). */
export type ActAnswer<Value = unknown> =
  | {readonly ok: true; readonly value: Value; readonly seq: number}
  | ({readonly ok: false; readonly seq: number} & RefusalJson);
