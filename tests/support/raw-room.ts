import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
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
import {schemaVersion} from '@plenary/paper/schema-version';
import {until} from './server.ts';

/** A client of a room by hand: sees every frame, and can send any. It answers nothing by itself but applies what it hears. */
export class RawRoom {
  readonly doc = new Y.Doc();
  readonly received: Uint8Array[] = [];
  hello: ServerHello | undefined;
  acknowledged = 0;
  seq = 0;
  refused: {n: number; code: string; sentence: string} | undefined;
  closed: number | undefined;
  synced = false;
  private n = 0;
  private readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.binaryType = 'nodebuffer';
    socket.on('message', data => this.hear(new Uint8Array(data as Buffer)));
    socket.on('close', code => (this.closed = code));
    socket.on('error', () => (this.closed ??= 1006));
  }

  static async join(
    url: string,
    cookie: string | null,
    paper: string,
    {hello = true, doc}: {hello?: boolean; doc?: Y.Doc} = {},
  ): Promise<RawRoom> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/rooms/${paper}`, {headers: cookie ? {cookie} : {}});
    const room = new RawRoom(socket);
    if (doc) Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(doc));
    await until(() => socket.readyState !== WebSocket.CONNECTING, 10_000, 'the socket to open');
    if (socket.readyState !== WebSocket.OPEN) return room;
    if (hello) {
      room.sendHello(null);
      await until(() => room.hello !== undefined || room.closed !== undefined, 10_000, 'the hello of the server');
    }
    room.send(encodeSync(syncType.step1, Y.encodeStateVector(room.doc)));
    await until(() => room.synced || room.closed !== undefined, 10_000, 'the first synchronisation');
    return room;
  }

  sendHello(epoch: number | null): void {
    this.send(encodeHello({schema: schemaVersion, epoch, clientId: this.doc.clientID, language: 'en'}));
  }

  send(frame: Uint8Array): void {
    this.socket.send(frame);
  }

  /** Edits the replica and sends what came of it, numbered; answers with its number. */
  edit(change: (doc: Y.Doc) => void): number {
    const updates: Uint8Array[] = [];
    const hear = (update: Uint8Array, origin: unknown) => origin === this && updates.push(update);
    this.doc.on('update', hear);
    this.doc.transact(() => change(this.doc), this);
    this.doc.off('update', hear);
    for (const update of updates) this.sendUpdate(update);
    return this.n;
  }

  sendUpdate(update: Uint8Array): number {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, syncType.update);
    encoding.writeVarUint8Array(encoder, update);
    this.n += 1;
    this.send(encodeNumbered(this.n, encoding.toUint8Array(encoder)));
    return this.n;
  }

  async whenAcknowledged(n: number): Promise<void> {
    await until(() => this.acknowledged >= n, 10_000, `acknowledgement of ${n}`);
  }

  text(): string {
    return this.doc.getText('body').toString();
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(frame: Uint8Array): void {
    this.received.push(frame);
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === frameType.sync) {
      const sync = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (sync === syncType.step1) return;
      Y.applyUpdate(this.doc, bytes, 'server');
      if (sync === syncType.step2) this.synced = true;
    } else if (type === frameType.acknowledged) {
      const {n, seq} = readAcknowledged(decoder);
      this.acknowledged = Math.max(this.acknowledged, n);
      this.seq = Math.max(this.seq, seq);
    } else if (type === frameType.refused) {
      this.refused = readRefused(decoder);
    } else if (type === frameType.hello) {
      this.hello = JSON.parse(decoding.readVarString(decoder)) as ServerHello;
    }
  }
}

/** Appends words to the end of the body, that is of its last paragraph in storage. */
export function appendWords(words: string): (doc: Y.Doc) => void {
  return doc => {
    const body = doc.getText('body');
    body.insert(body.length, words, {});
  };
}
