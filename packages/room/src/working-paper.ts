import {Refusal} from '@plenary/domain/refusal';
import type {Verdict} from './guard.ts';
import {lastSeq} from './hearing.ts';
import {bytesAnUpdate, limits, pauses, snapshotEvery} from './limits.ts';
import {LogLine, type Entry} from './log-line.ts';
import type {LoggedUpdate, RoomPorts, StoredPaper} from './ports.ts';
import {Replica} from './replica.ts';

export type PaperState = 'loading' | 'ready' | 'damaged' | 'closed';

export interface PaperHearer {
  /** Frames may be answered, for the first time or after a new start. */
  ready(): void;
  /** The log does not replay: nothing may be served. */
  damaged(): void;
  /** An update that came through no connection of this room is durable. */
  foreign(update: LoggedUpdate): void;
  /** Everything up to `seq` is durable and was told. */
  batchReleased(seq: number): void;
}

interface Loaded {
  readonly replica: Replica;
  readonly line: LogLine;
  readonly epoch: number;
}

/** The working text in memory: replica, log line and snapshots, and starting again from the log when they disagree. */
export class WorkingPaper {
  state: PaperState = 'loading';
  readonly #ports: RoomPorts;
  readonly #hearer: PaperHearer;
  #loaded: Loaded | null = null;
  #isLoading = false;
  #loadAt: number | null = null;
  #whenReady: {go: () => void; fail: (cause: Error) => void}[] = [];
  #hinted = 0;
  /** Told to the connections before the new start; null: nobody was told anything. */
  #toldSeq: number | null = null;
  #snapshotSeq = 0;
  #snapshotBytes = 0;
  #isSaving = false;
  #saveAt = 0;

  constructor(ports: RoomPorts, hearer: PaperHearer) {
    this.#ports = ports;
    this.#hearer = hearer;
    this.#load();
  }

  get replica(): Replica {
    return this.#present().replica;
  }

  get line(): LogLine {
    return this.#present().line;
  }

  get epoch(): number {
    return this.#present().epoch;
  }

  /** All up to this is durable and was told. */
  get seq(): number {
    return this.#loaded?.line.seq ?? 0;
  }

  /** After the guard's verdict. Refuses `room.place`, and starts again, when only applying the update shows that it has none. */
  accept(verdict: Verdict, entry: Entry): void {
    const {replica, line} = this.#present();
    try {
      replica.apply(entry.row.bytes, verdict);
    } catch (cause) {
      this.#startAgain(cause);
      throw new Refusal('room.place');
    }
    line.add(entry);
  }

  /** Another server has appended up to `seq`. */
  hint(seq: number): void {
    this.#hinted = Math.max(this.#hinted, seq);
    this.#loaded?.line.hint(this.#hinted);
  }

  /** Resolves when frames are answered, and rejects when they will not be. */
  whenReady(): Promise<void> {
    if (this.state === 'ready') return Promise.resolve();
    if (this.state === 'damaged') return Promise.reject(new Refusal('paper.damaged'));
    if (this.state === 'closed') return Promise.reject(new Refusal('server.busy'));
    return new Promise((go, fail) => this.#whenReady.push({go, fail}));
  }

  /** Nothing is on its way, and the newest snapshot is stored. */
  get isAtRest(): boolean {
    if (this.#whenReady.length > 0) return false;
    if (this.state === 'damaged' || this.state === 'closed') return true;
    return this.state === 'ready' && this.line.isEmpty && !this.#isSaving && !this.#wantsSnapshot;
  }

  /** `isLeft`: nobody is here, so that the paper is opened next from what is stored now. */
  tick(now: number, isLeft: boolean): void {
    if (this.#loadAt !== null && now >= this.#loadAt) this.#load();
    this.#loaded?.line.tick();
    this.#saveSnapshot(now, isLeft);
  }

  /** Takes nothing any more; resolves when all that was accepted is stored or given up. */
  async close(): Promise<void> {
    this.state = 'closed';
    this.#failWaiting(new Refusal('server.busy'));
    await this.#loaded?.line.settled();
  }

  // ---- From the log -------------------------------------------------------------------------------------------------

  #load(): void {
    this.#loadAt = null;
    if (this.#isLoading) return;
    this.#isLoading = true;
    void this.#loadFromStore().finally(() => {
      this.#isLoading = false;
    });
  }

  async #loadFromStore(): Promise<void> {
    let stored: StoredPaper;
    let untold: LoggedUpdate[];
    try {
      stored = await this.#ports.store.load();
      untold = await this.#readUntold(lastSeq(stored));
    } catch (cause) {
      this.#ports.trouble?.('load', cause);
      this.#loadAt = this.#ports.clock.now() + pauses.load;
      return;
    }
    if (this.state !== 'loading') return;
    try {
      this.#loaded = {replica: new Replica(stored), line: this.#lineFrom(lastSeq(stored)), epoch: stored.epoch};
    } catch (cause) {
      this.#ports.trouble?.('paper.damaged', cause);
      this.state = 'damaged';
      this.#failWaiting(new Refusal('paper.damaged'));
      this.#hearer.damaged();
      return;
    }
    this.#snapshotSeq = stored.snapshot ? stored.snapshotSeq : 0;
    this.#snapshotBytes = stored.snapshot?.byteLength ?? 0;
    this.#toldSeq = null;
    for (const update of untold) this.#hearer.foreign(update);
    this.state = 'ready';
    this.#hearer.ready();
    const waiting = this.#whenReady;
    this.#whenReady = [];
    for (const {go} of waiting) go();
    this.hint(0);
  }

  /** What the log holds beyond what the connections were told. */
  async #readUntold(until: number): Promise<LoggedUpdate[]> {
    const found: LoggedUpdate[] = [];
    let seq = this.#toldSeq ?? until;
    while (seq < until) {
      const updates = await this.#ports.store.read(seq, limits.batch);
      if (updates.length === 0) throw new Error('The log lacks what it has promised.');
      found.push(...updates.filter(update => update.seq <= until));
      seq = updates.at(-1)!.seq;
    }
    return found;
  }

  #lineFrom(seq: number): LogLine {
    return new LogLine(this.#ports.store, this.#ports.clock, seq, {
      foreign: update => {
        this.replica.learn(update);
        this.#hearer.foreign(update);
      },
      batchReleased: released => this.#hearer.batchReleased(released),
      broken: cause => this.#startAgain(cause),
    });
  }

  /**
   * The replica is not what the log holds, or not known to be. All that was accepted and is not durable is given up: who sent
   * it, and whoever waits for what rests on it, comes again and brings what is missing. The others stay, and get what the log
   * holds beyond what they were told.
   */
  #startAgain(cause: unknown): void {
    if (this.state !== 'ready') return;
    this.#ports.trouble?.('start again', cause);
    this.state = 'loading';
    void this.#loadAgain(this.line);
  }

  async #loadAgain(line: LogLine): Promise<void> {
    // What is in flight may still arrive; it must not come after the log was read.
    await line.settled();
    this.#toldSeq = line.seq;
    this.#loaded = null;
    this.#load();
  }

  #failWaiting(cause: Error): void {
    const waiting = this.#whenReady;
    this.#whenReady = [];
    for (const {fail} of waiting) fail(cause);
  }

  // ---- Snapshots ----------------------------------------------------------------------------------------------------

  get #wantsSnapshot(): boolean {
    return this.seq > this.#snapshotSeq;
  }

  /** Encoding takes as long as the state is large: rarer where it is, so that it costs each update the same. */
  get #updatesBetweenSnapshots(): number {
    return Math.max(this.#ports.snapshotEvery ?? snapshotEvery, Math.floor(this.#snapshotBytes / bytesAnUpdate));
  }

  /** At rest, and now and then while it is written: what stands here, once all of it is durable. */
  #saveSnapshot(now: number, isLeft: boolean): void {
    if (this.state !== 'ready' || this.#isSaving || !this.#wantsSnapshot || now < this.#saveAt) return;
    const {line, replica} = this.#present();
    if (!isLeft && line.seq - this.#snapshotSeq < this.#updatesBetweenSnapshots) return;
    this.#isSaving = true;
    const bytes = replica.encode();
    this.#snapshotBytes = bytes.byteLength;
    const {foreign} = line;
    const given = (): void => {
      this.#isSaving = false;
    };
    line.behind(() => {
      // What another server wrote in between is in the log before this seq and not in these bytes.
      if (line.foreign !== foreign) return given();
      const {seq} = line;
      void this.#ports.store
        .saveSnapshot(bytes, seq)
        .then(() => {
          this.#snapshotSeq = Math.max(this.#snapshotSeq, seq);
        })
        .catch(cause => {
          this.#saveAt = now + pauses.load;
          this.#ports.trouble?.('snapshot', cause);
        })
        .finally(given);
    }, given);
  }

  #present(): Loaded {
    if (!this.#loaded) throw new Error('The paper is not loaded.');
    return this.#loaded;
  }
}
