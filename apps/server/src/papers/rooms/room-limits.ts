import {limits} from '@plenary/room/limits';

export interface RoomLimits {
  /** Connections in one room, and of one member in one room. */
  readonly connectionsOfPaper: number;
  readonly connectionsOfActor: number;
  /** How many are asked at a time who they are, and how many may wait for it. */
  readonly atTheDoor: number;
  readonly beforeTheDoor: number;
  /** Tokens a second and at once; a frame costs one, one more for every 2 KiB, and a question what its answer is worth. */
  readonly connectionRate: {readonly perSecond: number; readonly burst: number};
  readonly actorRate: {readonly perSecond: number; readonly burst: number};
  /** Bytes of one frame. */
  readonly frame: number;
  /** Bytes that may wait for one receiver. */
  readonly sendQueue: number;
  /** From so many connections on, what goes to one receiver is written at most every `coalesceMs`. */
  readonly coalesceFrom: number;
  readonly coalesceMs: number;
  /** Milliseconds. */
  readonly tick: number;
  readonly ping: number;
  /** An empty room stays in memory for so long. */
  readonly linger: number;
  /** Everybody's rights are asked for again at least so often, whatever the bus has lost. */
  readonly judgeAgain: number;
  /** The log is asked for what other servers have written at least so often. */
  readonly catchUp: number;
  /** Draining waits for the store at most so long. */
  readonly drain: number;
}

export const roomLimits: RoomLimits = {
  connectionsOfPaper: 4_000,
  connectionsOfActor: 40,
  atTheDoor: 4,
  beforeTheDoor: 4_000,
  connectionRate: {perSecond: 150, burst: 1_500},
  actorRate: {perSecond: 400, burst: 4_000},
  frame: limits.firstSync + 64,
  sendQueue: 1024 * 1024,
  coalesceFrom: 32,
  coalesceMs: 10,
  tick: 100,
  ping: 15_000,
  linger: 10_000,
  judgeAgain: 60_000,
  catchUp: 15_000,
  drain: 10_000,
};

/** Tokens that a question costs beyond its own frame: the answer may be the whole paper. */
export const questionCost = 25;
