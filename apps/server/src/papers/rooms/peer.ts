import type {IncomingMessage} from 'node:http';
import type {MemberId} from '@plenary/domain/ids';
import {closeCode} from '@plenary/room/ports';
import {frameType, syncType} from '@plenary/protocol/frames';
import type {Line} from './line.ts';
import {questionCost, type RoomLimits} from './room-limits.ts';
import {TokenBucket} from './token-bucket.ts';

export interface PeerHearer {
  frame(bytes: Uint8Array): void;
  /** The line is gone. */
  ended(): void;
  /** It reads too slowly and is given up. */
  overflowed(): void;
}

export interface PeerOptions {
  readonly number: number;
  readonly member: MemberId;
  readonly line: Line;
  readonly actorBucket: TokenBucket;
  readonly limits: RoomLimits;
  now(): number;
}

/** One connection in a room. */
export class Peer {
  readonly number: number;
  readonly member: MemberId;
  judgedAt: number;
  /** The last asking for its rights. */
  judgement = 0;
  readonly #line: Line;
  readonly #limits: RoomLimits;
  readonly #now: () => number;
  readonly #bucket: TokenBucket;
  readonly #actorBucket: TokenBucket;
  #hearer: PeerHearer | null = null;
  #heardAt: number;
  #isPaused = false;

  constructor(options: PeerOptions) {
    const {limits, line} = options;
    this.number = options.number;
    this.member = options.member;
    this.#line = line;
    this.#limits = limits;
    this.#now = options.now;
    this.#actorBucket = options.actorBucket;
    const now = this.#now();
    this.#bucket = new TokenBucket(limits.connectionRate.perSecond, limits.connectionRate.burst, now);
    this.#heardAt = now;
    this.judgedAt = now;
    line.listen({
      message: bytes => this.#message(bytes),
      malformed: () => this.#malformed(),
      alive: () => this.#hear(),
      ended: () => this.#hearer?.ended(),
    });
  }

  get request(): IncomingMessage {
    return this.#line.request;
  }

  get takes(): Line['takes'] {
    return this.#line.takes;
  }

  listen(hearer: PeerHearer): void {
    this.#hearer = hearer;
  }

  /** Who has too much waiting is given up: it gets everything anew when it comes again. */
  write(bytes: Uint8Array): void {
    if (this.#line.waiting > this.#limits.sendQueue) this.#hearer?.overflowed();
    else this.#line.write(bytes);
  }

  close(code: number, reason: string): void {
    this.#hearer = null;
    this.#resume();
    this.#line.close(code, reason);
  }

  terminate(): void {
    this.#line.terminate();
  }

  /** Reads on when there are tokens again. */
  tick(): void {
    if (this.#isPaused && this.#mayRead()) this.#resume();
  }

  /** Gives up a line that was silent through two pings: its other end is gone without saying so. */
  ping(): void {
    if (this.#isPaused) this.#heardAt = this.#now();
    if (this.#now() - this.#heardAt > 2.5 * this.#limits.ping) this.#line.terminate();
    else this.#line.ping();
  }

  #message(bytes: Uint8Array): void {
    this.#hear();
    const cost = 1 + bytes.byteLength / 2048 + (isQuestion(bytes) ? questionCost : 0);
    const now = this.#now();
    this.#bucket.take(cost, now);
    this.#actorBucket.take(cost, now);
    if (!this.#isPaused && !this.#mayRead()) {
      this.#isPaused = true;
      this.#line.pause();
    }
    this.#hearer?.frame(bytes);
  }

  #malformed(): void {
    const hearer = this.#hearer;
    this.close(closeCode.refused, 'room.malformed');
    hearer?.ended();
  }

  #mayRead(): boolean {
    const now = this.#now();
    return this.#bucket.hasTokens(now) && this.#actorBucket.hasTokens(now);
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#line.resume();
  }

  #hear(): void {
    this.#heardAt = this.#now();
  }
}

/** Asks for the paper, or for everybody's presence. */
function isQuestion(frame: Uint8Array): boolean {
  return frame[0] === frameType.queryAwareness || (frame[0] === frameType.sync && frame[1] === syncType.step1);
}
