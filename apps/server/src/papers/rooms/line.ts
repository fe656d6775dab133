import type {IncomingMessage} from 'node:http';

export interface LineHearer {
  message(bytes: Uint8Array): void;
  /** What came is no message of a room. */
  malformed(): void;
  /** The other end is still there. */
  alive(): void;
  ended(): void;
}

/** What carries the messages of a room to one receiver and back. */
export interface Line {
  /** Asked again who it comes from whenever rights change. */
  readonly request: IncomingMessage;
  /** Whole WebSocket frames, which are made once for all receivers, or single messages. */
  readonly takes: 'frames' | 'messages';
  /** Bytes that were written and wait for a slow receiver. */
  readonly waiting: number;
  listen(hearer: LineHearer): void;
  write(bytes: Uint8Array): void;
  /** Reads nothing more until `resume`: the network holds the rest back. */
  pause(): void;
  resume(): void;
  /** Asks for a sign of life. */
  ping(): void;
  close(code: number, reason: string): void;
  /** Without a word. */
  terminate(): void;
}
