import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * Message types on a paper's room, first varint of every frame. 0–3 are those of y-websocket; 100–104 are ours and are
 * only sent to a client that has said hello (102) itself.
 */
export const frameType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** server → client: `[n][seq]`: everything up to the client's n-th numbered frame is durable; seq is the log's. */
  acknowledged: 100,
  /** server → client: `[n][code][sentence]`. The replica is dead from n on. */
  refused: 101,
  /** both ways: JSON, `ClientHello` or `ServerHello`. */
  hello: 102,
  /** server → client: `[ms]`: the server is going; come back within so many milliseconds, at a random moment. */
  drain: 103,
  /** client → server: `[n][sync message]`, step 2 included; n counts up from 1 on each connection. */
  numbered: 104,
} as const;

export const syncType = {step1: 0, step2: 1, update: 2} as const;

export interface ClientHello {
  /** Version of the paper schema that the client writes. */
  readonly schema: number;
  /** Epoch of the replica that the client holds; null when it holds nothing. */
  readonly epoch: number | null;
  /** The Yjs clientID that it will write under. */
  readonly clientId: number;
  /** BCP 47 tag for sentences. */
  readonly language: string;
}

export interface ServerHello {
  readonly schema: number;
  readonly epoch: number;
  readonly seq: number;
  /** The connection's own number, as in presence. */
  readonly connection: number;
  /** Id of the member that the connection acts as. A client that holds the replica of another member sends nothing. */
  readonly member: string;
  /** What this connection may do now; sent again whenever it changes. */
  readonly rights: RoomRights;
}

export interface RoomRights {
  readonly write: boolean;
  /** Why writing is refused, a refusal code; null when it is not. */
  readonly why: string | null;
}

/** Identity that the server puts beside each cursor; clients never name themselves. */
export interface PresenceState {
  readonly member: {readonly id: string; readonly handle: string; readonly organisation: string | null};
  /** Dealt by the room in order of arrival, from 1. */
  readonly colour: number;
  readonly cursor: unknown;
}

export function encodeAcknowledged(n: number, seq: number): Uint8Array {
  return frame(frameType.acknowledged, encoder => {
    encoding.writeVarUint(encoder, n);
    encoding.writeVarUint(encoder, seq);
  });
}

export function encodeRefused(n: number, code: string, sentence: string): Uint8Array {
  return frame(frameType.refused, encoder => {
    encoding.writeVarUint(encoder, n);
    encoding.writeVarString(encoder, code);
    encoding.writeVarString(encoder, sentence);
  });
}

export function encodeHello(hello: ClientHello | ServerHello): Uint8Array {
  return frame(frameType.hello, encoder => encoding.writeVarString(encoder, JSON.stringify(hello)));
}

export function encodeDrain(ms: number): Uint8Array {
  return frame(frameType.drain, encoder => encoding.writeVarUint(encoder, ms));
}

/** `sync` is a whole sync message without the leading 0: its type and its bytes. */
export function encodeNumbered(n: number, sync: Uint8Array): Uint8Array {
  return frame(frameType.numbered, encoder => {
    encoding.writeVarUint(encoder, n);
    encoding.writeUint8Array(encoder, sync);
  });
}

export function encodeSync(type: number, payload: Uint8Array): Uint8Array {
  return frame(frameType.sync, encoder => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

export function readAcknowledged(decoder: decoding.Decoder): {n: number; seq: number} {
  return {n: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder)};
}

export function readRefused(decoder: decoding.Decoder): {n: number; code: string; sentence: string} {
  return {
    n: decoding.readVarUint(decoder),
    code: decoding.readVarString(decoder),
    sentence: decoding.readVarString(decoder),
  };
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
