import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {WebSocket} from 'ws';
import type {Line, LineHearer} from './line.ts';

/** A WebSocket. What is written goes to its socket as it is, since it is framed already. */
export class WebSocketLine implements Line {
  readonly request: IncomingMessage;
  readonly takes = 'frames';
  readonly #socket: Duplex;
  readonly #ws: WebSocket;

  constructor(request: IncomingMessage, socket: Duplex, ws: WebSocket) {
    this.request = request;
    this.#socket = socket;
    this.#ws = ws;
  }

  get waiting(): number {
    return this.#socket.writableLength;
  }

  listen(hearer: LineHearer): void {
    this.#ws.on('pong', () => hearer.alive());
    this.#ws.on('close', () => hearer.ended());
    this.#ws.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Buffer) {
        hearer.message(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      } else hearer.malformed();
    });
  }

  write(frames: Uint8Array): void {
    if (this.#isOpen) this.#socket.write(frames);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  ping(): void {
    if (this.#isOpen) this.#ws.ping();
  }

  close(code: number, reason: string): void {
    this.#ws.close(code, reason.slice(0, 120));
  }

  terminate(): void {
    this.#ws.terminate();
  }

  get #isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }
}
