import type * as Y from 'yjs';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {
  databaseName,
  findOffered,
  findReplica,
  hasDevice,
  removeDatabase,
  removeOffered,
  saveOffered,
  saveReplica,
  type KeptReplica,
  type Mark,
  type OfferedText,
} from './device.ts';
import {DeviceStore, type DeviceHearer} from './device-store.ts';

export interface KeeperOptions {
  readonly member: string;
  readonly paper: string;
  readonly title?: string;
  readonly details?: PaperDetails | undefined;
  readonly storage: 'device' | 'none';
}

/** What the device keeps of one paper for one member, or nothing where it keeps nothing. */
export class Keeper {
  private readonly options: KeeperOptions;
  private readonly changed: () => void;
  private doc: Y.Doc | null = null;
  private replica: KeptReplica | null = null;
  private store: DeviceStore | null = null;
  /** Updates for a store that is being opened. */
  private early: [Uint8Array, Mark | null][] = [];
  private isOpening = false;
  private hasFailed = false;
  private keptRevision = 0;
  private lastMark: Mark | null = null;
  private adopted: readonly Mark[] = [];
  private adoptedRevision = 0;
  private title: string;
  private details: PaperDetails | undefined;
  /** Changes of the database itself, one after the other. */
  private works: Promise<void> = Promise.resolve();
  private isUsable = false;

  constructor(options: KeeperOptions, changed: () => void) {
    this.options = options;
    this.changed = changed;
    this.title = options.title ?? options.paper;
    this.details = options.details;
    this.isOpening = options.storage === 'device';
  }

  /** Fills the doc with what the device has; null when it has nothing. */
  async open(doc: Y.Doc): Promise<{epoch: number; mayWrite: boolean; isUnsent: boolean} | null> {
    this.doc = doc;
    this.isUsable = this.options.storage === 'device' && (await hasDevice());
    if (!this.isUsable) {
      this.stopBuffering();
      return null;
    }
    try {
      const found = await findReplica(this.options.member, this.options.paper);
      this.replica = found?.isGone ? null : found;
      if (this.replica === null) return null;
      await this.openStore(doc, this.replica.epoch);
      return {epoch: this.replica.epoch, mayWrite: this.replica.mayWrite, isUnsent: this.adopted.length > 0};
    } catch {
      this.fail();
      return null;
    }
  }

  /** The server said which epoch this is and what the member may do. */
  greeted(doc: Y.Doc | null, epoch: number, mayWrite: boolean): void {
    if (!this.isUsable) return;
    const isNew = this.replica === null;
    const replica = this.describe(epoch, mayWrite);
    if (JSON.stringify(replica) === JSON.stringify(this.replica)) return;
    this.replica = replica;
    this.enqueue(async () => {
      await saveReplica(replica);
      if (isNew && doc) await this.openStore(doc, epoch);
    });
  }

  /** Stores an update; with a mark when it is not acknowledged. `isAlone`: no server is there to store it as well. */
  keep(update: Uint8Array, mark: Mark | null, isAlone = false): void {
    if (mark !== null) this.lastMark = mark;
    if (this.store !== null) this.store.keep(update, mark, isAlone);
    else if (this.isOpening) this.early.push([update, mark]);
    else this.hasFailed = true;
  }

  /** Edits of earlier pages are owed under this revision. They are on the device already, and alone if `isFirst`. */
  owed(revision: number, isFirst: boolean): void {
    this.adoptedRevision = revision;
    if (isFirst) this.keptRevision = revision;
  }

  /** The server has acknowledged everything up to this revision. */
  settled(revision: number): void {
    const settled: Mark[] = [];
    if (this.lastMark !== null && this.lastMark.revision <= revision) {
      settled.push(this.lastMark);
      this.lastMark = null;
    }
    if (this.adopted.length > 0 && this.adoptedRevision > 0 && this.adoptedRevision <= revision) {
      settled.push(...this.adopted);
      this.adopted = [];
    }
    if (settled.length === 0) return;
    if (this.store !== null) this.store.clear(settled);
    else
      this.early = this.early.map(([update, mark]) => [
        update,
        mark !== null && mark.revision > revision ? mark : null,
      ]);
  }

  /** Clocks up to which the server had acknowledged earlier pages' clients. */
  get adoptedMarks(): readonly Mark[] {
    return this.adopted;
  }

  /** 'kept' only when the transaction that holds the edit is complete. */
  stateOf(revision: number): 'kept' | 'storing' | 'not-kept' {
    if (this.options.storage === 'none') return 'not-kept';
    if (this.store !== null && this.keptRevision >= revision) return 'kept';
    return this.hasFailed || (this.store === null && this.replica === null) ? 'not-kept' : 'storing';
  }

  /** After a refusal: first the refused words are put in safety, then the new replica takes the dead one's place. */
  succeed(dead: Y.Doc, fresh: Y.Doc, epoch: number, offered: OfferedText | null): void {
    const own = [dead.clientID, ...this.adopted.map(({client}) => client)];
    const {store, replica} = this;
    this.doc = fresh;
    this.store = null;
    this.lastMark = null;
    this.adopted = [];
    this.adoptedRevision = 0;
    this.keptRevision = 0;
    this.early = [];
    if (!this.isUsable) return;
    this.isOpening = true;
    const {member, paper} = this.options;
    const next = this.describe(epoch, replica?.mayWrite ?? false);
    this.replica = next;
    this.enqueue(async () => {
      if (offered !== null) await saveOffered(member, paper, offered);
      await saveReplica(next);
      await store?.close();
      if (replica !== null && replica.epoch !== epoch) {
        await removeDatabase(databaseName(member, paper, replica.epoch));
      }
      const taken = await DeviceStore.replace(databaseName(member, paper, epoch), fresh, own, this.hearerOf(fresh));
      if (taken === null) this.fail();
      else await this.useStore(taken, fresh);
    });
  }

  /** What the server says of the paper now. */
  setDetails(details: PaperDetails): void {
    this.details = details;
    this.title = details.title;
    if (this.replica !== null) this.greeted(null, this.replica.epoch, this.replica.mayWrite);
  }

  async findOffered(): Promise<OfferedText[]> {
    if (!this.isUsable) return [];
    return findOffered(this.options.member, this.options.paper).catch(() => []);
  }

  saveOffered(offered: OfferedText): void {
    if (this.isUsable) this.enqueue(() => saveOffered(this.options.member, this.options.paper, offered));
  }

  async forgetOffered(id: string): Promise<void> {
    if (!this.isUsable) return;
    await this.works;
    await removeOffered(this.options.member, this.options.paper, id);
  }

  /** Resolves when everything given is on the device, or will not be. */
  async close(): Promise<void> {
    await this.works;
    const store = this.store;
    this.store = null;
    this.isOpening = false;
    await store?.close();
  }

  private describe(epoch: number, mayWrite: boolean): KeptReplica {
    const {member, paper} = this.options;
    const details = this.details === undefined ? {} : {details: this.details};
    return {member, paper, epoch, title: this.title, mayWrite, ...details};
  }

  /** What becomes of a dead replica's edits says nothing about those of its successor. */
  private hearerOf(doc: Y.Doc): DeviceHearer {
    return {
      kept: revision => {
        if (doc !== this.doc) return;
        this.keptRevision = Math.max(this.keptRevision, revision);
        this.hasFailed = false;
        this.changed();
      },
      failed: () => {
        if (doc === this.doc) this.fail();
      },
    };
  }

  private async openStore(doc: Y.Doc, epoch: number): Promise<void> {
    const name = databaseName(this.options.member, this.options.paper, epoch);
    await this.useStore(await DeviceStore.open(name, doc, this.hearerOf(doc)), doc);
  }

  private async useStore(store: DeviceStore, doc: Y.Doc): Promise<void> {
    // Meanwhile the replica has died.
    if (doc !== this.doc) return store.close();
    this.store = store;
    this.adopted = store.adopted;
    const early = this.early;
    this.stopBuffering();
    for (const [update, mark] of early) store.keep(update, mark, mark !== null);
    this.changed();
  }

  private enqueue(work: () => Promise<unknown>): void {
    this.works = this.works.then(work).then(
      () => undefined,
      () => this.fail(),
    );
  }

  private fail(): void {
    this.hasFailed = true;
    this.stopBuffering();
    this.changed();
  }

  private stopBuffering(): void {
    this.isOpening = false;
    this.early = [];
  }
}
