import type {WebSocket} from 'ws';
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
  readonly ws: WebSocket;
  isSynced = false;
  #n = 0;

  constructor(ws: WebSocket) {
    this.ws = ws;
    ws.binaryType = 'arraybuffer';
    ws.on('error', () => undefined);
    ws.on('open', () => {
      ws.send(encodeHello({schema: schemaVersion, epoch: null, clientId: this.doc.clientID, language: 'fr'}));
      ws.send(encodeSync(syncType.step1, Y.encodeStateVector(this.doc)));
    });
    ws.on('message', (data: ArrayBuffer) => this.#hear(new Uint8Array(data)));
    ws.on('close', (code, reason) => {
      this.closed = {code, reason: reason.toString()};
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send(update);
    });
  }

  /** Returns the number under which it went. */
  send(update: Uint8Array, type: number = syncType.update): number {
    this.#n += 1;
    this.ws.send(encodeNumbered(this.#n, encodeSync(type, update).subarray(1)));
    return this.#n;
  }

  get sent(): number {
    return this.#n;
  }

  whenSynced(): Promise<void> {
    return until(() => this.isSynced);
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
