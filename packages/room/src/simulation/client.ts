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
import {HonestWriter, remote, type Tokens} from '../testing/honest-writer.ts';
import type {Line, Node} from './node.ts';
import type {World} from './world.ts';

/** What one local transaction did. */
export interface Edit {
  readonly client: number;
  readonly clock: number;
  readonly deletes: readonly (readonly [client: number, clock: number, length: number])[];
  n: number | null;
  isSaved: boolean;
}

/**
 * A browser: a replica, a connection that comes and goes, and for our own kind of client the book of what is acknowledged.
 * The stock kind sends plain updates and is told nothing.
 */
export class Client {
  readonly actor: number;
  readonly isStock: boolean;
  edits: Edit[] = [];
  /** Everything that was ever shown as saved. */
  readonly saved: Edit[] = [];
  readonly refusals: string[] = [];
  readonly clients = new Set<number>();
  doc: Y.Doc;
  writer: HonestWriter;
  canWrite = false;
  readonly #world: World;
  readonly #tokens: Tokens;
  readonly #undoes: boolean;
  #node: Node;
  #connection: number | null = null;
  #n = 0;
  #isOpen = false;
  #epoch: number | null = null;
  wantsOffline = false;
  #comesBack = false;

  constructor(world: World, node: Node, actor: number, tokens: Tokens, isStock: boolean, undoes: boolean) {
    this.#world = world;
    this.#node = node;
    this.actor = actor;
    this.isStock = isStock;
    this.#tokens = tokens;
    this.#undoes = undoes;
    this.doc = new Y.Doc();
    this.writer = this.#begin(this.doc);
  }

  get isConnected(): boolean {
    return this.#connection !== null;
  }

  get isSettled(): boolean {
    return this.#isOpen && (this.isStock || this.edits.every(edit => edit.isSaved));
  }

  connect(): void {
    if (this.#connection !== null || this.wantsOffline) return;
    this.#n = 0;
    this.#isOpen = false;
    const line: Line = {
      sent: bytes => this.#checkAcknowledged(bytes),
      received: bytes => this.#hear(bytes),
      closed: (code, reason) => this.#closed(code, reason),
    };
    this.#connection = this.#node.connect(this.actor, line);
    if (!this.isStock) {
      this.#send(encodeHello({schema: schemaVersion, epoch: this.#epoch, clientId: this.doc.clientID, language: 'en'}));
    }
    this.#send(encodeSync(syncType.step1, Y.encodeStateVector(this.doc)));
  }

  /** Half-open: the server does not know for a while. */
  cut(late: number): void {
    if (this.#connection !== null) this.#node.cut(this.#connection, late);
    this.#lost();
  }

  /** Half-open the other way: the server has let go, and what is sent meanwhile is heard by nobody. */
  lose(late: number): void {
    const lost = this.#connection;
    if (lost === null) return;
    this.#node.letGo(lost);
    this.#world.plan(late, () => {
      if (this.#connection === lost) this.#lost();
    });
  }

  /** Another server, the same replica. */
  moveTo(node: Node): void {
    this.cut(this.#world.next(3_000));
    this.#node = node;
  }

  /** The page is loaded anew: the same words under a new client, and what the old page knew is forgotten. */
  reload(): void {
    this.cut(this.#world.next(2_000));
    const kept = Y.encodeStateAsUpdate(this.doc);
    const unsaved = this.edits.filter(edit => !edit.isSaved);
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, kept, remote);
    this.writer = this.#begin(this.doc);
    this.edits = unsaved;
    for (const edit of unsaved) edit.n = null;
  }

  act(): void {
    this.writer.act();
  }

  #begin(doc: Y.Doc): HonestWriter {
    doc.clientID = 1 + this.#world.next(0xfffffffe);
    this.clients.add(doc.clientID);
    const writer = new HonestWriter(doc, this.#world.next, this.#tokens, this.#undoes);
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === remote) return;
      const deletes = [...transaction.deleteSet.clients].flatMap(([client, ranges]) =>
        ranges.map(({clock, len}) => [client, clock, len] as const),
      );
      const {clientID} = doc;
      const edit: Edit = {client: clientID, clock: Y.getState(doc.store, clientID), deletes, n: null, isSaved: false};
      this.edits.push(edit);
      if (!this.#isOpen) return;
      if (this.isStock) this.#send(encodeSync(syncType.update, update));
      else this.#sendNumbered(syncType.update, update);
    });
    return writer;
  }

  #sendNumbered(type: number, update: Uint8Array): void {
    this.#n += 1;
    for (const edit of this.edits) if (!edit.isSaved) edit.n ??= this.#n;
    this.#send(encodeNumbered(this.#n, encodeSync(type, update).subarray(1)));
  }

  #hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    switch (decoding.readVarUint(decoder)) {
      case frameType.sync:
        this.#hearSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
        break;
      case frameType.hello: {
        const hello = JSON.parse(decoding.readVarString(decoder)) as ServerHello;
        this.#epoch = hello.epoch;
        this.canWrite = hello.rights.write;
        break;
      }
      case frameType.acknowledged: {
        const {n} = readAcknowledged(decoder);
        for (const edit of this.edits) {
          if (edit.isSaved || edit.n === null || edit.n > n) continue;
          edit.isSaved = true;
          this.saved.push(edit);
        }
        break;
      }
      case frameType.refused:
        this.#startAnew(readRefused(decoder).code);
        break;
      default:
    }
  }

  /** What the server acknowledges is durable at that moment, deletions too. */
  #checkAcknowledged(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== frameType.acknowledged) return;
    const {n} = readAcknowledged(decoder);
    for (const edit of this.edits) {
      if (edit.n !== null && edit.n <= n && !edit.isSaved) this.#node.wrong.push(...lacksOf(this.#node.durable, edit));
    }
  }

  #hearSync(type: number, payload: Uint8Array): void {
    if (type === syncType.step1) {
      const missing = Y.encodeStateAsUpdate(this.doc, payload);
      this.#isOpen = true;
      if (this.isStock) this.#send(encodeSync(syncType.step2, missing));
      else this.#sendNumbered(syncType.step2, missing);
    } else {
      Y.applyUpdate(this.doc, payload, remote);
      if (this.doc.store.pendingStructs) this.#node.wrong.push('The server sent what leans on something missing.');
    }
  }

  /** A refused replica is dead. */
  #startAnew(code: string): void {
    this.refusals.push(code);
    if (this.#connection !== null) this.#node.cut(this.#connection, 0);
    this.#lost();
    for (const character of this.writer.doc.getText('body').toString()) this.#tokens.deleted.add(character);
    this.doc = new Y.Doc();
    this.writer = this.#begin(this.doc);
    this.edits = [];
  }

  #closed(code: number, reason: string): void {
    if (code === 4403) this.#startAnew(reason);
    else this.#lost();
  }

  #lost(): void {
    this.#connection = null;
    this.#isOpen = false;
    for (const edit of this.edits) edit.n = null;
    if (this.#comesBack) return;
    this.#comesBack = true;
    this.#world.plan(50 + this.#world.next(800), () => {
      this.#comesBack = false;
      this.connect();
    });
  }

  #send(bytes: Uint8Array): void {
    if (this.#connection !== null) this.#node.send(this.#connection, bytes);
  }
}

/** What of an edit a doc does not hold, as sentences. */
export function lacksOf(doc: Y.Doc, {client, clock, deletes}: Edit): string[] {
  const {store} = doc;
  if (Y.getState(store, client) < clock) return ['An acknowledged insertion is not in the log.'];
  for (const [deleted, from, length] of deletes) {
    for (let at = from; at < from + length; at++) {
      if (Y.getState(store, deleted) <= at || !Y.getItem(store, Y.createID(deleted, at)).deleted) {
        return ['An acknowledged deletion is not in the log.'];
      }
    }
  }
  return [];
}
