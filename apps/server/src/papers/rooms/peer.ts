import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {RawData, WebSocket} from 'ws';
import type {MemberId} from '@plenary/domain/ids';
import {closeCode} from '@plenary/room/ports';
import {frameType, syncType} from '@plenary/protocol/frames';
import {questionCost, type RoomLimits} from './room-limits.ts';
import {TokenBucket} from './token-bucket.ts';

export interface PeerHearer {
  frame(bytes: Uint8Array): void;
  /** The socket is gone. */
  ended(): void;
  /** It reads too slowly and is given up. */
  overflowed(): void;
}

export interface PeerOptions {
  readonly number: number;
  readonly member: MemberId;
  /** Asked again who it comes from whenever rights change. */
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly ws: WebSocket;
  readonly actorBucket: TokenBucket;
  readonly limits: RoomLimits;
  now(): number;
}

/** One socket in a room. */
export class Peer {
  readonly number: number;
  readonly member: MemberId;
  readonly request: IncomingMessage;
  judgedAt: number;
  /** The last asking for its rights. */
  judgement = 0;
  readonly #socket: Duplex;
  readonly #ws: WebSocket;
  readonly #limits: RoomLimits;
  readonly #now: () => number;
  readonly #bucket: TokenBucket;
  readonly #actorBucket: TokenBucket;
  #hearer: PeerHearer | null = null;
  #heardAt: number;
  #isPaused = false;

  constructor(options: PeerOptions) {
    const {limits, ws} = options;
    this.number = options.number;
    this.member = options.member;
    this.request = options.request;
    this.#socket = options.socket;
    this.#ws = ws;
    this.#limits = limits;
    this.#now = options.now;
    this.#actorBucket = options.actorBucket;
    const now = this.#now();
    this.#bucket = new TokenBucket(limits.connectionRate.perSecond, limits.connectionRate.burst, now);
    this.#heardAt = now;
    this.judgedAt = now;
    ws.on('pong', () => this.#hear());
    ws.on('close', () => this.#hearer?.ended());
    ws.on('message', (data, isBinary) => this.#message(data, isBinary));
  }

  listen(hearer: PeerHearer): void {
    this.#hearer = hearer;
  }

  /** Whole WebSocket frames. Who has too much waiting is given up: it gets everything anew when it comes again. */
  write(frames: Buffer): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (this.#socket.writableLength > this.#limits.sendQueue) this.#hearer?.overflowed();
    else this.#socket.write(frames);
  }

  close(code: number, reason: string): void {
    this.#hearer = null;
    this.#resume();
    this.#ws.close(code, reason.slice(0, 120));
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Reads on when there are tokens again. */
  tick(): void {
    if (this.#isPaused && this.#mayRead()) this.#resume();
  }

  /** Gives up a socket that was silent through two pings: its other end is gone without saying so. */
  ping(): void {
    if (this.#isPaused) this.#heardAt = this.#now();
    if (this.#now() - this.#heardAt > 2.5 * this.#limits.ping) this.#ws.terminate();
    else if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  #message(data: RawData, isBinary: boolean): void {
    this.#hear();
    if (!isBinary || !(data instanceof Buffer)) {
      const hearer = this.#hearer;
      this.close(closeCode.refused, 'room.malformed');
      hearer?.ended();
      return;
    }
    const cost = 1 + data.byteLength / 2048 + (isQuestion(data) ? questionCost : 0);
    const now = this.#now();
    this.#bucket.take(cost, now);
    this.#actorBucket.take(cost, now);
    if (!this.#isPaused && !this.#mayRead()) {
      this.#isPaused = true;
      this.#ws.pause();
    }
    this.#hearer?.frame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  #mayRead(): boolean {
    const now = this.#now();
    return this.#bucket.hasTokens(now) && this.#actorBucket.hasTokens(now);
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#ws.resume();
  }

  #hear(): void {
    this.#heardAt = this.#now();
  }
}

/** Asks for the paper, or for everybody's presence. */
function isQuestion(frame: Buffer): boolean {
  return frame[0] === frameType.queryAwareness || (frame[0] === frameType.sync && frame[1] === syncType.step1);
}
