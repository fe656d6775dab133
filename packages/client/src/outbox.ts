import * as Y from 'yjs';
import {syncType} from '@plenary/protocol/frames';
import {hasStructs, mergeRanges, partsOf, rangesOf, type DeletedRange} from './update-parts.ts';

/** Longest sync payload of one frame, in bytes. */
export const partLimit = 32 * 1024;
/** Frames on their way before further edits wait and travel together: a slow server costs neither memory nor frames. */
export const windowSize = 64;

/** Sends a sync message in the numbered frame n of the connection. */
export type SendNumbered = (n: number, type: number, update: Uint8Array) => void;

interface Owed {
  /** Frame whose acknowledgement settles it; null while it was not sent on this connection. */
  n: number | null;
  edits: number;
  revision: number;
  /** Clock of the replica's own clientID after it. */
  clock: number;
  /** What it deleted; 'unknown' for what the device kept from an earlier page. */
  deletes: DeletedRange[] | 'unknown';
}

/**
 * What one replica owes the server. Every local edit has a revision, counted up from 1; it is settled when the server
 * has acknowledged the frame that carried it, and by nothing else.
 */
export class Outbox {
  /** Of the last local edit. */
  revision = 0;
  /** Every edit up to this one is durable on the server. */
  settledRevision = 0;
  /** Clock of the replica's own clientID up to which the server holds it for sure. */
  settledClock = 0;
  private readonly doc: Y.Doc;
  private readonly send: SendNumbered;
  private owed: Owed[] = [];
  private n = 0;
  private acknowledged = 0;
  private isOpen = false;
  /** What the server holds or will: the state before the first edit that waits. */
  private sentState = new Map<number, number>();

  constructor(doc: Y.Doc, send: SendNumbered) {
    this.doc = doc;
    this.send = send;
  }

  get isEmpty(): boolean {
    return this.owed.length === 0;
  }

  /** Local edits without acknowledgement; what an earlier page left behind counts as one. */
  get size(): number {
    return this.owed.reduce((sum, entry) => sum + entry.edits, 0);
  }

  /** Takes note of an edit and sends it when the connection is ready for edits. */
  add(update: Uint8Array, transaction: Pick<Y.Transaction, 'deleteSet' | 'beforeState'>): void {
    const behind = this.isWaiting;
    this.owe(rangesOf(transaction.deleteSet));
    if (!this.isOpen) return;
    if (!behind) this.sentState = transaction.beforeState;
    if (this.n - this.acknowledged >= windowSize) return;
    if (behind) this.flush();
    else this.sendParts(partsOf(update, partLimit), syncType.update);
  }

  /** The device says that an earlier page left something unacknowledged in this replica. */
  adopt(): void {
    this.owe('unknown');
  }

  /** The server told what it holds: answers with all that it lacks, also when that is nothing. */
  open(serverState: Uint8Array, mayWrite: boolean): void {
    const missing = Y.encodeStateAsUpdate(this.doc, serverState);
    // The device may hold edits whose mark was lost; they are owed all the same.
    if (this.isEmpty && hasStructs(missing)) this.owe('unknown');
    this.isOpen = true;
    // A reader sends nothing, unless it is owed an answer to what it wrote while it still could.
    if (!this.isEmpty || mayWrite) this.flush(missing);
  }

  /** The connection is gone, and with it the order of its frames. */
  close(): void {
    this.isOpen = false;
    this.n = 0;
    this.acknowledged = 0;
    for (const entry of this.owed) entry.n = null;
  }

  acknowledge(n: number): void {
    this.acknowledged = Math.max(this.acknowledged, n);
    const settled = this.owed.findLastIndex(entry => entry.n !== null && entry.n <= n);
    if (settled >= 0) {
      const last = this.owed[settled] as Owed;
      this.settledRevision = last.revision;
      this.settledClock = Math.max(this.settledClock, last.clock);
      this.owed.splice(0, settled + 1);
    }
    if (this.isOpen && this.isWaiting && this.n - this.acknowledged < windowSize / 2) this.flush();
  }

  /** Edits that wait stand at the end: frames go out in order. */
  private get isWaiting(): boolean {
    return this.owed.at(-1)?.n === null;
  }

  private owe(deletes: DeletedRange[] | 'unknown'): void {
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    const last = this.owed.at(-1);
    this.revision++;
    if (last !== undefined && last.n === null && last.deletes !== 'unknown' && deletes !== 'unknown') {
      last.edits++;
      last.revision = this.revision;
      last.clock = clock;
      last.deletes.push(...deletes);
    } else {
      this.owed.push({n: null, edits: 1, revision: this.revision, clock, deletes});
    }
  }

  /** Sends all that was not sent yet; the first time on a connection this is the answer to the server's step 1. */
  private flush(missing?: Uint8Array): void {
    const update = missing ?? Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.sentState));
    const waiting = this.owed.filter(entry => entry.n === null);
    const everything = waiting.some(entry => entry.deletes === 'unknown');
    const deletes = mergeRanges(waiting.flatMap(entry => (entry.deletes === 'unknown' ? [] : entry.deletes)));
    const parts = everything ? partsOf(update, partLimit) : partsOf(update, partLimit, deletes);
    this.sendParts(parts, missing === undefined ? syncType.update : syncType.step2);
  }

  private sendParts(parts: readonly Uint8Array[], type: number): void {
    parts.forEach((part, index) => {
      // Only the last part completes the answer to a step 1.
      this.send(++this.n, index === parts.length - 1 ? type : syncType.update, part);
    });
    for (const entry of this.owed) entry.n ??= this.n;
  }
}
