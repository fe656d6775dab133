import {Refusal} from '@plenary/domain/refusal';
import {limits, pauses} from './limits.ts';
import type {Append, Clock, LoggedUpdate, RoomStore} from './ports.ts';

/** An accepted update on its way to the log. */
export interface Entry {
  readonly row: Append;
  /** It is durable under `seq`, and everything before it was released. */
  released(seq: number): void;
  /** It is not known to be durable and the room has given it up. */
  lost(): void;
}

type Step = {readonly entry: Entry} | {readonly run: () => void; readonly lost: () => void};

export interface LineHearer {
  /** An update of another server, in its place. */
  foreign(update: LoggedUpdate): void;
  /** Everything up to `seq` was released. */
  batchReleased(seq: number): void;
  /** Appending failed for good, or what is in the log can no longer be followed. */
  broken(cause: unknown): void;
}

/**
 * The line in front of the log: natural batching, one append in flight. What was accepted leaves it in the log's order once it is
 * durable, and so does everything that was derived from accepted state (`behind`). Updates of other servers that the log has put
 * in between are read from it.
 */
export class LogLine {
  /** All up to this is durable and was released. */
  seq: number;
  /** Updates of other servers that came in. */
  foreign = 0;
  bytes = 0;
  readonly #store: RoomStore;
  readonly #clock: Clock;
  readonly #hearer: LineHearer;
  #steps: Step[] = [];
  #flying: Step[] = [];
  #running: Promise<void> | null = null;
  #hinted = 0;
  #mustReadAll = false;
  #isBroken = false;
  #retry: {at: number; go: () => void} | null = null;

  constructor(store: RoomStore, clock: Clock, seq: number, hearer: LineHearer) {
    this.#store = store;
    this.#clock = clock;
    this.seq = seq;
    this.#hearer = hearer;
  }

  get isEmpty(): boolean {
    return this.#steps.length === 0 && this.#flying.length === 0;
  }

  add(entry: Entry): void {
    this.bytes += entry.row.bytes.byteLength;
    this.#steps.push({entry});
    this.#run();
  }

  /** At once when nothing is on its way, else when all that was accepted before is durable. */
  behind(run: () => void, lost: () => void): void {
    if (this.isEmpty) run();
    else this.#steps.push({run, lost});
  }

  /** As `behind`, and when the log was read to the end that it has now. */
  behindAll(run: () => void, lost: () => void): void {
    this.#mustReadAll = true;
    this.#steps.push({run, lost});
    this.#run();
  }

  /** Another server has appended. */
  hint(seq: number): void {
    this.#hinted = Math.max(this.#hinted, seq);
    if (this.#hinted > this.seq) this.#run();
  }

  tick(): void {
    if (!this.#retry || this.#clock.now() < this.#retry.at) return;
    const {go} = this.#retry;
    this.#retry = null;
    go();
  }

  /** Resolves when nothing is on its way; a broken line has nothing. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #run(): void {
    if (this.#isBroken) return;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
      if (!this.#isBroken && (this.#steps.length > 0 || this.#hinted > this.seq)) this.#run();
    });
  }

  async #work(): Promise<void> {
    try {
      while (!this.#isBroken && (this.#steps.length > 0 || this.#hinted > this.seq)) {
        if (this.#mustReadAll) {
          this.#mustReadAll = false;
          await this.#follow(Infinity);
        }
        if (this.#steps.length > 0) await this.#workBatch();
        else await this.#follow(this.#hinted);
      }
    } catch (cause) {
      if (this.#isBroken) return;
      this.#break();
      this.#hearer.broken(cause);
    }
  }

  async #workBatch(): Promise<void> {
    this.#flying = this.#steps.splice(0, limits.batch);
    const entries = this.#flying.flatMap(step => ('entry' in step ? [step.entry] : []));
    const seqs = entries.length > 0 ? await this.#append(entries.map(({row}) => row)) : [];
    const isPlain = seqs.every((seq, at) => seq === this.seq + 1 + at);
    const between = isPlain || this.#isBroken ? [] : await this.#read(Math.max(...seqs), new Set(seqs));
    if (this.#isBroken) return;
    let at = 0;
    let next = 0;
    for (const step of this.#flying) {
      if ('run' in step) {
        step.run();
        continue;
      }
      const seq = seqs[at++]!;
      while (next < between.length && between[next]!.seq < seq) this.#take(between[next++]!);
      this.seq = Math.max(this.seq, seq);
      this.bytes -= step.entry.row.bytes.byteLength;
      step.entry.released(seq);
    }
    this.#flying = [];
    if (entries.length > 0) this.#hearer.batchReleased(this.seq);
  }

  async #follow(until: number): Promise<void> {
    const updates = await this.#read(until, new Set());
    for (const update of updates) if (!this.#isBroken) this.#take(update);
  }

  #take(update: LoggedUpdate): void {
    this.seq = update.seq;
    this.foreign += 1;
    this.#hearer.foreign(update);
  }

  /** Asks again after a failure: it may have been stored all the same, and storing it twice changes nothing. */
  async #append(rows: readonly Append[]): Promise<readonly number[]> {
    for (const pause of [...pauses.append, null]) {
      try {
        return await this.#store.append(rows);
      } catch (cause) {
        if (this.#isBroken || pause === null || cause instanceof Refusal) throw cause;
        await new Promise<void>(go => {
          this.#retry = {at: this.#clock.now() + pause, go};
        });
        if (this.#isBroken) throw cause;
      }
    }
    return [];
  }

  /** What other servers have put into the log up to `until`, in order and without a gap; `own` seqs are left out. */
  async #read(until: number, own: ReadonlySet<number>): Promise<LoggedUpdate[]> {
    const found: LoggedUpdate[] = [];
    for (let seq = this.seq; seq < until && !this.#isBroken;) {
      const updates = await this.#store.read(seq, limits.batch);
      if (updates.length === 0 && until === Infinity) break;
      if (updates.length === 0) throw new Error('The log lacks what it has promised.');
      for (const update of updates) {
        if (update.seq !== ++seq) throw new Error('The log has a gap.');
        if (update.seq <= until && !own.has(update.seq)) found.push(update);
      }
    }
    return found;
  }

  #break(): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    for (const step of [...this.#flying, ...this.#steps]) {
      if ('entry' in step) step.entry.lost();
      else step.lost();
    }
    this.#flying = [];
    this.#steps = [];
    this.bytes = 0;
    this.#retry?.go();
    this.#retry = null;
  }
}
