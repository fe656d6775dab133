import * as Y from 'yjs';
import type {Append, LoggedUpdate, RoomStore, StoredPaper} from '../ports.ts';
import {MemoryStore} from '../testing/memory-store.ts';
import type {World} from './world.ts';

/** A log with a disk behind it: appends take time, one after the other, and some fail before or after they are stored. */
export class SlowStore extends MemoryStore {
  /** Of 1,000 calls so many fail. */
  failing = 0;
  /** The one call, counted from 1 over all kinds, that fails, before or after it did what was asked. */
  failsAt: {readonly call: number; readonly when: 'before' | 'after'} | null = null;
  /** An append that fails may have stored its first rows. */
  tears = false;
  /** Calls so far. */
  calls = 0;
  /** Goes up when the machine loses power: what was on its way to the disk is gone. */
  #power = 0;
  /** `unheard`: it stores, and nobody hears of it. */
  outage: 'down' | 'unheard' | null = null;
  readonly wrong: string[] = [];
  /** All that is durable, as one doc. */
  readonly durable = new Y.Doc();
  readonly #world: World;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(world: World) {
    super();
    this.#world = world;
  }

  losePower(): void {
    this.#power++;
  }

  override async load(): Promise<StoredPaper> {
    const failing = this.#call();
    await this.#disk(failing);
    return super.load();
  }

  override async append(updates: readonly Append[]): Promise<readonly number[]> {
    const before = this.#queue;
    const failing = this.#call();
    const power = this.#power;
    const done = (async () => {
      await before;
      await this.#world.wait(this.#world.next(6));
      if (power !== this.#power) {
        this.#tear(updates);
        throw new Error('The power went before it was on the disk.');
      }
      if (this.outage === 'down' || failing === 'before' || this.#fails())
        throw new Error('The disk failed before storing.');
      if (this.tears && updates.length > 1 && this.#world.next(10) === 0) {
        this.#tear(updates);
        throw new Error('The disk failed between two pieces.');
      }
      const seqs = this.#keep(updates);
      if (this.outage === 'unheard' || failing === 'after' || this.#fails())
        throw new Error('The answer was lost after storing.');
      return seqs;
    })();
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** A long append goes in pieces, each whole or not at all: some of them may be there. */
  #tear(updates: readonly Append[]): void {
    if (this.tears) this.#keep(updates.slice(0, this.#world.next(updates.length + 1)));
  }

  #keep(updates: readonly Append[]): number[] {
    const count = this.rows.length;
    const seqs = this.store(updates);
    for (const {bytes} of this.rows.slice(count)) Y.applyUpdate(this.durable, bytes);
    return seqs;
  }

  override async read(since: number, limit: number): Promise<readonly LoggedUpdate[]> {
    const failing = this.#call();
    await this.#disk(failing);
    return super.read(since, limit);
  }

  override async saveSnapshot(snapshot: Uint8Array, seq: number): Promise<void> {
    const failing = this.#call();
    const power = this.#power;
    await this.#disk(failing === 'before' ? failing : null);
    if (power !== this.#power) throw new Error('The power went before it was on the disk.');
    this.#checkSnapshot(snapshot, seq);
    await super.saveSnapshot(snapshot, seq);
    if (failing === 'after') throw new Error('The answer was lost after storing.');
  }

  /** It holds all that the log holds up to its seq, and nothing that is not durable. */
  #checkSnapshot(snapshot: Uint8Array, seq: number): void {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, snapshot);
    const taken = Y.snapshot(doc);
    const replay = new Y.Doc();
    for (const row of this.rows.slice(0, seq)) Y.applyUpdate(replay, row.bytes);
    Y.applyUpdate(replay, snapshot);
    if (!Y.equalSnapshots(taken, Y.snapshot(replay))) this.wrong.push('A snapshot lacks what the log holds.');
    for (const [client, clock] of taken.sv) {
      if (clock > Y.getState(this.durable.store, client)) this.wrong.push('A snapshot holds what is not durable.');
    }
  }

  /** Whether the call that begins now is the one to fail. */
  #call(): 'before' | 'after' | null {
    this.calls++;
    return this.failsAt?.call === this.calls ? this.failsAt.when : null;
  }

  async #disk(failing: 'before' | 'after' | null): Promise<void> {
    await this.#world.wait(this.#world.next(4));
    if (this.outage === 'down' || failing || this.#fails()) throw new Error('The disk failed.');
  }

  #fails(): boolean {
    return this.#world.next(1_000) < this.failing;
  }
}

/** A process's hold on the store: once it is killed, what it had asked for may still happen, and it never hears of it. */
export class StoreOfProcess implements RoomStore {
  readonly #store: SlowStore;
  #isKilled = false;

  constructor(store: SlowStore) {
    this.#store = store;
  }

  kill(): void {
    this.#isKilled = true;
  }

  load(): Promise<StoredPaper> {
    return this.#heard(this.#store.load());
  }

  append(updates: readonly Append[]): Promise<readonly number[]> {
    return this.#heard(this.#store.append(updates));
  }

  read(since: number, limit: number): Promise<readonly LoggedUpdate[]> {
    return this.#heard(this.#store.read(since, limit));
  }

  saveSnapshot(snapshot: Uint8Array, seq: number): Promise<void> {
    return this.#heard(this.#store.saveSnapshot(snapshot, seq));
  }

  async #heard<Value>(answer: Promise<Value>): Promise<Value> {
    try {
      const value = await answer;
      if (!this.#isKilled) return value;
    } catch (error) {
      if (!this.#isKilled) throw error;
    }
    return new Promise<Value>(() => undefined);
  }
}
