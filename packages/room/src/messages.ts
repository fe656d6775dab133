import * as decoding from 'lib0/decoding';
import {Refusal} from '@plenary/domain/refusal';
import {frameType, syncType, type ClientHello} from '@plenary/protocol/frames';
import {limits} from './limits.ts';

/** What a client may say to a room. */
export type Message =
  | {readonly is: 'step1'; readonly state: Uint8Array}
  /** `n`: the client's own number of it, null for a client that does not number. */
  | {readonly is: 'update'; readonly n: number | null; readonly isAnswer: boolean; readonly bytes: Uint8Array}
  | {readonly is: 'awareness'; readonly bytes: Uint8Array}
  | {readonly is: 'query-awareness'}
  | {readonly is: 'hello'; readonly hello: ClientHello}
  | {readonly is: 'auth'};

/** Refuses `room.unknown-message`, `room.too-large` and, for everything that cannot be read, `room.malformed`. */
export function readMessage(frame: Uint8Array): Message {
  try {
    return read(decoding.createDecoder(frame));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('room.malformed');
  }
}

function read(decoder: decoding.Decoder): Message {
  switch (decoding.readVarUint(decoder)) {
    case frameType.sync:
      return readSync(decoder, null);
    case frameType.numbered:
      return readSync(decoder, decoding.readVarUint(decoder));
    case frameType.awareness:
      return {is: 'awareness', bytes: decoding.readVarUint8Array(decoder)};
    case frameType.queryAwareness:
      return {is: 'query-awareness'};
    case frameType.hello:
      return {is: 'hello', hello: readHello(decoder)};
    case frameType.auth:
      return {is: 'auth'};
    default:
      throw new Refusal('room.unknown-message');
  }
}

function readSync(decoder: decoding.Decoder, n: number | null): Message {
  const type = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (type === syncType.step1 && n === null) return {is: 'step1', state: bytes};
  if (type !== syncType.step2 && type !== syncType.update) throw new Refusal('room.unknown-message');
  const isAnswer = type === syncType.step2;
  if (bytes.byteLength > (isAnswer ? limits.firstSync : limits.update)) throw new Refusal('room.too-large');
  return {is: 'update', n, isAnswer, bytes};
}

function readHello(decoder: decoding.Decoder): ClientHello {
  const text = decoding.readVarString(decoder);
  if (text.length > limits.hello) throw new Refusal('room.too-large');
  const {schema, epoch, clientId, language} = JSON.parse(text) as Record<string, unknown>;
  if (!isCount(schema) || !(epoch === null || isCount(epoch)) || !isCount(clientId) || clientId > 2 ** 32 - 1) {
    throw new Refusal('room.malformed');
  }
  return {schema, epoch, clientId, language: typeof language === 'string' ? language.slice(0, 35) : 'en'};
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
