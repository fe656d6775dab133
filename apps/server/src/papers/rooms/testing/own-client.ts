import type {WebSocket as NodeSocket} from 'ws';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import {schemaVersion} from '@plenary/paper/schema-version';
import {
  encodeHello,
  encodeNumbered,
  encodeSync,
  frameType,
  readAcknowledged,
  readRefused,
  syncType,
  type ServerHello,
} from '@plenary/protocol/frames';
import {until} from './house.ts';

/** A client of our own kind with everything in the open. */
export class OwnClient {
  readonly doc = new Y.Doc();
  readonly hellos: ServerHello[] = [];
  readonly refused: {n: number; code: string; sentence: string}[] = [];
  acknowledged = 0;
  drainWithin: number | null = null;
  closed: {code: number; reason: string} | null = null;
  readonly socket: WebSocket;
  isSynced = false;
  #n = 0;

  constructor(given: WebSocket | NodeSocket) {
    // Both have what is used here.
    const socket = given as WebSocket;
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onerror = () => undefined;
    socket.onopen = () => {
      this.#post(encodeHello({schema: schemaVersion, epoch: null, clientId: this.doc.clientID, language: 'fr'}));
      this.#post(encodeSync(syncType.step1, Y.encodeStateVector(this.doc)));
    };
    socket.onmessage = ({data}: MessageEvent<ArrayBuffer>) => this.#hear(new Uint8Array(data));
    socket.onclose = ({code, reason}) => {
      this.closed = {code, reason};
    };
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send(update);
    });
  }

  /** Returns the number under which it went. */
  send(update: Uint8Array, type: number = syncType.update): number {
    this.#n += 1;
    this.#post(encodeNumbered(this.#n, encodeSync(type, update).subarray(1)));
    return this.#n;
  }

  get sent(): number {
    return this.#n;
  }

  whenSynced(): Promise<void> {
    return until(() => this.isSynced);
  }

  #post(bytes: Uint8Array): void {
    this.socket.send(bytes as Uint8Array<ArrayBuffer>);
  }

  #hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    switch (decoding.readVarUint(decoder)) {
      case frameType.sync: {
        const type = decoding.readVarUint(decoder);
        const payload = decoding.readVarUint8Array(decoder);
        if (type === syncType.step1) this.send(Y.encodeStateAsUpdate(this.doc, payload), syncType.step2);
        else Y.applyUpdate(this.doc, payload, this);
        this.isSynced ||= type === syncType.step2;
        break;
      }
      case frameType.hello:
        this.hellos.push(JSON.parse(decoding.readVarString(decoder)) as ServerHello);
        break;
      case frameType.acknowledged:
        this.acknowledged = readAcknowledged(decoder).n;
        break;
      case frameType.refused:
        this.refused.push(readRefused(decoder));
        break;
      case frameType.drain:
        this.drainWithin = decoding.readVarUint(decoder);
        break;
      default:
    }
  }
}
