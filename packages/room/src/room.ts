import type * as Y from 'yjs';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {placesBefore, repairHead, repinAfter} from '@plenary/paper/write';
import {schemaVersion} from '@plenary/paper/schema-version';
import {
  encodeAcknowledged,
  encodeDrain,
  encodeHello,
  encodeRefused,
  encodeSync,
  syncType,
  type ClientHello,
} from '@plenary/protocol/frames';
import {Connection} from './connection.ts';
import type {Sender, Verdict} from './guard.ts';
import {Hearing, lastSeq, type DurableText} from './hearing.ts';
import {awarenessFramesPerTick, limits, pauses, snapshotEvery} from './limits.ts';
import {LogLine, type Entry} from './log-line.ts';
import {readMessage, type Message} from './messages.ts';
import {closeCode, type LoggedUpdate, type RoomActor, type RoomPorts, type StoredPaper} from './ports.ts';
import {Presence, readAwareness} from './presence.ts';
import {isEmptyUpdate, Replica} from './replica.ts';

export type RoomState = 'loading' | 'ready' | 'draining' | 'closed';

/** The paper as it stands in memory; made anew whenever the room starts again from the log. */
interface Loaded {
  readonly replica: Replica;
  readonly line: LogLine;
  readonly epoch: number;
}

type UpdateMessage = Extract<Message, {is: 'update'}>;

/**
 * The room of one paper: its connections, its log, its guard. No timer, chance or I/O of its own.
 *
 * One update: receive → authorise → limits → decode → guard → accept into the replica → append → broadcast the received
 * bytes → acknowledge. The replica is ahead of the log by what is in flight, so that the next update is judged against
 * it; whatever is derived from the replica (an answer to step 1, an acknowledgement) waits in the line until all that it
 * rests on is durable. So nobody ever reads words that a crash can un-say.
 */
export class Room {
  state: RoomState = 'loading';
  /** Set when the log does not replay: nothing is served. */
  isDamaged = false;
  readonly #ports: RoomPorts;
  readonly #connections = new Map<number, Connection>();
  readonly #presence: Presence;
  readonly #hearing = new Hearing();
  #loaded: Loaded | null = null;
  #isLoading = false;
  #loadAt: number | null = null;
  /** Frames that came before the paper was loaded. */
  #waiting: {connection: Connection; frame: Uint8Array}[] = [];
  #whenReady: {go: () => void; fail: (cause: Error) => void}[] = [];
  #snapshotSeq = 0;
  #isSaving = false;
  #saveAt = 0;
  /** Told to the connections before the room started again; null: nobody was told anything. */
  #toldSeq: number | null = null;
  #hintedSeq = 0;
  #ownUpdates = 0;
  readonly #ownClients = new Map<number, number>();
  #mayLackOpener = false;

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#presence = new Presence(ports.clock.now());
    this.#load();
  }

  // ---- Connections --------------------------------------------------------------------------------------------------

  connect(number: number, actor: RoomActor): void {
    const connection = new Connection(number, actor);
    this.#connections.set(number, connection);
    if (this.state === 'draining' || this.state === 'closed') this.#end(connection, closeCode.drain, 'draining');
    else if (this.isDamaged) this.#end(connection, closeCode.overload, 'paper.damaged');
  }

  disconnect(number: number): void {
    const connection = this.#connections.get(number);
    if (connection) this.#remove(connection);
  }

  /** The server judged anew who this is and may do; null: it may no longer be here. */
  setActor(number: number, actor: RoomActor | null): void {
    const connection = this.#connections.get(number);
    if (!connection) return;
    if (actor === null || actor.number !== connection.actor.number) {
      this.#end(connection, actor === null ? closeCode.notFound : closeCode.signedOut, 'not-found');
      return;
    }
    const {refuseWriting, handle, organisation} = connection.actor;
    connection.actor = actor;
    if (actor.handle !== handle || actor.organisation !== organisation) this.#presence.rename(number, actor);
    if (actor.refuseWriting !== refuseWriting) this.#greet(connection);
  }

  /** Connections of everybody here. */
  get numbers(): number[] {
    return [...this.#connections.keys()];
  }

  get count(): {writing: number; reading: number} {
    let writing = 0;
    for (const connection of this.#connections.values()) if (connection.refuseWriting === null) writing += 1;
    return {writing, reading: this.#connections.size - writing};
  }

  // ---- Frames -------------------------------------------------------------------------------------------------------

  receive(number: number, frame: Uint8Array): void {
    const connection = this.#connections.get(number);
    if (!connection || this.state === 'draining' || this.state === 'closed') return;
    if (this.state === 'ready') this.#hear(connection, frame);
    else this.#keepWaiting(connection, frame);
  }

  #keepWaiting(connection: Connection, frame: Uint8Array): void {
    connection.waiting += frame.byteLength;
    if (connection.waiting > limits.waiting) this.#end(connection, closeCode.overload, 'server.busy');
    else this.#waiting.push({connection, frame});
  }

  #hear(connection: Connection, frame: Uint8Array): void {
    try {
      const message = readMessage(frame);
      switch (message.is) {
        case 'update':
          this.#hearUpdate(connection, message);
          break;
        case 'step1':
          this.#answer(connection, message.state);
          break;
        case 'awareness':
          this.#hearAwareness(connection, message.bytes);
          break;
        case 'query-awareness':
          this.#tellPresence(connection);
          break;
        case 'hello':
          this.#hearHello(connection, message.hello);
          break;
        case 'auth':
          break;
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuse(connection, 0, error.code);
      this.#end(connection, closeCode.refused, error.code);
    }
  }

  #hearHello(connection: Connection, hello: ClientHello): void {
    const {replica, epoch} = this.#ready();
    connection.hello = hello;
    connection.schemaRefusal = hello.schema === schemaVersion ? null : 'paper.other-schema';
    connection.epochRefusal = hello.epoch === null || hello.epoch === epoch ? null : 'paper.other-epoch';
    connection.isDead = false;
    replica.authors.bind(hello.clientId, connection.actor.number);
    this.#greet(connection);
  }

  #greet(connection: Connection): void {
    if (!connection.hello || !this.#loaded) return;
    const {epoch, line} = this.#loaded;
    const why = connection.refuseWriting;
    const hello = {
      schema: schemaVersion,
      epoch,
      seq: line.seq,
      connection: connection.hello.clientId,
      member: connection.actor.id,
      rights: {write: why === null, why},
    };
    this.#send(connection, encodeHello(hello));
  }

  /** Step 1: everything it lacks, as soon as that is durable; and what the room lacks of it is asked for, once. */
  #answer(connection: Connection, state: Uint8Array): void {
    // A replica of another epoch holds what the log has lost, and is of no use any more.
    if (connection.epochRefusal !== null) return;
    const {replica, line} = this.#ready();
    const missing = encodeSync(syncType.step2, replica.missing(state));
    const isFirst = !connection.isAsked;
    if (isFirst) {
      connection.isAsked = true;
      this.#send(connection, encodeSync(syncType.step1, replica.state()));
    }
    // Should what the state rests on get lost, the connection has to start anew: it would never bring that again.
    line.behind(
      () => {
        if (!this.#isHere(connection)) return;
        this.#send(connection, missing);
        connection.isServed = true;
        if (isFirst) this.#tellPresence(connection);
      },
      () => this.#end(connection, closeCode.resync, 'resync'),
    );
  }

  #hearUpdate(connection: Connection, message: UpdateMessage): void {
    if (message.n !== null) {
      if (message.n !== connection.numbered + 1) throw new Refusal('room.malformed');
      connection.numbered = message.n;
    }
    connection.received += 1;
    if (connection.isDead) return;
    try {
      this.#take(connection, message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      connection.isDead = true;
      if (connection.hello) this.#refuse(connection, message.n ?? 0, error.code);
      // Who forces the room to start again does not stay.
      if (!connection.hello || this.state !== 'ready') this.#end(connection, closeCode.refused, error.code);
    }
  }

  #take(connection: Connection, {n, bytes}: UpdateMessage): void {
    const {replica, line} = this.#ready();
    const why = connection.refuseWriting;
    if (isEmptyUpdate(bytes)) return this.#acknowledgeLater(connection, n);
    const verdict = judge(replica, bytes, {actor: connection.actor.number, isServer: false}, why);
    if (verdict.adds === 'nothing') return this.#acknowledgeLater(connection, n);
    if (why !== null) {
      // A reader's copy of Yjs tidies format marks too; nobody needs it.
      if (verdict.adds === 'tidying') return this.#acknowledgeLater(connection, n);
      throw new Refusal(why);
    }
    if (line.bytes + bytes.byteLength > limits.undurable) {
      this.#end(connection, closeCode.overload, 'server.busy');
      return;
    }
    const places = verdict.deletesOpeners ? this.#placesBefore() : null;
    const row = {
      actor: connection.actor.number,
      connection: connection.number,
      n: connection.received,
      bytes,
      binds: verdict.binds,
    };
    this.#accept(verdict, {
      row,
      released: seq => {
        this.#tellUpdate(bytes, seq, connection);
        if (n !== null) connection.owed = n;
      },
      lost: () => this.#end(connection, closeCode.resync, 'resync'),
    });
    this.#mayLackOpener = true;
    if (places) void this.edit(0, doc => repinAfter(doc, places)).catch(cause => this.#trouble('re-pin', cause));
  }

  #accept(verdict: Verdict, entry: Entry): void {
    const {replica, line} = this.#ready();
    try {
      replica.apply(entry.row.bytes, verdict);
    } catch (error) {
      this.#startAgain(error);
      throw new Refusal('room.place');
    }
    line.add(entry);
  }

  /** It holds nothing that the room lacks; what it repeats may still be on its way to the log. */
  #acknowledgeLater(connection: Connection, n: number | null): void {
    if (n === null) return;
    this.#ready().line.behind(
      () => {
        connection.owed = n;
        this.#acknowledge(connection);
      },
      () => this.#end(connection, closeCode.resync, 'resync'),
    );
  }

  #acknowledge(connection: Connection): void {
    if (connection.owed === 0 || !this.#isHere(connection)) return;
    this.#send(connection, encodeAcknowledged(connection.owed, this.#ready().line.seq));
    connection.owed = 0;
  }

  #refuse(connection: Connection, n: number, code: RefusalCode): void {
    if (!connection.hello) return;
    this.#send(connection, encodeRefused(n, code, this.#ports.sentence(code, connection.hello.language)));
  }

  /** The received bytes: what Yjs would make of them may hold deletions that nobody made. */
  #tellUpdate(bytes: Uint8Array, seq: number, sender: Connection | null): void {
    this.#hearing.released(seq, bytes);
    const frame = encodeSync(syncType.update, bytes);
    for (const connection of this.#connections.values()) {
      if (connection.isServed && connection !== sender) this.#send(connection, frame);
    }
  }

  // ---- Presence -----------------------------------------------------------------------------------------------------

  #hearAwareness(connection: Connection, bytes: Uint8Array): void {
    connection.awarenessFrames += 1;
    if (connection.awarenessFrames > awarenessFramesPerTick || bytes.byteLength > limits.awareness) return;
    let entries;
    try {
      entries = readAwareness(bytes);
    } catch {
      throw new Refusal('room.malformed');
    }
    const own = connection.hello?.clientId ?? this.#presence.clientOf(connection.number);
    const entry = entries.find(({client}) => (own === undefined ? this.#isFree(connection, client) : client === own));
    if (!entry) return;
    const {authors} = this.#ready().replica;
    authors.bind(entry.client, connection.actor.number);
    const other = this.#presence.connectionOf(entry.client);
    // The same client on a new connection: the old one is half-open and has not noticed yet.
    if (other !== undefined && other !== connection.number) this.#presence.leave(other);
    if (entry.state === 'null') this.#presence.leave(connection.number);
    else this.#presence.see(connection.number, entry.client, connection.actor, entry.state);
  }

  /** A stock client echoes the states of others, and so may name them before it names itself. */
  #isFree(connection: Connection, client: number): boolean {
    const owner = this.#ready().replica.authors.actorOf(client);
    if (owner !== undefined && owner !== connection.actor.number) return false;
    const other = this.#presence.connectionOf(client);
    return other === undefined || this.#connections.get(other)?.actor.number === connection.actor.number;
  }

  #tellPresence(connection: Connection): void {
    const frame = this.#presence.everybodyElse(connection.number, this.#ports.clock.now());
    if (frame) this.#send(connection, frame);
  }

  // ---- The server's own edits ---------------------------------------------------------------------------------------

  /** Writes as the server in the name of an actor (0: its own); resolves when it is durable. Refusals of `work` pass through. */
  async edit<Value>(actor: number, work: (doc: Y.Doc) => Value): Promise<Value> {
    await this.whenReady();
    if (this.state !== 'ready') throw new Refusal('server.busy');
    const {replica} = this.#ready();
    const doc = replica.fork();
    const updates: Uint8Array[] = [];
    doc.clientID = this.#ownClient(actor);
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const value = work(doc);
    doc.destroy();
    await Promise.all(updates.map(bytes => this.#write(actor, bytes)));
    return value;
  }

  async #write(actor: number, bytes: Uint8Array): Promise<void> {
    const verdict = this.#ready().replica.check(bytes, {actor, isServer: true});
    if (verdict.adds === 'nothing') return;
    await new Promise<void>((done, fail) => {
      this.#ownUpdates += 1;
      const row = {actor, connection: this.#ports.ownConnection, n: this.#ownUpdates, bytes, binds: verdict.binds};
      this.#accept(verdict, {
        row,
        released: seq => {
          this.#tellUpdate(bytes, seq, null);
          done();
        },
        lost: () => fail(new Refusal('server.busy')),
      });
    });
  }

  #ownClient(actor: number): number {
    let client = this.#ownClients.get(actor);
    if (client === undefined) {
      const {authors} = this.#ready().replica;
      do client = this.#ports.newClient();
      while (authors.actorOf(client) !== undefined);
      this.#ownClients.set(actor, client);
    }
    return client;
  }

  #placesBefore(): ReturnType<typeof placesBefore> {
    return placesBefore(this.#ready().replica.fork());
  }

  #repairHead(): void {
    if (!this.#mayLackOpener || !this.#loaded || this.state !== 'ready') return;
    this.#mayLackOpener = false;
    if (!this.#loaded.replica.lacksOpener) return;
    const {newName} = this.#ports;
    void this.edit(0, doc => repairHead(doc, newName)).catch(cause => this.#trouble('repair', cause));
  }

  // ---- Readers ------------------------------------------------------------------------------------------------------

  /** Calls back after durable changes, at first with what is there. Returns the end of it. */
  follow(hear: (text: DurableText) => void): () => void {
    return this.#hearing.follow(hear);
  }

  get isFollowed(): boolean {
    return !this.#hearing.isEmpty;
  }

  /** All up to this is durable. */
  get seq(): number {
    return this.#loaded?.line.seq ?? 0;
  }

  /** Another server has appended up to `seq`. */
  hint(seq: number): void {
    this.#hintedSeq = Math.max(this.#hintedSeq, seq);
    this.#loaded?.line.hint(this.#hintedSeq);
  }

  // ---- Life ---------------------------------------------------------------------------------------------------------

  /** To be called about every 100 ms. */
  tick(): void {
    const now = this.#ports.clock.now();
    if (this.#loadAt !== null && now >= this.#loadAt) this.#load();
    this.#loaded?.line.tick();
    for (const connection of this.#connections.values()) connection.awarenessFrames = 0;
    const tell = this.#presence.tell(now);
    if (tell) {
      for (const connection of this.#connections.values()) {
        const frame = tell(connection.number);
        if (frame) this.#send(connection, frame);
      }
    }
    this.#repairHead();
    void this.#hearing.tick(now, () => this.#ports.store.load()).catch(cause => this.#trouble('follow', cause));
    this.#saveSnapshot();
  }

  /** Resolves when frames are answered, and rejects when they will not be. */
  whenReady(): Promise<void> {
    if (this.state === 'ready') return Promise.resolve();
    if (this.isDamaged) return Promise.reject(new Refusal('paper.damaged'));
    if (this.state !== 'loading') return Promise.reject(new Refusal('server.busy'));
    return new Promise((go, fail) => this.#whenReady.push({go, fail}));
  }

  /** Nobody is here, and the log holds all that there is. A snapshot is taken first. */
  get isAtRest(): boolean {
    if (this.#connections.size > 0 || this.isFollowed || this.#whenReady.length > 0) return false;
    if (this.isDamaged || this.state === 'closed') return true;
    return this.state === 'ready' && this.#loaded?.line.isEmpty === true && !this.#isSaving && !this.#wantsSnapshot;
  }

  /** Everything accepted is stored and acknowledged; then everybody is told to come back within so many milliseconds. */
  async drain(within: number): Promise<void> {
    if (this.state === 'closed') return;
    this.state = 'draining';
    this.#failWaiting(new Refusal('server.busy'));
    await this.#loaded?.line.settled();
    for (const connection of this.#connections.values()) {
      if (connection.hello) this.#send(connection, encodeDrain(within));
      this.#end(connection, closeCode.drain, 'draining');
    }
    this.state = 'closed';
  }

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
      this.#trouble('load', cause);
      this.#loadAt = this.#ports.clock.now() + pauses.load;
      return;
    }
    if (this.state !== 'loading') return;
    try {
      this.#loaded = {replica: new Replica(stored), line: this.#lineFrom(lastSeq(stored)), epoch: stored.epoch};
    } catch (cause) {
      this.#closeDamaged(cause);
      return;
    }
    this.#snapshotSeq = stored.snapshot ? stored.snapshotSeq : 0;
    this.#toldSeq = null;
    this.#hearing.forget();
    for (const {seq, bytes} of untold) this.#tellUpdate(bytes, seq, null);
    this.#bindAgain();
    this.#getReady();
  }

  /** What the log does not know of yet. */
  #bindAgain(): void {
    const {authors} = this.#ready().replica;
    this.#ownClients.clear();
    for (const connection of this.#connections.values()) {
      const client = connection.hello?.clientId ?? this.#presence.clientOf(connection.number);
      if (client === undefined) continue;
      try {
        authors.bind(client, connection.actor.number);
      } catch {
        this.#end(connection, closeCode.resync, 'resync');
      }
    }
  }

  #lineFrom(seq: number): LogLine {
    const line: LogLine = new LogLine(this.#ports.store, this.#ports.clock, seq, {
      foreign: update => this.#takeForeign(update),
      batchReleased: () => {
        for (const connection of this.#connections.values()) this.#acknowledge(connection);
        this.#ports.appended?.(line.seq);
      },
      broken: cause => this.#startAgain(cause),
    });
    return line;
  }

  #getReady(): void {
    this.state = 'ready';
    this.#mayLackOpener = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const {connection, frame} of waiting) {
      connection.waiting = 0;
      // A frame before may have been the end of its connection, or of this state.
      if (this.#isHere(connection)) this.receive(connection.number, frame);
    }
    const whenReady = this.#whenReady;
    this.#whenReady = [];
    for (const {go} of whenReady) go();
    if (this.#hintedSeq > 0) this.#loaded?.line.hint(this.#hintedSeq);
  }

  #takeForeign(update: LoggedUpdate): void {
    this.#ready().replica.learn(update);
    this.#mayLackOpener = true;
    this.#tellUpdate(update.bytes, update.seq, null);
  }

  /**
   * The replica is not what the log holds, or not known to be. All that was accepted and is not durable is given up: who
   * sent it, and whoever was told a state with it in it, comes again and brings what is missing. The others stay, and get
   * what the log holds beyond what they were told.
   */
  #startAgain(cause: unknown): void {
    if (this.state !== 'ready' || !this.#loaded) return;
    this.#trouble('start again', cause);
    const {line} = this.#loaded;
    this.state = 'loading';
    void this.#loadAgain(line);
  }

  async #loadAgain(line: LogLine): Promise<void> {
    // What is in flight may still arrive; it must not come after the log was read.
    await line.settled();
    this.#toldSeq = line.seq;
    this.#loaded = null;
    this.#load();
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

  #closeDamaged(cause: unknown): void {
    this.#trouble('paper.damaged', cause);
    this.isDamaged = true;
    this.#failWaiting(new Refusal('paper.damaged'));
    for (const connection of this.#connections.values()) this.#end(connection, closeCode.overload, 'paper.damaged');
  }

  #failWaiting(cause: Error): void {
    const waiting = this.#whenReady;
    this.#whenReady = [];
    for (const {fail} of waiting) fail(cause);
    this.#waiting = [];
  }

  get #wantsSnapshot(): boolean {
    return this.seq > this.#snapshotSeq;
  }

  /** At rest, and now and then while it is written: encoding what stands here once all of it is durable. */
  #saveSnapshot(): void {
    if (!this.#loaded || this.state !== 'ready' || this.#isSaving || !this.#wantsSnapshot) return;
    const now = this.#ports.clock.now();
    if (now < this.#saveAt) return;
    const {line, replica} = this.#loaded;
    const isLeft = this.#connections.size === 0;
    if (!isLeft && line.seq - this.#snapshotSeq < (this.#ports.snapshotEvery ?? snapshotEvery)) return;
    this.#isSaving = true;
    const bytes = replica.encode();
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
          this.#trouble('snapshot', cause);
        })
        .finally(given);
    }, given);
  }

  #ready(): Loaded {
    if (!this.#loaded) throw new Error('The paper is not loaded.');
    return this.#loaded;
  }

  #isHere(connection: Connection): boolean {
    return this.#connections.get(connection.number) === connection;
  }

  #send(connection: Connection, bytes: Uint8Array): void {
    this.#ports.net.send(connection.number, bytes);
  }

  #end(connection: Connection, code: number, reason: string): void {
    if (!this.#isHere(connection)) return;
    this.#remove(connection);
    this.#ports.net.close(connection.number, code, reason);
  }

  #remove(connection: Connection): void {
    if (!this.#isHere(connection)) return;
    this.#connections.delete(connection.number);
    this.#presence.leave(connection.number);
  }

  #trouble(what: string, cause: unknown): void {
    this.#ports.trouble?.(what, cause);
  }
}

/** Someone who may not write is told why, whatever else is wrong with the update. */
function judge(replica: Replica, bytes: Uint8Array, sender: Sender, why: RefusalCode | null): Verdict {
  try {
    return replica.check(bytes, sender);
  } catch (error) {
    if (why !== null && error instanceof Refusal) throw new Refusal(why);
    throw error;
  }
}
