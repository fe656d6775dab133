import type {RefusalCode} from '@plenary/domain/refusal';
import type {ClientHello} from '@plenary/protocol/frames';
import type {RoomActor} from './ports.ts';

/** One connection as the room keeps it: a few words each, since there are many. */
export class Connection {
  readonly number: number;
  actor: RoomActor;
  /** What our own client has said; null for a stock client, which gets none of our frames. */
  hello: ClientHello | null = null;
  /** Updates received, as they are numbered in the log. */
  received = 0;
  /** Last number that the client gave itself. */
  numbered = 0;
  /** Its last numbered update that is durable and was not acknowledged yet. */
  owed = 0;
  /** A refused replica is dead: what it sends later builds on what was refused. */
  isDead = false;
  /** It has the text, and hears what is new. */
  isServed = false;
  /** It was told the room's state, so that it answers with what the room lacks. */
  isAsked = false;
  awarenessFrames = 0;
  /** Frames that wait for the paper to be loaded, or for the log to be read to its end. */
  waiting: {readonly frames: Uint8Array[]; bytes: number} | null = null;
  isCatchingUp = false;
  isCaughtUp = false;
  schemaRefusal: RefusalCode | null = null;
  epochRefusal: RefusalCode | null = null;

  constructor(number: number, actor: RoomActor) {
    this.number = number;
    this.actor = actor;
  }

  /** Null when it may write. */
  get refuseWriting(): RefusalCode | null {
    return this.epochRefusal ?? this.schemaRefusal ?? this.actor.refuseWriting;
  }
}
