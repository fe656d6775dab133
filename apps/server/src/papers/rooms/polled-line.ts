import type {IncomingMessage} from 'node:http';
import type {Socket} from 'socket.io';
import type {PolledToClient, PolledToServer} from '@plenary/protocol/polled-room';
import type {Line, LineHearer} from './line.ts';

export type PolledSocket = Socket<PolledToServer, PolledToClient>;

/** A receiver that was told that it is closed has so long to fetch it, in milliseconds. */
const longestGoodbye = 3_000;

/** A connection by requests. What is written waits for the receiver's next request; what it sends comes in requests of its own. */
export class PolledLine implements Line {
  readonly takes = 'messages';
  readonly #socket: PolledSocket;
  readonly #longest: number;
  #isClosing = false;
  #written = 0;
  #longestWritten = 0;
  /** Requests that wait to be read; null while nothing has to wait. */
  #held: (() => void)[] | null = null;

  /** `longest`: bytes of one message. */
  constructor(socket: PolledSocket, longest: number) {
    this.#socket = socket;
    this.#longest = longest;
    socket.conn.on('drain', () => {
      this.#written = this.#longestWritten = 0;
    });
    socket.emit('open');
  }

  get request(): IncomingMessage {
    return this.#socket.request;
  }

  /** The whole paper may be one message: what counts is what has piled up beside it. */
  get waiting(): number {
    return this.#written - this.#longestWritten;
  }

  listen(hearer: LineHearer): void {
    this.#socket.conn.on('heartbeat', () => hearer.alive());
    this.#socket.on('disconnect', () => {
      this.resume();
      hearer.ended();
    });
    this.#socket.onAny((event: string, ...given: unknown[]) => {
      if (this.#isClosing) return;
      const [bytes] = given;
      const isFrame = event === 'frame' && given.length === 1 && bytes instanceof Buffer;
      if (!isFrame || bytes.byteLength > this.#longest) hearer.malformed();
      else hearer.message(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  write(message: Uint8Array): void {
    if (this.#isClosing) return;
    this.#written += message.byteLength;
    this.#longestWritten = Math.max(this.#longestWritten, message.byteLength);
    this.#socket.emit('frame', message);
  }

  pause(): void {
    this.#held ??= [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const read of held) read();
  }

  /** Reads a request with messages in it, as soon as it may be read. */
  take(read: () => void): void {
    if (this.#held) this.#held.push(read);
    else read();
  }

  /** socket.io asks by itself, and ends a connection that does not answer. */
  ping(): void {}

  close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#socket.emit('closed', {code, reason: reason.slice(0, 120)});
    // Ending it here would end the request that is being answered, and the last word with it: who is told goes.
    const timer = setTimeout(() => this.terminate(), longestGoodbye).unref();
    this.#socket.on('disconnect', () => clearTimeout(timer));
  }

  terminate(): void {
    this.#socket.conn.close(true);
  }
}
