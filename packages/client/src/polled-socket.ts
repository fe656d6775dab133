import type {Socket} from 'socket.io-client';
import {polledRoomsPath, type PolledToClient, type PolledToServer} from '@plenary/protocol/polled-room';

type PolledConnection = Socket<PolledToClient, PolledToServer>;

export interface PolledSocketOptions {
  /** Where there is no cookie jar. */
  readonly headers?: Record<string, string>;
}

/**
 * A class that stands in for WebSocket where none gets through: the frames of a room travel in requests, by socket.io,
 * which is fetched only then. It does what a room's provider asks of a socket, no more.
 */
export function polledSocketOf({headers}: PolledSocketOptions = {}): typeof WebSocket {
  class OwnPolledSocket extends PolledSocket {
    constructor(url: string) {
      super(url, headers);
    }
  }
  return OwnPolledSocket as unknown as typeof WebSocket;
}

class PolledSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  binaryType = 'arraybuffer';
  readyState = 0;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: {data: ArrayBuffer | Uint8Array}) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onclose: ((event: {code: number; reason: string}) => void) | null = null;
  #connection: PolledConnection | null = null;

  constructor(url: string, headers: Record<string, string> | undefined) {
    this.#connect(new URL(url.replace(/^ws/, 'http')), headers).catch(() => this.#fail());
  }

  send(bytes: Uint8Array): void {
    if (this.readyState === this.OPEN) this.#connection?.emit('frame', bytes);
  }

  close(): void {
    this.#end(1000, '');
  }

  async #connect(url: URL, headers: Record<string, string> | undefined): Promise<void> {
    const {io} = await import('socket.io-client');
    if (this.readyState !== this.CONNECTING) return;
    const connection: PolledConnection = io(url.origin, {
      path: polledRoomsPath,
      transports: ['polling'],
      auth: {paper: decodeURIComponent(url.pathname.split('/').at(-1) ?? '')},
      forceNew: true,
      reconnection: false,
      withCredentials: true,
      ...(headers ? {extraHeaders: headers} : {}),
    });
    this.#connection = connection;
    connection.on('open', () => {
      if (this.readyState !== this.CONNECTING) return;
      this.readyState = this.OPEN;
      this.onopen?.({});
    });
    connection.on('frame', bytes => {
      if (this.readyState === this.OPEN) this.onmessage?.({data: bytes});
    });
    connection.on('closed', ({code, reason}) => this.#end(code, reason));
    connection.on('connect_error', () => this.#fail());
    connection.on('disconnect', () => this.#fail());
  }

  #fail(): void {
    if (this.readyState !== this.CLOSED) this.onerror?.({});
    this.#end(1006, '');
  }

  #end(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    this.#connection?.disconnect();
    this.onclose?.({code, reason});
  }
}
