import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {isOpener} from '@plenary/paper/guard-shape';
import {Guard, type Sender, type Verdict} from './guard.ts';
import {Authors} from './guard/authors.ts';
import {isPlaced} from './guard/order.ts';
import {rootsOf} from './guard/places.ts';
import type {LoggedUpdate, StoredPaper} from './ports.ts';

const emptyUpdate = new Uint8Array([0, 0]);

/** The doc can no longer be trusted: it must be built again from the log. */
export class Spoilt extends Error {}

/**
 * The paper as the room has accepted it: durable, or on its way there. Its doc is only built when it is needed, since a
 * paper at rest is opened by sending the stored snapshot as it is. It never asks for its roots as a text or map: Yjs would
 * tidy formats and so delete in the server's name.
 */
export class Replica {
  readonly authors: Authors;
  #snapshot: Uint8Array;
  #built: {doc: Y.Doc; guard: Guard} | null = null;

  /** Throws when the log does not replay. */
  constructor({snapshot, tail, bindings}: StoredPaper) {
    this.authors = new Authors(bindings);
    this.#snapshot = snapshot ?? emptyUpdate;
    for (const update of tail) this.learn(update);
  }

  get isBuilt(): boolean {
    return this.#built !== null;
  }

  /** Encoded state vector. */
  state(): Uint8Array {
    return this.#built ? Y.encodeStateVector(this.#built.doc) : Y.encodeStateVectorFromUpdate(this.#snapshot);
  }

  /** What somebody with this state vector lacks. Refuses `room.malformed`. */
  missing(state: Uint8Array): Uint8Array {
    if (!this.#built && isEmptyState(state)) return this.#snapshot;
    try {
      Y.decodeStateVector(state);
    } catch {
      throw new Refusal('room.malformed');
    }
    return Y.encodeStateAsUpdate(this.#build().doc, state);
  }

  encode(): Uint8Array {
    return this.#built ? Y.encodeStateAsUpdate(this.#built.doc) : this.#snapshot;
  }

  check(update: Uint8Array, sender: Sender): Verdict {
    return this.#build().guard.check(update, sender);
  }

  /** After `check`. Throws `Spoilt` when only applying it shows that it must not be there. */
  apply(update: Uint8Array, verdict: Verdict): void {
    const {doc, guard} = this.#build();
    try {
      Y.applyUpdate(doc, update);
    } catch (cause) {
      throw new Spoilt('An update could not be applied.', {cause});
    }
    if (
      doc.store.pendingStructs !== null ||
      doc.store.pendingDs !== null ||
      !isPlaced(doc, rootsOf(doc).body._start, verdict.before)
    ) {
      throw new Spoilt('An update has no place.');
    }
    guard.commit(verdict);
  }

  /** Takes an update from the log. */
  learn({bytes, actor}: LoggedUpdate): void {
    const {doc, guard} = this.#build();
    guard.learn(bytes, actor);
    Y.applyUpdate(doc, bytes);
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) throw new Error('The log has a gap.');
  }

  /** A doc of its own with the same content, to read or to write in. */
  fork(): Y.Doc {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, this.encode());
    return doc;
  }

  /** Words before the first opener, or no opener where there once was one. */
  get lacksOpener(): boolean {
    if (!this.#built) return false;
    const {body} = rootsOf(this.#built.doc);
    let item = body._start;
    if (item === null) return false;
    while (item !== null && (item.deleted || !item.countable)) item = item.right;
    return item === null || !(item.content instanceof Y.ContentEmbed && isOpener(item.content.embed));
  }

  #build(): {doc: Y.Doc; guard: Guard} {
    if (!this.#built) {
      const doc = new Y.Doc();
      rootsOf(doc);
      Y.applyUpdate(doc, this.#snapshot);
      this.#built = {doc, guard: new Guard(doc, this.authors)};
      this.#snapshot = emptyUpdate;
    }
    return this.#built;
  }
}

export function isEmptyState(state: Uint8Array): boolean {
  return state.byteLength === 0 || (state.byteLength === 1 && state[0] === 0);
}

/** Neither structs nor deletions, as a replica without anything of its own answers. */
export function isEmptyUpdate(update: Uint8Array): boolean {
  return update.byteLength === 2 && update[0] === 0 && update[1] === 0;
}
