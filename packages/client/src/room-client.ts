import * as Y from 'yjs';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import type {RoomRights, ServerHello} from '@plenary/protocol/frames';
import {schemaVersion} from '@plenary/paper/schema-version';
import type {OfferedText} from './device.ts';
import type {Present} from './presence.ts';
import type {Hindrance} from './http.ts';
import {Keeper} from './keeper.ts';
import {watchNetwork} from './network.ts';
import {polledSocketOf} from './polled-socket.ts';
import {hearLateWords, offerOf} from './refused-words.ts';
import {RoomProvider} from './room-provider.ts';
import {onSignIn} from './sign-in.ts';

/**
 * `saved`: everything local is acknowledged. `saving`: connected, an acknowledgement is awaited. `kept`: not
 * acknowledged, but in the device's store. `not-saved`: neither.
 */
export type Save = 'saved' | 'saving' | 'kept' | 'not-saved';

export interface RoomState {
  /** Changes when the server refused the replica: bind to the new one. */
  readonly doc: Y.Doc;
  readonly save: Save;
  readonly connection: 'connecting' | 'open' | 'closed' | 'refused';
  /** Why the connection is refused. */
  readonly refusal: {readonly code: string; readonly sentence: string} | null;
  /** The doc holds the paper, from the device or from the server. */
  readonly loaded: boolean;
  /** This connection has brought the server's state. */
  readonly synced: boolean;
  readonly rights: RoomRights;
  readonly epoch: number | null;
  /** Local edits without acknowledgement. */
  readonly unacknowledged: number;
  readonly offered: readonly OfferedText[];
  /** The others in the room. */
  readonly presence: readonly Present[];
  /** The server writes another version of papers: read only, until the page is loaded anew. */
  readonly needsReload: boolean;
}

export interface RoomClientOptions {
  /** Address of the room, `ws://host/rooms/<paper>`. */
  readonly url: string;
  /** The paper's id; part of the name under which the device keeps it. */
  readonly paper: string;
  /** Id of the member who is signed in. */
  readonly member: string;
  readonly language: string;
  readonly storage: 'device' | 'none';
  /** Names the paper in the list of unsent work. */
  readonly title?: string;
  /** What the server says of the paper, kept with it on the device. */
  readonly details?: PaperDetails;
  readonly doc?: Y.Doc;
  /** Sentence of a refusal that the client itself finds; the code when there is none. */
  readonly sentenceOf?: (code: string) => string;
  /** Asked when the room cannot be reached: a refused upgrade looks like no network, and so does one that gets lost. */
  readonly whyUnreachable?: () => Promise<Hindrance>;
  readonly WebSocketPolyfill?: typeof WebSocket | undefined;
  /** What stands in for a WebSocket where none gets through; the browser's own requests unless said. */
  readonly PolledSocket?: typeof WebSocket | undefined;
  /** Milliseconds until a WebSocket is tried again there. */
  readonly tryAgainAfter?: number;
  /** From 0 to 1; chance of when to come back. */
  readonly random?: () => number;
}

/** The replica died before this was acknowledged; its words are offered. */
export class WordsRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = 'WordsRefused';
    this.code = code;
  }
}

/** An update without content: it only carries a mark. */
const nothing = new Uint8Array([0, 0]);

const terminalCodes: Readonly<Record<number, string>> = {
  4401: 'sign-in.required',
  4404: 'not-found',
};

/** One paper, written together. Knows no React: `subscribe` and `getSnapshot` fit useSyncExternalStore. */
export class RoomClient {
  private readonly options: RoomClientOptions;
  private readonly keeper: Keeper;
  private readonly listeners = new Set<() => void>();
  private readonly ends: (() => void)[] = [];
  private readonly waiters = new Set<{revision: number; done: () => void; fail: (error: Error) => void}>();
  private doc: Y.Doc;
  private provider: RoomProvider;
  /** Of the replica that takes over from a dead one, once it has the server's state. */
  private successor: RoomProvider | null = null;
  private death: {code: string; sentence: string} | null = null;
  private epoch: number | null = null;
  private rights: RoomRights = {write: false, why: null};
  private connection: RoomState['connection'] = 'connecting';
  private refusal: RoomState['refusal'] = null;
  private heeded: ServerHello | null = null;
  private isDeviceKnown = false;
  private loaded = false;
  private needsReload = false;
  private offered: readonly OfferedText[] = [];
  private snapshot: RoomState;
  private isEnded = false;
  private readonly started: Promise<void>;
  private closing: Promise<void> | null = null;
  /** When replicas died lately: a server that refuses everything is not asked without pause. */
  private deaths: number[] = [];

  constructor(options: RoomClientOptions) {
    this.options = options;
    this.doc = options.doc ?? new Y.Doc();
    this.keeper = new Keeper(options, () => this.tell());
    this.provider = this.providerOf(this.doc);
    this.isDeviceKnown = options.storage === 'none';
    this.snapshot = this.describe();
    this.ends.push(
      onSignIn(member => {
        if (member !== options.member) this.refuse('sign-in.again');
      }),
    );
    this.ends.push(
      watchNetwork({
        back: () => {
          this.provider.ways.forget();
          this.provider.hurry();
          this.successor?.hurry();
        },
        cutOff: () => {
          this.provider.giveUpConnection();
          this.successor?.giveUpConnection();
        },
      }),
    );
    this.started = this.start();
  }

  getSnapshot(): RoomState {
    return this.snapshot;
  }

  /** Calls back after every change of the snapshot. Returns the end of it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Where the caret is, as JSON of at most 1 KiB; null: nowhere. Others see it with our name. */
  setCursor(cursor: unknown): void {
    this.provider.setCursor(cursor);
  }

  /** Resolves when all that is written now is acknowledged; rejects with `WordsRefused` when it was refused. */
  async whenSaved(): Promise<void> {
    await this.started;
    const {outbox} = this.provider;
    if (outbox.isEmpty) return;
    await new Promise<void>((done, fail) => {
      this.waiters.add({revision: outbox.revision, done, fail});
    });
  }

  /** Resolves when the doc holds the paper. */
  whenLoaded(): Promise<void> {
    return this.when(state => state.loaded);
  }

  /** Resolves at once or after the change that makes it so. */
  when(isSo: (state: RoomState) => boolean): Promise<void> {
    if (isSo(this.snapshot)) return Promise.resolve();
    return new Promise(resolve => {
      const end = this.subscribe(() => {
        if (!isSo(this.snapshot)) return;
        end();
        resolve();
      });
    });
  }

  /** Its writer has seen to a refused text. */
  async dismissOffered(id: string): Promise<void> {
    this.offered = this.offered.filter(text => text.id !== id);
    this.tell();
    await this.keeper.forgetOffered(id);
  }

  setDetails(details: PaperDetails): void {
    this.keeper.setDetails(details);
  }

  /** Ends the connection; resolves when the device has what it was given. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async start(): Promise<void> {
    const provider = this.provider;
    const kept = await this.keeper.open(this.doc);
    if (kept !== null) {
      this.epoch = kept.epoch;
      provider.epoch = kept.epoch;
      this.rights = {write: kept.mayWrite, why: null};
      this.loaded = true;
      if (kept.isUnsent) this.adopt(provider);
    }
    this.isDeviceKnown = true;
    const offered = await this.keeper.findOffered();
    this.offered = [...offered, ...this.offered];
    if (this.connection === 'connecting') provider.connect();
    this.tell();
  }

  /** What an earlier page left unacknowledged is owed by this one. */
  private adopt(provider: RoomProvider): void {
    const {outbox, doc} = provider;
    const isFirst = outbox.isEmpty;
    outbox.adopt();
    this.keeper.owed(outbox.revision, isFirst);
    // What was typed before the device had answered goes there now; the empty update only carries the mark.
    if (!isFirst) {
      const mark = {client: doc.clientID, revision: outbox.revision, from: outbox.settledClock};
      this.keeper.keep(nothing, mark);
    }
  }

  private providerOf(doc: Y.Doc): RoomProvider {
    const {url, language, random = Math.random, tryAgainAfter} = this.options;
    const {WebSocketPolyfill = WebSocket, PolledSocket = polledSocketOf()} = this.options;
    const provider: RoomProvider = new RoomProvider(
      doc,
      {url, language, random, WebSocket: WebSocketPolyfill, PolledSocket, tryAgainAfter},
      {
        greeted: hello => this.hearGreeting(provider, hello),
        edited: (update, isFromDevice) => {
          if (provider !== this.provider) return;
          const {revision, settledClock} = provider.outbox;
          const mark = {client: doc.clientID, revision, from: settledClock};
          this.keeper.keep(isFromDevice ? nothing : update, mark, !provider.isFlowing);
        },
        received: update => {
          if (provider === this.provider && this.death === null) this.keeper.keep(update, null);
        },
        refused: (code, sentence) => this.die(code, sentence),
        // 4403 has many reasons; the server names the refusal.
        dismissed: (code, reason) => this.refuse(terminalCodes[code] ?? (reason === '' ? 'not-permitted' : reason)),
        unreachable: () => void this.askWhyUnreachable(provider),
        changed: () => this.hearChange(provider),
      },
    );
    return provider;
  }

  private hearGreeting(provider: RoomProvider, hello: ServerHello): boolean {
    if (hello.member !== this.options.member) {
      this.refuse('sign-in.again');
      return false;
    }
    if (provider === this.provider && this.epoch !== null && hello.epoch !== this.epoch) {
      this.die('paper.other-epoch', this.sentenceOf('paper.other-epoch'));
      return false;
    }
    return true;
  }

  private hearChange(provider: RoomProvider): void {
    if (this.isEnded) return;
    if (this.connection === 'refused') {
      this.tell();
    } else if (provider === this.successor) {
      if (provider.synced && provider.hello !== null) this.takeOver(provider, provider.hello);
    } else if (provider === this.provider && this.death === null) {
      this.connection = provider.wsconnected && provider.hello !== null ? 'open' : 'connecting';
      if (provider.hello !== null) this.heed(provider.hello);
      this.loaded ||= provider.synced;
      this.keeper.settled(provider.outbox.settledRevision);
      for (const waiter of this.waiters) {
        if (waiter.revision > provider.outbox.settledRevision) continue;
        this.waiters.delete(waiter);
        waiter.done();
      }
    }
    this.tell();
  }

  private heed(hello: ServerHello): void {
    if (hello === this.heeded) return;
    this.heeded = hello;
    this.epoch = hello.epoch;
    this.needsReload = hello.schema !== schemaVersion;
    this.rights = this.needsReload ? {write: false, why: 'paper.other-schema'} : hello.rights;
    this.keeper.greeted(this.doc, hello.epoch, hello.rights.write);
  }

  /** The replica is dead: a new one is fetched, and takes its place as soon as it has the server's state. */
  private die(code: string, sentence: string): void {
    if (this.isEnded) return;
    this.death ??= {code, sentence};
    this.connection = 'connecting';
    this.provider.retire();
    // A successor that is refused itself, since its clientID is taken, gives way to another.
    this.successor?.destroy();
    this.successor = this.providerOf(new Y.Doc());
    const now = Date.now();
    this.deaths = this.deaths.filter(at => now - at < 10_000);
    this.successor.comeBack(this.deaths.length);
    this.deaths.push(now);
    this.tell();
  }

  private takeOver(successor: RoomProvider, hello: ServerHello): void {
    const {doc: dead, provider} = this;
    const death = this.death ?? {code: 'server.failed', sentence: this.sentenceOf('server.failed')};
    const fresh = successor.doc;
    const isSameEpoch = this.epoch === hello.epoch;
    const held = Y.decodeStateVector(Y.encodeStateVector(fresh));
    const mine = new Map(this.keeper.adoptedMarks.map(({client, from}) => [client, from]));
    mine.set(dead.clientID, provider.outbox.settledClock);
    // After a restored back-up the dead replica also holds what others wrote and the log has lost: that is not ours.
    const from = (client: number): number => (isSameEpoch ? 0 : (mine.get(client) ?? Infinity));
    let offered = offerOf(dead, client => Math.max(held.get(client) ?? 0, from(client)), death);
    if (offered === null && !provider.outbox.isEmpty) {
      offered = {id: `${dead.clientID}.${provider.outbox.settledClock}`, ...death, text: ''};
    }
    provider.destroy();
    this.doc = fresh;
    this.provider = successor;
    this.successor = null;
    this.death = null;
    if (offered !== null) this.offer(offered);
    this.keeper.succeed(dead, fresh, hello.epoch, offered);
    this.ends.push(
      hearLateWords(dead, death, late => {
        this.offer(late);
        this.keeper.saveOffered(late);
        this.tell();
      }),
    );
    for (const {fail} of this.waiters) fail(new WordsRefused(death.code));
    this.waiters.clear();
    this.hearChange(successor);
  }

  private offer(text: OfferedText): void {
    this.offered = [...this.offered.filter(({id}) => id !== text.id), text];
  }

  private refuse(code: string): void {
    if (this.isEnded) return;
    this.connection = 'refused';
    this.refusal = {code, sentence: this.sentenceOf(code)};
    this.provider.retire();
    this.successor?.destroy();
    this.successor = null;
    this.tell();
  }

  private async askWhyUnreachable(provider: RoomProvider): Promise<void> {
    const hindrance = await this.options.whyUnreachable?.().catch(() => null);
    if (hindrance?.is === 'refused' && this.connection === 'connecting') this.refuse(hindrance.code);
    else if (hindrance?.is === 'websocket') provider.goRound();
  }

  private async end(): Promise<void> {
    this.isEnded = true;
    for (const end of this.ends) end();
    this.connection = 'closed';
    this.provider.destroy();
    this.successor?.destroy();
    this.tell();
    await this.keeper.close();
  }

  private sentenceOf(code: string): string {
    return this.options.sentenceOf?.(code) ?? code;
  }

  private describe(): RoomState {
    const {provider} = this;
    return {
      doc: this.doc,
      save: this.describeSave(),
      connection: this.connection,
      refusal: this.refusal,
      loaded: this.loaded,
      synced: provider.synced && this.death === null,
      rights: this.rights,
      epoch: this.epoch,
      unacknowledged: provider.outbox.size,
      offered: this.offered,
      presence: provider.presence.others(provider.hello?.connection ?? null),
      needsReload: this.needsReload,
    };
  }

  private describeSave(): Save {
    const {outbox, isFlowing} = this.provider;
    // What an earlier page left on the device is not known before it was asked.
    if (!this.isDeviceKnown) return 'saving';
    if (outbox.isEmpty) return 'saved';
    if (isFlowing && this.rights.write && this.death === null) return 'saving';
    const kept = this.keeper.stateOf(outbox.revision);
    // The device is being written: a matter of milliseconds, and no claim is made meanwhile.
    if (kept === 'storing') return 'saving';
    return kept === 'kept' ? 'kept' : 'not-saved';
  }

  private tell(): void {
    const next = this.describe();
    const keys = Object.keys(next) as (keyof RoomState)[];
    if (keys.every(key => Object.is(next[key], this.snapshot[key]))) return;
    this.snapshot = next;
    for (const listener of this.listeners) listener();
  }
}
