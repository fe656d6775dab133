import {randomBytes, randomInt} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer} from 'ws';
import * as Y from 'yjs';
import {idFromBytes, type MemberId, type OrganisationId, type PaperId} from '@plenary/domain/ids';
import type {Actor} from '@plenary/domain/members/actor';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import type {Paragraph, ParagraphContent} from '@plenary/paper/view';
import {readPaper} from '@plenary/paper/read';
import {restoreParagraphs} from '@plenary/paper/restore';
import {joinParagraph, moveParagraph, writeContent} from '@plenary/paper/write';
import {readStored} from '@plenary/room/hearing';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import type {Bus} from '../../adapters/bus.ts';
import type {RoomActor} from '@plenary/room/ports';
import {admit, answerRefusal, paperKeyOf, type Member} from './admission.ts';
import type {Line} from './line.ts';
import {OpenRoom} from './open-room.ts';
import {paperLog} from './paper-log.ts';
import {Peer} from './peer.ts';
import {roomLimits, type RoomLimits} from './room-limits.ts';
import {StoredTexts} from './stored-text.ts';
import {TokenBucket} from './token-bucket.ts';
import {Turnstile} from './turnstile.ts';
import {WebSocketLine} from './web-socket-line.ts';

export interface PaperText {
  readonly seq: number;
  readonly paragraphs: Paragraph[];
}

export interface PaperState extends PaperText {
  /** Yjs V1 update of the whole document. */
  readonly state: Uint8Array;
}

/** Someone at the door of a room. */
export interface Comer {
  readonly request: IncomingMessage;
  /** Slug or id, as it came. */
  readonly paper: string;
  isGone(): boolean;
  /** They may come in; null when they cannot. */
  open(): Line | null;
}

/** The rooms of all papers: where they are written, and where their text is read. */
export interface Rooms {
  /** Handles an HTTP upgrade to /rooms/<slug or id>; answers with a plain HTTP status when it is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Lets someone in over any line; rejects with the refusal when they may not. */
  enter(comer: Comer): Promise<void>;
  /** The paragraphs as they are durable now. Refuses `paper.damaged`. */
  read(paper: StoredPaperRow): Promise<PaperText>;
  /** Calls back, coalesced, whenever the durable text changes, at first with what is there. Keeps the room open. Returns the end of it. */
  follow(paper: StoredPaperRow, hear: (text: PaperText) => void): () => void;
  /** The whole state as it is durable now: everything that was acknowledged before the call is in it. Refuses `paper.damaged`. */
  state(paper: StoredPaperRow): Promise<PaperState>;
  /**
   * Brings the text back to these paragraphs, against a state that `state` gave: what was written since then stands. Refuses
   * `server.busy` when others did the same at this very moment.
   */
  restore(paper: StoredPaperRow, from: PaperState, paragraphs: readonly Paragraph[], by: number): Promise<void>;
  /** A new paper's first text, written by the server under the creator's number. */
  seed(paper: StoredPaperRow, content: readonly ParagraphContent[], by: number): Promise<void>;
  /** Puts a paragraph after another one (null: first). Refuses paragraph.unknown, move.impossible. */
  move(paper: StoredPaperRow, paragraph: string, after: string | null, by: number): Promise<void>;
  /** Joins a paragraph to the one shown before it. Refuses paragraph.unknown, join.impossible. */
  join(paper: StoredPaperRow, paragraph: string, by: number): Promise<void>;
  /** Mode, policy or mandates changed: all connections concerned are judged again within a second, on every server. */
  rejudge(paper: PaperId): void;
  rejudgeMember(member: MemberId): void;
  count(paper: PaperId): {writing: number; reading: number};
  /** All that was accepted is stored, and everybody is told to come back at a random moment. */
  drain(): Promise<void>;
  stats(): {rooms: number; connections: number};
}

export interface RoomsOptions {
  readonly store: Pick<Store, 'papers' | 'updates'>;
  readonly clock: {now(): number};
  /** For what is waited for: it goes on evenly when the clock is set. */
  readonly steady?: {now(): number};
  /** Who sent this request, as of now. Asked again whenever rights change. */
  identify(request: IncomingMessage): Promise<Actor>;
  allowedOrigin(origin: string | undefined): boolean;
  organisationName(id: OrganisationId): Promise<string | null> | string | null;
  /** Why the chair of a sitting keeps this member from writing; null when nobody does. */
  whyBarred?(member: MemberId, paper: StoredPaperRow): Promise<RefusalCode | null>;
  /** The sentence of a refusal in a BCP 47 language. */
  sentence(code: RefusalCode, language: string): string;
  languageOf(request: IncomingMessage): string;
  readonly log: {error(details: object, message: string): void; warn(details: object, message: string): void};
  /** Between servers; without it there is only this one. */
  readonly bus?: Bus;
  /** Other servers append to the same logs. */
  readonly isShared?: boolean;
  readonly limits?: Partial<RoomLimits>;
}

/** So many are asked for their rights at once. */
const judges = 8;

/** What servers tell each other about rights. */
const rightsTopic = 'rooms';

export function createRooms(options: RoomsOptions): Rooms {
  return new RoomHouse(options);
}

/** Made on a doc of its own, as if by one more writer who saw this state: Yjs merges it with what others write meanwhile. */
function restoringUpdate(state: Uint8Array, paragraphs: readonly Paragraph[]): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  restoreParagraphs(doc, paragraphs, () => idFromBytes(randomBytes(12)));
  return Y.encodeStateAsUpdate(doc, before);
}

class RoomHouse implements Rooms {
  readonly #options: RoomsOptions;
  readonly #limits: RoomLimits;
  readonly #clock: {now(): number};
  readonly #rooms = new Map<PaperId, {open: OpenRoom; leave: () => void}>();
  readonly #texts: StoredTexts;
  readonly #sockets: WebSocketServer;
  readonly #door: Turnstile;
  readonly #buckets = new Map<MemberId, TokenBucket>();
  readonly #timer: NodeJS.Timeout;
  readonly #leaveBus: (() => void) | undefined;
  /** Counts rights changes: whoever was being let in meanwhile is judged again. */
  #judgements = 0;
  #pingedAt: number;
  #sweptAt: number;
  #isDraining = false;

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#limits = {...roomLimits, ...options.limits};
    this.#clock = options.steady ?? options.clock;
    this.#texts = new StoredTexts(options.store.updates);
    this.#door = new Turnstile(this.#limits.atTheDoor, this.#limits.beforeTheDoor);
    const maxPayload = this.#limits.frame;
    // The last one is new in ws 8.19 and not in its types yet.
    const own = {noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload, closeTimeout: 5_000};
    this.#sockets = new WebSocketServer(own);
    this.#pingedAt = this.#sweptAt = this.#now();
    this.#timer = setInterval(() => this.#tick(), this.#limits.tick);
    this.#timer.unref();
    this.#leaveBus = options.bus?.subscribe(rightsTopic, message => this.#hearRights(message));
  }

  // ---- Joining ------------------------------------------------------------------------------------------------------

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Before anything else: without a listener a broken socket ends the process.
    socket.on('error', () => socket.destroy());
    this.enter({
      request,
      paper: paperKeyOf(request),
      isGone: () => socket.destroyed,
      open: () => {
        let line: Line | null = null;
        // It calls back at once, or has answered by itself what is no upgrade.
        this.#sockets.handleUpgrade(request, socket, head, ws => {
          ws.on('error', () => ws.terminate());
          line = new WebSocketLine(request, socket, ws);
        });
        return line;
      },
    }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) this.#options.log.error({err: error}, 'An upgrade failed.');
      const code = error instanceof Refusal ? error.code : 'server.failed';
      answerRefusal(socket, code, this.#options.sentence(code, this.#options.languageOf(request)));
    });
  }

  enter(comer: Comer): Promise<void> {
    return this.#door.pass(() => this.#letIn(comer));
  }

  async #letIn({request, paper: key, isGone, open: openLine}: Comer): Promise<void> {
    if (isGone()) return;
    if (!this.#options.allowedOrigin(request.headers.origin)) throw new Refusal('origin.refused');
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(key)) throw new Refusal('not-found');
    if (this.#isDraining) throw new Refusal('server.busy');
    const judgements = this.#judgements;
    const [actor, paper] = await Promise.all([this.#options.identify(request), this.#options.store.papers.find(key)]);
    const {member, roomActor} = await this.#admit(paper, actor);
    if (!paper || isGone()) return;
    if (this.#isDraining) throw new Refusal('server.busy');
    const open = this.#open(paper);
    this.#checkRoomFor(open, member.member);
    const line = openLine();
    if (!line) return;
    const peer = new Peer({
      number: this.#newNumber(open),
      member: member.member,
      line,
      actorBucket: this.#bucketOf(member.member),
      limits: this.#limits,
      now: () => this.#now(),
    });
    open.join(peer, roomActor);
    if (judgements !== this.#judgements) this.#judgeAgain(open, [peer]);
  }

  async #admit(paper: StoredPaperRow | null, actor: Actor): Promise<{member: Member; roomActor: RoomActor}> {
    const admitted = await admit(paper, actor, this.#options.clock.now(), id => this.#options.organisationName(id));
    const {member, roomActor} = admitted;
    if (!paper || roomActor.refuseWriting !== null) return admitted;
    const refuseWriting = (await this.#options.whyBarred?.(member.member, paper)) ?? null;
    return {member, roomActor: {...roomActor, refuseWriting}};
  }

  #checkRoomFor(open: OpenRoom, member: MemberId): void {
    const isFull = open.peers.size >= this.#limits.connectionsOfPaper;
    if (isFull || open.connectionsOf(member) >= this.#limits.connectionsOfActor) {
      throw new Refusal('room.too-many-connections');
    }
  }

  #newNumber(open: OpenRoom): number {
    let number;
    do number = randomInt(1, 2 ** 31);
    while (open.peers.has(number));
    return number;
  }

  #bucketOf(member: MemberId): TokenBucket {
    let bucket = this.#buckets.get(member);
    if (!bucket) {
      const {perSecond, burst} = this.#limits.actorRate;
      bucket = new TokenBucket(perSecond, burst, this.#now());
      this.#buckets.set(member, bucket);
    }
    return bucket;
  }

  // ---- Rights -------------------------------------------------------------------------------------------------------

  rejudge(paper: PaperId): void {
    this.#options.bus?.publish(rightsTopic, {paper});
    this.#rejudge({paper});
  }

  rejudgeMember(member: MemberId): void {
    this.#options.bus?.publish(rightsTopic, {member});
    this.#rejudge({member});
  }

  #hearRights(message: unknown): void {
    const {paper, member, missed} = (message ?? {}) as Record<string, unknown>;
    if (typeof paper === 'string') this.#rejudge({paper: paper as PaperId});
    else if (typeof member === 'string') this.#rejudge({member: member as MemberId});
    else if (missed === true) this.#rejudge({});
  }

  #rejudge({paper, member}: {paper?: PaperId; member?: MemberId}): void {
    this.#judgements += 1;
    for (const [id, {open}] of this.#rooms) {
      if (paper !== undefined && paper !== id) continue;
      const peers = [...open.peers.values()].filter(peer => member === undefined || peer.member === member);
      if (peers.length > 0) this.#judgeAgain(open, peers);
    }
  }

  #judgeAgain(open: OpenRoom, peers: readonly Peer[]): void {
    this.#judgements += 1;
    for (const peer of peers) {
      peer.judgement = this.#judgements;
      // Should asking fail, the next sweep asks again.
      peer.judgedAt = -Infinity;
    }
    void this.#judge(open, peers, this.#judgements).catch((err: unknown) => {
      this.#options.log.error({err, paper: open.paper.id}, 'Rights could not be judged.');
    });
  }

  async #judge(open: OpenRoom, peers: readonly Peer[], judgement: number): Promise<void> {
    const paper = await this.#options.store.papers.find(open.paper.id);
    // One answer serves all windows of one sign-in.
    const answers = new Map<string, Promise<RoomActor | null>>();
    const queue = [...peers];
    const work = async (): Promise<void> => {
      for (let peer = queue.shift(); peer; peer = queue.shift()) {
        const key = `${peer.member} ${peer.request.headers.cookie ?? ''}`;
        const answer = answers.get(key) ?? this.#roomActorOf(paper, peer.request);
        answers.set(key, answer);
        const roomActor = await answer;
        // What was asked later knows better.
        if (open.peers.get(peer.number) !== peer || peer.judgement !== judgement) continue;
        peer.judgedAt = this.#now();
        open.room.setActor(peer.number, roomActor);
      }
    };
    await Promise.all(Array.from({length: judges}, work));
  }

  /** Null: may no longer be in the room. */
  async #roomActorOf(paper: StoredPaperRow | null, request: IncomingMessage): Promise<RoomActor | null> {
    try {
      return (await this.#admit(paper, await this.#options.identify(request))).roomActor;
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  // ---- The text -----------------------------------------------------------------------------------------------------

  read(paper: StoredPaperRow): Promise<PaperText> {
    return this.#texts.read(paper.number);
  }

  follow(paper: StoredPaperRow, hear: (text: PaperText) => void): () => void {
    const open = this.#open(paper);
    open.holds += 1;
    const leave = open.room.follow(hear);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      open.holds -= 1;
      leave();
    };
  }

  async state(paper: StoredPaperRow): Promise<PaperState> {
    const stored = await this.#options.store.updates.load(paper.number);
    try {
      const {doc, seq} = readStored(stored);
      return {seq, state: Y.encodeStateAsUpdate(doc), paragraphs: readPaper(doc)};
    } catch (cause) {
      throw Object.assign(new Refusal('paper.damaged'), {cause});
    }
  }

  async restore(paper: StoredPaperRow, from: PaperState, paragraphs: readonly Paragraph[], by: number): Promise<void> {
    const update = restoringUpdate(from.state, paragraphs);
    try {
      await this.#edit(paper, by, doc => {
        Y.applyUpdate(doc, update);
        // Another server has appended what this room has not read yet.
        if (doc.store.pendingStructs || doc.store.pendingDs) throw new Refusal('server.busy');
      });
    } catch (error) {
      // Somebody brought a paragraph of the same name back in between.
      if (error instanceof Refusal && error.code.startsWith('room.')) {
        throw Object.assign(new Refusal('server.busy'), {cause: error});
      }
      throw error;
    }
  }

  async seed(paper: StoredPaperRow, content: readonly ParagraphContent[], by: number): Promise<void> {
    await this.#edit(paper, by, doc => writeContent(doc, content, () => idFromBytes(randomBytes(12))));
  }

  async move(paper: StoredPaperRow, paragraph: string, after: string | null, by: number): Promise<void> {
    await this.#edit(paper, by, doc => moveParagraph(doc, paragraph, after));
  }

  async join(paper: StoredPaperRow, paragraph: string, by: number): Promise<void> {
    await this.#edit(paper, by, doc => joinParagraph(doc, paragraph));
  }

  async #edit(paper: StoredPaperRow, by: number, work: Parameters<OpenRoom['room']['edit']>[1]): Promise<void> {
    if (this.#isDraining) throw new Refusal('server.busy');
    const open = this.#open(paper);
    open.holds += 1;
    try {
      await open.room.edit(by, work);
    } finally {
      open.holds -= 1;
    }
  }

  // ---- Life ---------------------------------------------------------------------------------------------------------

  count(paper: PaperId): {writing: number; reading: number} {
    return this.#rooms.get(paper)?.open.room.count ?? {writing: 0, reading: 0};
  }

  stats(): {rooms: number; connections: number} {
    let connections = 0;
    for (const {open} of this.#rooms.values()) connections += open.peers.size;
    return {rooms: this.#rooms.size, connections};
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    const {connections} = this.stats();
    // All come back within this time, spread evenly by their own dice.
    const within = Math.min(15_000, 500 + 25 * connections);
    const rooms = [...this.#rooms.values()];
    const isDone = Promise.all(rooms.map(({open}) => open.room.drain(within)));
    let timeout: NodeJS.Timeout | undefined;
    const isLate = new Promise<void>(resolve => {
      timeout = setTimeout(resolve, this.#limits.drain);
    });
    await Promise.race([isDone, isLate]);
    clearTimeout(timeout);
    for (const {open, leave} of rooms) {
      leave();
      for (const peer of open.peers.values()) peer.terminate();
    }
    this.#rooms.clear();
    clearInterval(this.#timer);
    this.#leaveBus?.();
  }

  #open(paper: StoredPaperRow): OpenRoom {
    const known = this.#rooms.get(paper.id);
    if (known) return known.open;
    const topic = `room:${paper.number}`;
    const {store, bus, log, sentence} = this.#options;
    const open = new OpenRoom({
      paper,
      store: paperLog(store.updates, paper.number),
      isShared: this.#options.isShared ?? false,
      limits: this.#limits,
      clock: this.#clock,
      sentence,
      appended: seq => bus?.publish(topic, {seq}),
      trouble: (what, err) => {
        if (err instanceof Refusal && err.code !== 'paper.damaged')
          log.warn({err, paper: paper.id, what}, 'A room was refused.');
        else log.error({err, paper: paper.id, what}, 'A room is in trouble.');
      },
    });
    const leave = bus?.subscribe(topic, message => {
      const {seq, missed} = (message ?? {}) as Record<string, unknown>;
      if (typeof seq === 'number') open.room.hint(seq);
      else if (missed === true) this.#catchUp(open);
    });
    this.#rooms.set(paper.id, {open, leave: leave ?? (() => undefined)});
    return open;
  }

  #catchUp(open: OpenRoom): void {
    open.caughtUpAt = this.#now();
    this.#options.store.updates.lastSeq(open.paper.number).then(
      seq => open.room.hint(seq),
      () => undefined,
    );
  }

  #tick(): void {
    const now = this.#now();
    const isPing = now - this.#pingedAt >= this.#limits.ping;
    if (isPing) this.#pingedAt = now;
    for (const [id, {open, leave}] of this.#rooms) {
      open.tick();
      if (isPing) for (const peer of open.peers.values()) peer.ping();
      if (this.#options.bus && now - open.caughtUpAt >= this.#limits.catchUp) this.#catchUp(open);
      if (open.isUnused(this.#limits.linger)) {
        leave();
        this.#rooms.delete(id);
      }
    }
    if (now - this.#sweptAt >= 1_000) this.#sweep(now);
  }

  /** A slice of those whose rights were not asked for in a while. */
  #sweep(now: number): void {
    this.#sweptAt = now;
    const present = new Set<MemberId>();
    let left = 20;
    for (const {open} of this.#rooms.values()) {
      const late = [];
      for (const peer of open.peers.values()) {
        present.add(peer.member);
        if (late.length < left && now - peer.judgedAt >= this.#limits.judgeAgain) late.push(peer);
      }
      left -= late.length;
      if (late.length > 0) this.#judgeAgain(open, late);
    }
    for (const [member, bucket] of this.#buckets)
      if (!present.has(member) && bucket.isFull(now)) this.#buckets.delete(member);
  }

  #now(): number {
    return this.#clock.now();
  }
}
