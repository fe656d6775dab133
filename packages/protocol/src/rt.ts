import {z} from 'zod';
import type {draftingModes, publicationPolicies} from '@plenary/domain/papers/paper';
import type {RefusalJson} from './api/refusal.ts';

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
  | {readonly act: 'paper.mode-set'; readonly mode: (typeof draftingModes)[number]}
  | {
      readonly act: 'paper.publication-set';
      readonly publication: (typeof publicationPolicies)[number];
      readonly embargoUntil: string | null;
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

export interface ClientToServer {
  watch(message: z.input<typeof watch>, answer: (answer: Answer<{seq: number; missed: PaperNotice[]}>) => void): void;
  unwatch(message: z.input<typeof unwatch>, answer: (answer: Answer<null>) => void): void;
}

export interface ServerToClient {
  notice(notice: PaperNotice): void;
  presence(count: PresenceCount): void;
  /** The reader may no longer see this paper. */
  gone(message: {readonly paper: string}): void;
}
