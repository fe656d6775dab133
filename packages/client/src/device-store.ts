import {IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState} from 'y-indexeddb';
import * as Y from 'yjs';
import {ask, completed, markKey, marks, openReplica, readMarks, type Mark} from './device.ts';

/** Hears what became of what was given to the device. */
export interface DeviceHearer {
  /** Everything up to this revision is in a completed transaction. */
  kept(revision: number): void;
  /** The device did not take it: full, or closed to us. */
  failed(): void;
}

interface Entry {
  readonly update: Uint8Array;
  readonly mark: Mark | null;
  readonly isAlone: boolean;
}

const trimPause = 1000;

/**
 * A replica in the device's store: y-indexeddb's database, with each local edit written in one transaction together
 * with the mark that it is not acknowledged. One transaction at a time; what comes meanwhile shares the next one.
 */
export class DeviceStore {
  /** Marks of earlier pages, read before the replica was: their edits are in it. */
  readonly adopted: readonly Mark[];
  private readonly doc: Y.Doc;
  private readonly persistence: IndexeddbPersistence;
  private readonly hearer: DeviceHearer;
  private queue: Entry[] = [];
  private toClear: Mark[] = [];
  private working: Promise<void> | null = null;
  private trimTimer: ReturnType<typeof setTimeout> | null = null;
  /** After a failure a part may be missing: the next transaction stores the whole state. */
  private storeWhole = false;
  private closed = false;

  private constructor(doc: Y.Doc, persistence: IndexeddbPersistence, adopted: readonly Mark[], hearer: DeviceHearer) {
    this.doc = doc;
    this.persistence = persistence;
    this.adopted = adopted;
    this.hearer = hearer;
  }

  /** Brings what the device keeps into the doc, under the persistence as origin. */
  static async open(name: string, doc: Y.Doc, hearer: DeviceHearer): Promise<DeviceStore> {
    const adopted = await readMarks(name);
    const persistence = new IndexeddbPersistence(name, doc);
    // Its own way of storing says neither when it is done nor what is unacknowledged.
    doc.off('update', persistence._storeUpdate);
    await loaded(persistence);
    return new DeviceStore(doc, persistence, adopted, hearer);
  }

  /**
   * Stores an update; with a mark when it is the replica's own and not acknowledged. What the device alone has is
   * written through to the disk, which a browser by itself leaves for later.
   */
  keep(update: Uint8Array, mark: Mark | null, isAlone: boolean): void {
    this.queue.push({update, mark, isAlone});
    this.work();
  }

  /** Removes marks, each only if no later edit has renewed it. */
  clear(settled: readonly Mark[]): void {
    this.toClear = [...this.toClear.filter(mark => settled.every(({client}) => client !== mark.client)), ...settled];
    this.work();
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.working !== null) await this.working;
  }

  async close(): Promise<void> {
    await this.idle();
    this.closed = true;
    if (this.trimTimer !== null) clearTimeout(this.trimTimer);
    await this.persistence.destroy();
  }

  /**
   * Gives the database over to another replica; the one before must be closed. While another page has unacknowledged
   * edits in it all stays as it is, the refused edits too, which are refused once more when they are next sent; then
   * the answer is null.
   */
  static async replace(
    name: string,
    fresh: Y.Doc,
    own: readonly number[],
    hearer: DeviceHearer,
  ): Promise<DeviceStore | null> {
    const database = await openReplica(name);
    try {
      const transaction = database.transaction(['updates', 'custom'], 'readwrite');
      const done = completed(transaction);
      const custom = transaction.objectStore('custom');
      const found = await ask<Mark[]>(custom.getAll(marks()));
      const isShared = found.some(({client}) => !own.includes(client));
      if (!isShared) {
        custom.delete(marks());
        transaction.objectStore('updates').clear();
        transaction.objectStore('updates').add(Y.encodeStateAsUpdate(fresh));
      }
      await done;
      if (isShared) return null;
    } finally {
      database.close();
    }
    return DeviceStore.open(name, fresh, hearer);
  }

  private work(): void {
    if (this.working !== null || this.closed) return;
    this.working = this.writeAll().finally(() => {
      this.working = null;
      if (this.queue.length > 0 || this.toClear.length > 0) this.work();
    });
  }

  private async writeAll(): Promise<void> {
    const entries = this.queue;
    const settled = this.toClear;
    this.queue = [];
    this.toClear = [];
    try {
      await this.write(entries, settled);
    } catch {
      this.storeWhole = true;
      this.hearer.failed();
      return;
    }
    const revision = entries.reduce((last, {mark}) => Math.max(last, mark?.revision ?? 0), 0);
    if (revision > 0) this.hearer.kept(revision);
    this.trimSoon(entries.length);
  }

  private async write(entries: readonly Entry[], settled: readonly Mark[]): Promise<void> {
    const database = this.persistence.db;
    if (database === null) throw new Error('The database is closed.');
    const transaction = database.transaction(['updates', 'custom'], 'readwrite', {
      durability: entries.some(({isAlone}) => isAlone) ? 'strict' : 'relaxed',
    });
    const done = completed(transaction);
    const updates = transaction.objectStore('updates');
    const custom = transaction.objectStore('custom');
    const whole = this.storeWhole;
    if (whole) updates.add(Y.encodeStateAsUpdate(this.doc));
    else for (const {update} of entries) updates.add(update);
    const mark = entries.findLast(entry => entry.mark !== null)?.mark;
    if (mark) custom.put(mark, markKey(mark.client));
    for (const old of settled) {
      const request = custom.get(markKey(old.client));
      request.addEventListener('success', () => {
        const found = request.result as Mark | undefined;
        if (found?.revision === old.revision) custom.delete(markKey(old.client));
      });
    }
    await done;
    if (whole) this.storeWhole = false;
  }

  private trimSoon(stored: number): void {
    this.persistence._dbsize += stored;
    if (this.persistence._dbsize < PREFERRED_TRIM_SIZE || this.trimTimer !== null || this.closed) return;
    this.trimTimer = setTimeout(() => {
      this.trimTimer = null;
      storeState(this.persistence, false).catch(() => this.hearer.failed());
    }, trimPause);
  }
}

/** y-indexeddb does not say when it cannot load; but its transaction is over before one that was begun later. */
async function loaded(persistence: IndexeddbPersistence): Promise<void> {
  const database = await persistence._db;
  const transaction = database.transaction('updates', 'readwrite');
  transaction.objectStore('updates').count();
  await completed(transaction);
  if (persistence.synced) return;
  await persistence.destroy();
  throw new Error('The device did not give its replica.');
}
