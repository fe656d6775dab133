import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {readPaper} from '@plenary/paper/read';
import {moveParagraph, writeContent} from '@plenary/paper/write';
import {charactersOf, Tokens} from '../testing/honest-writer.ts';
import {seeded} from '../testing/seeded.ts';
import {Client, lacksOf} from './client.ts';
import {Node} from './node.ts';
import {SlowStore} from './slow-store.ts';
import {World} from './world.ts';

/** What a run may contain besides people who write. */
export interface Weather {
  readonly seed: number;
  readonly clients?: number;
  readonly steps?: number;
  /** Of 1,000 calls to the store so many fail. */
  readonly failing?: number;
  readonly kills?: boolean;
  /** The one call to the store, counted from the first joiner on, that fails. */
  readonly failsAt?: {readonly call: number; readonly when: 'before' | 'after'};
  readonly outages?: boolean;
  /** What fails while it is stored may be stored in part. */
  readonly tears?: boolean;
  readonly twoNodes?: boolean;
  readonly undoes?: boolean;
  readonly freezes?: boolean;
}

/** One seeded life of a paper, and what must hold after it (I1–I8 of the collaboration design). */
export class Simulation {
  readonly world: World;
  readonly store: SlowStore;
  readonly nodes: Node[];
  readonly clients: Client[];
  readonly tokens = new Tokens();
  readonly #weather: Weather;
  #edits = 0;

  constructor(weather: Weather) {
    this.#weather = weather;
    this.world = new World(seeded(weather.seed * 7919 + 13));
    this.store = new SlowStore(this.world);
    this.nodes = Array.from(
      {length: weather.twoNodes ? 2 : 1},
      () => new Node(this.world, this.store, weather.twoNodes ?? false),
    );
    for (const node of this.nodes) {
      node.heard = seq => {
        for (const other of this.nodes) {
          // Every third hint is lost.
          if (other !== node && this.world.next(3)) this.world.plan(this.world.next(30), () => other.room.hint(seq));
        }
      };
    }
    this.clients = Array.from(
      {length: weather.clients ?? 3},
      (_, at) =>
        new Client(this.world, this.#node(), 1 + at, this.tokens, this.world.next(4) === 0, weather.undoes ?? false),
    );
  }

  async run(): Promise<void> {
    const {world} = this;
    await this.#seed();
    this.store.failing = this.#weather.failing ?? 0;
    this.store.tears = this.#weather.tears ?? false;
    this.store.calls = 0;
    this.store.failsAt = this.#weather.failsAt ?? null;
    for (const client of this.clients) world.plan(world.next(200), () => client.connect());
    for (let step = 0; step < (this.#weather.steps ?? 60); step++) {
      this.#happen();
      await world.pass(world.next(3) ? world.next(20) : world.next(400));
    }
    await this.#settle();
  }

  async #seed(): Promise<void> {
    const content = [0, 1, 2].map(() => ({
      kind: 'text' as const,
      level: 0,
      dir: null,
      lang: null,
      runs: [{text: this.tokens.fresh(6), marks: {}}],
    }));
    const seeded = this.nodes[0]!.room.edit(0, doc => writeContent(doc, content, () => this.tokens.newName()));
    await this.world.pass(500);
    await seeded;
    for (const node of this.nodes) node.room.hint(this.store.rows.length);
    await this.world.pass(500);
  }

  #node(): Node {
    return this.nodes[this.world.next(this.nodes.length)]!;
  }

  #happen(): void {
    const {world} = this;
    const {kills, outages, freezes, twoNodes} = this.#weather;
    const client = this.clients[world.next(this.clients.length)]!;
    const choice = world.next(100);
    if (choice < 70) this.#write(client);
    else if (choice < 76) client.cut(world.next(2) ? world.next(100) : world.next(5_000));
    else if (choice < 80) this.#goOffline(client);
    else if (choice < 83) client.reload();
    else if (choice < 87) this.#move();
    else if (choice < 89 && kills) this.#kill();
    else if (choice < 92 && outages) this.#outage();
    else if (choice < 94 && twoNodes) client.moveTo(this.#node());
    else if (choice < 97 && freezes) this.#freeze();
    else if (choice < 98) this.#node().reopen();
    else client.lose(world.next(3_000));
  }

  /** A browser lets nobody type before it has the paper, nor when it knows that it may not. */
  #write(client: Client): void {
    if (client.doc.getText('body').length === 0) return;
    if (this.#weather.freezes && !client.canWrite && !client.isStock) return;
    for (let left = 1 + this.world.next(4); left > 0; left--) {
      client.act();
      this.#edits += 1;
    }
  }

  #goOffline(client: Client): void {
    client.wantsOffline = true;
    client.cut(this.world.next(500));
    this.world.plan(this.world.next(4_000), () => {
      client.wantsOffline = false;
      client.connect();
    });
  }

  #move(): void {
    const {room} = this.#node();
    const pick = (doc: Y.Doc): string => {
      const paragraphs = readPaper(doc);
      return paragraphs[this.world.next(paragraphs.length)]!.name;
    };
    room
      .edit(0, doc => moveParagraph(doc, pick(doc), pick(doc)))
      .catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code.startsWith('room.')) throw error;
      });
  }

  /** Every other time the whole machine goes down, and with it what was on its way to the disk. */
  #kill(): void {
    if (this.world.next(2)) {
      this.#node().kill();
      return;
    }
    this.store.losePower();
    for (const node of this.nodes) node.kill();
  }

  #outage(): void {
    this.store.outage = this.world.next(2) ? 'down' : 'unheard';
    this.world.plan(200 + this.world.next(3_000), () => {
      this.store.outage = null;
    });
  }

  #freeze(): void {
    const isFrozen = this.nodes[0]!.refuseWriting !== null;
    for (const node of this.nodes) node.setRefusal(isFrozen ? null : 'paper.frozen');
  }

  /** The weather clears, everybody comes back, and all that is owed is settled. */
  async #settle(): Promise<void> {
    this.store.failing = 0;
    this.store.tears = false;
    this.store.outage = null;
    for (const node of this.nodes) node.setRefusal(null);
    for (const client of this.clients) client.wantsOffline = false;
    for (let round = 0; round < 40; round++) {
      for (const client of this.clients) client.connect();
      for (const node of this.nodes) node.room.hint(this.store.rows.length);
      await this.world.pass(1_000);
      if (round > 3 && this.clients.every(client => client.isSettled)) break;
    }
    await this.world.pass(2_000);
  }

  // ---- What must hold -----------------------------------------------------------------------------------------------

  /** A sentence for everything that does not hold. */
  async judge(): Promise<string[]> {
    const wrong = [...this.store.wrong, ...this.nodes.flatMap(node => node.wrong)];
    const fresh = new Y.Doc();
    for (const {bytes} of this.store.rows) Y.applyUpdate(fresh, bytes);
    this.#judgeSaved(fresh, wrong);
    this.#judgeLog(wrong);
    this.#judgeReplicas(fresh, wrong);
    this.#judgeTokens(fresh, wrong);
    this.#judgeRefusals(wrong);
    await this.#judgeRest(wrong);
    const {failing, failsAt, outages, kills, tears} = this.#weather;
    if (!failing && !failsAt && !outages && !kills && !tears) wrong.push(...this.nodes.flatMap(node => node.troubles));
    return wrong;
  }

  #judgeSaved(fresh: Y.Doc, wrong: string[]): void {
    for (const client of this.clients) {
      if (!client.isSettled) wrong.push(`Client ${client.actor} never came to rest.`);
      for (const edit of client.saved) wrong.push(...lacksOf(fresh, edit));
    }
  }

  #judgeLog(wrong: string[]): void {
    const owners = new Map(this.clients.flatMap(client => [...client.clients].map(id => [id, client.actor] as const)));
    const replay = new Y.Doc();
    this.store.rows.forEach(({seq, bytes, actor}, at) => {
      if (seq !== at + 1) wrong.push('The log has a gap.');
      for (const {id, length} of Y.decodeUpdate(bytes).structs) {
        if (id.clock + length <= Y.getState(replay.store, id.client)) continue;
        if ((owners.get(id.client) ?? 0) !== actor) wrong.push('Words stand under the client of somebody else.');
        if (this.store.owners.get(id.client) !== actor) wrong.push('The log does not know whose client this is.');
      }
      Y.applyUpdate(replay, bytes);
      if (replay.store.pendingStructs) wrong.push('A row of the log leans on a later one.');
    });
  }

  #judgeReplicas(fresh: Y.Doc, wrong: string[]): void {
    const expected = JSON.stringify(readPaper(fresh));
    const state = Y.snapshot(fresh);
    for (const {doc, actor} of this.clients) {
      if (JSON.stringify(readPaper(doc)) !== expected) wrong.push(`Client ${actor} reads another text.`);
      if (!Y.equalSnapshots(Y.snapshot(doc), state)) wrong.push(`Client ${actor} holds other structs or deletions.`);
    }
    const snapshot = new Y.Doc();
    if (this.store.snapshot) Y.applyUpdate(snapshot, this.store.snapshot);
    for (const {bytes} of this.store.rows.slice(this.store.snapshotSeq)) Y.applyUpdate(snapshot, bytes);
    if (JSON.stringify(readPaper(snapshot)) !== expected)
      wrong.push('Snapshot and tail give another text than the log.');
  }

  #judgeTokens(fresh: Y.Doc, wrong: string[]): void {
    const found = charactersOf(fresh);
    const unique = new Set(found);
    for (const character of unique)
      if (!this.tokens.typed.has(character)) wrong.push('There is a word that nobody typed.');
    if (!this.#weather.undoes && unique.size !== found.length) wrong.push('A word is there twice.');
    if (this.#weather.freezes) return;
    for (const character of this.tokens.typed) {
      if (!unique.has(character) && !this.tokens.deleted.has(character))
        wrong.push('A word is lost that nobody deleted.');
    }
  }

  #judgeRefusals(wrong: string[]): void {
    for (const {refusals} of this.clients) {
      for (const code of refusals) {
        if (!(this.#weather.freezes && code === 'paper.frozen')) wrong.push(`An honest client was refused: ${code}.`);
      }
    }
  }

  async #judgeRest(wrong: string[]): Promise<void> {
    for (const client of this.clients) {
      client.wantsOffline = true;
      client.cut(0);
    }
    await this.world.pass(10_000);
    for (const node of this.nodes) {
      if (node.connections > 0) wrong.push('A connection is left.');
      if (!node.room.isAtRest) wrong.push('A room does not come to rest.');
      const {writing, reading} = node.room.count;
      if (writing + reading > 0) wrong.push('A room remembers somebody who has left.');
    }
    // Each node's own tick, and nothing else.
    if (this.world.planned > this.nodes.length) wrong.push('Something is still waited for.');
  }

  /** Whether the call that was to fail was ever made. */
  get hasFailed(): boolean {
    return this.store.calls >= (this.store.failsAt?.call ?? Number.POSITIVE_INFINITY);
  }

  get edits(): number {
    return this.#edits;
  }
}
