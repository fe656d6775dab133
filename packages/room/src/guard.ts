import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import type {Authors} from './guard/authors.ts';
import {checkContent} from './guard/content.ts';
import {decode, type Decoded, type Struct} from './guard/decode.ts';
import {checkDeletions} from './guard/deletions.ts';
import {Openers, type NewOpeners} from './guard/openers.ts';
import {checkOrder, Crowds, Steps} from './guard/order.ts';
import {NewPlaces, placeOf, rootsOf, type Roots} from './guard/places.ts';
import {limits} from './limits.ts';

/** Who sends an update. Server edits are written under a member's number and may do what only the server may. */
export interface Sender {
  readonly actor: number;
  readonly isServer: boolean;
}

export interface Verdict {
  readonly actor: number;
  /** `tidying`: nothing but format marks that a Yjs text no longer needs. */
  readonly adds: 'nothing' | 'tidying' | 'words';
  /** Clients whose owner the log does not know yet. */
  readonly binds: readonly number[];
  /** Clock before, of every client that the update writes under. */
  readonly before: ReadonlyMap<number, number>;
  readonly deletesOpeners: boolean;
  readonly openers: NewOpeners;
  readonly ghosts: number;
}

/** Crowds are only possible where many structs come at once; a keystroke need not pay for looking. */
const crowd = 64;

/**
 * Judges updates of strangers before they touch a paper: authors, order, places, content, deletions. It reads the update and
 * the doc and changes neither; `commit` takes note of what was applied. Why: one forged struct of 11 bytes can destroy what
 * another has queued, and crossed neighbours make replicas differ for good (paper-shape, "Guard").
 */
export class Guard {
  readonly #doc: Y.Doc;
  readonly #roots: Roots;
  readonly #authors: Authors;
  readonly #openers: Openers;
  readonly #ghosts = new Map<number, number>();

  constructor(doc: Y.Doc, authors: Authors) {
    this.#doc = doc;
    this.#roots = rootsOf(doc);
    this.#authors = authors;
    this.#openers = new Openers(doc, this.#roots);
  }

  /** Throws a `Refusal` with a code `room.*`. */
  check(update: Uint8Array, sender: Sender): Verdict {
    const decoded = decode(update);
    return new Judgement(
      this.#doc,
      this.#roots,
      this.#authors,
      this.#openers,
      decoded,
      sender,
      this.ghostsOf(sender.actor),
    ).give();
  }

  commit(verdict: Verdict): void {
    this.#authors.store(verdict.binds, verdict.actor);
    this.#openers.note(verdict.openers);
    if (verdict.ghosts > 0) this.#ghosts.set(verdict.actor, verdict.ghosts);
  }

  /** Takes note of an update from the log, which another guard has judged. To be called before it is applied. */
  learn(update: Uint8Array, actor: number): void {
    const {byClient} = decode(update);
    const openers: NewOpeners = new Map();
    const clients = new Set<number>();
    for (const [client, structs] of byClient) {
      for (const struct of structs) {
        if (struct.id.clock + struct.length <= Y.getState(this.#doc.store, client)) continue;
        clients.add(client);
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentEmbed) {
          const {p} = struct.content.embed as {p: string};
          this.#openers.meet(p, struct.id, openers);
        }
      }
    }
    this.#openers.note(openers);
    this.#authors.store(clients, actor);
  }

  private ghostsOf(actor: number): number {
    return this.#ghosts.get(actor) ?? 0;
  }
}

/** Judging one update. */
class Judgement {
  readonly #states = new Map<number, number>();
  readonly #before = new Map<number, number>();
  readonly #binds: number[] = [];
  readonly #places = new NewPlaces();
  readonly #fresh: NewOpeners = new Map();
  readonly #steps = new Steps();
  readonly #crowds: Crowds | null;
  readonly #doc: Y.Doc;
  readonly #roots: Roots;
  readonly #authors: Authors;
  readonly #openers: Openers;
  readonly #decoded: Decoded;
  readonly #sender: Sender;
  #newClients = 0;
  #ghosts: number;

  constructor(
    doc: Y.Doc,
    roots: Roots,
    authors: Authors,
    openers: Openers,
    decoded: Decoded,
    sender: Sender,
    ghosts: number,
  ) {
    this.#doc = doc;
    this.#roots = roots;
    this.#authors = authors;
    this.#openers = openers;
    this.#decoded = decoded;
    this.#sender = sender;
    this.#ghosts = ghosts;
    this.#crowds = decoded.structs > crowd ? new Crowds() : null;
  }

  give(): Verdict {
    this.#checkStructs();
    const {deletions} = this.#decoded;
    const stateOf = (client: number) => this.#stateOf(client);
    const deleted = checkDeletions(this.#doc, deletions, stateOf, this.#sender.isServer, this.#steps);
    const hasStructs = this.#before.size > 0;
    return {
      actor: this.#sender.actor,
      adds: hasStructs || deleted.words ? 'words' : deleted.any ? 'tidying' : 'nothing',
      binds: this.#binds,
      before: this.#before,
      deletesOpeners: deleted.openers,
      openers: this.#fresh,
      ghosts: this.#ghosts,
    };
  }

  #stateOf(client: number): number {
    return this.#states.get(client) ?? Y.getState(this.#doc.store, client);
  }

  /**
   * In order of dependency: a browser that returns with several old clients may lean, in one update, on structs that come
   * later in it under another client.
   */
  #checkStructs(): void {
    const queues = [...this.#decoded.byClient].map(([client, structs]) => ({client, structs, next: 0}));
    for (let left = queues; left.length > 0;) {
      let moved = false;
      for (const queue of left) {
        while (queue.next < queue.structs.length && this.#takes(queue.client, queue.structs[queue.next]!)) {
          queue.next++;
          moved = true;
        }
      }
      if (!moved) throw new Refusal('room.missing-dependency');
      left = left.filter(queue => queue.next < queue.structs.length);
    }
  }

  /** False when the struct has to wait for one of another client in the same update. */
  #takes(client: number, struct: Struct): boolean {
    const state = this.#stateOf(client);
    const {clock} = struct.id;
    const end = clock + struct.length;
    if (struct instanceof Y.Skip) throw new Refusal('room.gap');
    if (end <= state) return true;
    this.#checkAuthor(client, state);
    // A flat paper has no nested types, and without those Yjs never makes one of these.
    if (!(struct instanceof Y.Item)) throw new Refusal('room.content');
    if (clock > state) throw new Refusal('room.gap');
    for (const neighbour of [struct.origin, struct.rightOrigin]) {
      if (!neighbour || neighbour.clock < this.#stateOf(neighbour.client)) continue;
      if (neighbour.client !== client && this.#decoded.byClient.has(neighbour.client)) return false;
      throw new Refusal('room.missing-dependency');
    }
    this.#checkStruct(struct, end - state);
    if (!this.#before.has(client)) this.#before.set(client, state);
    this.#states.set(client, end);
    return true;
  }

  #checkAuthor(client: number, state: number): void {
    if (this.#before.has(client)) return;
    const {actor} = this.#sender;
    const owner = this.#authors.actorOf(client);
    if (owner === undefined ? state > 0 : owner !== actor) throw new Refusal('room.foreign-author');
    if (owner === undefined && !this.#binds.includes(client)) {
      this.#newClients += 1;
      const isTooMany = this.#authors.clientsOf(actor) + this.#newClients > limits.clientsOfActor;
      if (this.#newClients > limits.newClients || isTooMany) throw new Refusal('room.too-many-authors');
    }
    if (this.#authors.isUnstored(client) && !this.#binds.includes(client)) this.#binds.push(client);
  }

  #checkStruct(struct: Y.Item, length: number): void {
    const place = placeOf(this.#doc, this.#roots, this.#places, struct);
    if (place.in === 'body') {
      this.#crowds?.check(struct, this.#steps);
      checkOrder(this.#doc, this.#roots.body._start, struct, this.#steps);
    }
    const held = checkContent(struct.content, place, this.#sender.isServer);
    if (held.is === 'ghost') {
      this.#ghosts += length;
      if (this.#ghosts > limits.ghosts) throw new Refusal('room.budget');
    } else if (held.is === 'opener') {
      this.#openers.check(held.id, struct, this.#fresh, this.#decoded.deletions);
    }
    this.#places.add(struct, place);
  }
}
