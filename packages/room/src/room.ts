import type * as Y from 'yjs';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
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
import {Hearing, type DurableText} from './hearing.ts';
import {awarenessFramesPerTick, limits} from './limits.ts';
import {readMessage, type Message} from './messages.ts';
import {OwnEdits} from './own-edits.ts';
import {closeCode, type RoomActor, type RoomPorts} from './ports.ts';
import {Presence, readAwareness} from './presence.ts';
import {isEmptyUpdate, type Replica} from './replica.ts';
import {WorkingPaper} from './working-paper.ts';

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
  readonly #ports: RoomPorts;
  readonly #paper: WorkingPaper;
  readonly #edits: OwnEdits;
  readonly #connections = new Map<number, Connection>();
  readonly #presence: Presence;
  readonly #hearing = new Hearing();
  #isDraining = false;

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    this.#presence = new Presence(ports.clock.now());
    this.#paper = new WorkingPaper(ports, {
      ready: () => this.#begin(),
      damaged: () => this.#endAll(closeCode.overload, 'paper.damaged'),
      foreign: ({bytes, seq}) => {
        this.#edits.expectLoss();
        this.#tellUpdate(bytes, seq, null);
      },
      batchReleased: seq => {
        for (const connection of this.#connections.values()) this.#acknowledge(connection);
        this.#ports.appended?.(seq);
      },
    });
    this.#edits = new OwnEdits(ports, this.#paper, (bytes, seq) => this.#tellUpdate(bytes, seq, null));
  }

  // ---- Connections --------------------------------------------------------------------------------------------------

  connect(number: number, actor: RoomActor): void {
    const connection = new Connection(number, actor);
    this.#connections.set(number, connection);
    if (this.#isDraining) this.#end(connection, closeCode.drain, 'draining');
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

  get count(): {writing: number; reading: number} {
    let writing = 0;
    for (const connection of this.#connections.values()) if (connection.refuseWriting === null) writing += 1;
    return {writing, reading: this.#connections.size - writing};
  }

  // ---- Frames -------------------------------------------------------------------------------------------------------

  receive(number: number, frame: Uint8Array): void {
    const connection = this.#connections.get(number);
    if (!connection || this.#isDraining) return;
    if (this.#paper.state === 'ready' && connection.waiting === null) this.#hear(connection, frame);
    else this.#keepWaiting(connection, frame);
  }

  #keepWaiting(connection: Connection, frame: Uint8Array): void {
    connection.waiting ??= {frames: [], bytes: 0};
    connection.waiting.frames.push(frame);
    connection.waiting.bytes += frame.byteLength;
    if (connection.waiting.bytes > limits.waiting) this.#end(connection, closeCode.overload, 'server.busy');
  }

  /** The paper is loaded. */
  #begin(): void {
    this.#hearing.forget();
    this.#edits.forgetClients();
    this.#edits.expectLoss();
    this.#bindAgain();
    for (const connection of this.#connections.values()) {
      if (!connection.isCatchingUp) this.#hearWaiting(connection);
    }
  }

  #hearWaiting(connection: Connection): void {
    const {waiting} = connection;
    connection.waiting = null;
    // A frame may be the end of its connection, or make the ones behind it wait again.
    for (const frame of waiting?.frames ?? []) if (this.#isHere(connection)) this.receive(connection.number, frame);
  }

  /** Early bindings, which the log does not know of yet. */
  #bindAgain(): void {
    const {authors} = this.#paper.replica;
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

  #hear(connection: Connection, frame: Uint8Array): void {
    try {
      const message = readMessage(frame);
      switch (message.is) {
        case 'update':
          this.#hearUpdate(connection, message);
          break;
        case 'step1':
          if (this.#ports.isShared && !connection.isAsked && !connection.isCaughtUp) this.#catchUp(connection, frame);
          else this.#answer(connection, message.state);
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
    const {replica, epoch} = this.#paper;
    connection.hello = hello;
    connection.schemaRefusal = hello.schema === schemaVersion ? null : 'paper.other-schema';
    connection.epochRefusal = hello.epoch === null || hello.epoch === epoch ? null : 'paper.other-epoch';
    connection.isDead = false;
    replica.authors.bind(hello.clientId, connection.actor.number);
    this.#greet(connection);
  }

  #greet(connection: Connection): void {
    if (!connection.hello || this.#paper.state !== 'ready') return;
    const {epoch, seq} = this.#paper;
    const why = connection.refuseWriting;
    const hello = {
      schema: schemaVersion,
      epoch,
      seq,
      connection: connection.hello.clientId,
      member: connection.actor.id,
      rights: {write: why === null, why},
    };
    this.#send(connection, encodeHello(hello));
  }

  /**
   * Where several servers write one log, a client that comes from another one may hold what this one has not read yet.
   * What it says is heard once the log is read to its end.
   */
  #catchUp(connection: Connection, frame: Uint8Array): void {
    connection.isCatchingUp = true;
    this.#keepWaiting(connection, frame);
    this.#paper.line.behindAll(
      () => {
        connection.isCatchingUp = false;
        connection.isCaughtUp = true;
        if (this.#isHere(connection)) this.#hearWaiting(connection);
      },
      () => this.#end(connection, closeCode.resync, 'resync'),
    );
  }

  /** Step 1: everything it lacks, as soon as that is durable; and what the room lacks of it is asked for, once. */
  #answer(connection: Connection, state: Uint8Array): void {
    // A replica of another epoch holds what the log has lost, and is of no use any more.
    if (connection.epochRefusal !== null) return;
    const {replica, line} = this.#paper;
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
      // Ours are spoken only to those who have said that they speak them.
      if (!connection.hello) throw new Refusal('room.unknown-message');
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
      if (!connection.hello || this.#paper.state !== 'ready') this.#end(connection, closeCode.refused, error.code);
    }
  }

  #take(connection: Connection, {n, bytes}: UpdateMessage): void {
    const {replica, line} = this.#paper;
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
    const places = verdict.deletesOpeners ? this.#edits.places() : null;
    const row = {
      actor: connection.actor.number,
      connection: connection.number,
      n: connection.received,
      bytes,
      binds: verdict.binds,
    };
    this.#paper.accept(verdict, {
      row,
      released: seq => {
        this.#tellUpdate(bytes, seq, connection);
        if (n !== null) connection.owed = n;
      },
      lost: () => this.#end(connection, closeCode.resync, 'resync'),
    });
    this.#edits.expectLoss();
    this.#edits.repin(places);
  }

  /** It holds nothing that the room lacks; what it repeats may still be on its way to the log. */
  #acknowledgeLater(connection: Connection, n: number | null): void {
    if (n === null) return;
    this.#paper.line.behind(
      () => {
        connection.owed = n;
        this.#acknowledge(connection);
      },
      () => this.#end(connection, closeCode.resync, 'resync'),
    );
  }

  #acknowledge(connection: Connection): void {
    if (connection.owed === 0 || !this.#isHere(connection)) return;
    this.#send(connection, encodeAcknowledged(connection.owed, this.#paper.line.seq));
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
    const {authors} = this.#paper.replica;
    authors.bind(entry.client, connection.actor.number);
    const other = this.#presence.connectionOf(entry.client);
    // The same client on a new connection: the old one is half-open and has not noticed yet.
    if (other !== undefined && other !== connection.number) this.#presence.leave(other);
    if (entry.state === 'null') this.#presence.leave(connection.number);
    else this.#presence.see(connection.number, entry.client, connection.actor, entry.state);
  }

  /** A stock client echoes the states of others, and so may name them before it names itself. */
  #isFree(connection: Connection, client: number): boolean {
    const owner = this.#paper.replica.authors.actorOf(client);
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
  edit<Value>(actor: number, work: (doc: Y.Doc) => Value): Promise<Value> {
    return this.#edits.write(actor, work);
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
    return this.#paper.seq;
  }

  /** Another server has appended up to `seq`. */
  hint(seq: number): void {
    this.#paper.hint(seq);
  }

  // ---- Life ---------------------------------------------------------------------------------------------------------

  /** To be called about every 100 ms. */
  tick(): void {
    const now = this.#ports.clock.now();
    this.#paper.tick(now, this.#connections.size === 0);
    this.#edits.tick();
    const tell = this.#presence.tell(now);
    for (const connection of this.#connections.values()) {
      connection.awarenessFrames = 0;
      const frame = tell?.(connection.number);
      if (frame) this.#send(connection, frame);
    }
    const {store, trouble} = this.#ports;
    void this.#hearing.tick(now, () => store.load()).catch(cause => trouble?.('follow', cause));
  }

  /** Resolves when frames are answered, and rejects when they will not be. */
  whenReady(): Promise<void> {
    return this.#paper.whenReady();
  }

  /** The log does not replay: nothing is served. */
  get isDamaged(): boolean {
    return this.#paper.state === 'damaged';
  }

  /** Nobody is here, and the store holds all that there is, in a snapshot too. */
  get isAtRest(): boolean {
    return this.#connections.size === 0 && !this.isFollowed && this.#paper.isAtRest;
  }

  /** Everything accepted is stored and acknowledged; then everybody is told to come back within so many milliseconds. */
  async drain(within: number): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    await this.#paper.close();
    for (const connection of this.#connections.values()) {
      if (connection.hello) this.#send(connection, encodeDrain(within));
    }
    this.#endAll(closeCode.drain, 'draining');
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

  #endAll(code: number, reason: string): void {
    for (const connection of this.#connections.values()) this.#end(connection, code, reason);
  }

  #remove(connection: Connection): void {
    if (!this.#isHere(connection)) return;
    this.#connections.delete(connection.number);
    this.#presence.leave(connection.number);
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
