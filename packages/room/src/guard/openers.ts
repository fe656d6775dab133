import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {isOpener} from '@plenary/paper/guard-shape';
import type {Decoded} from './decode.ts';
import {covers} from './deletions.ts';
import {itemAt} from './order.ts';
import type {Roots} from './places.ts';

interface Known {
  readonly at: Y.ID;
  /** Nothing of this id was there before. What a snapshot holds may have had forerunners that are forgotten. */
  readonly isFirst: boolean;
}

/** First openers of their ids in one update. */
export type NewOpeners = Map<string, Known>;

function isLess(a: Y.ID, b: Y.ID): boolean {
  return a.client < b.client || (a.client === b.client && a.clock < b.clock);
}

/**
 * Ids of paragraphs. The live opener with the smallest (client, clock) has the name, so a forger could take it from a
 * paragraph: an id is only used again where its first opener is deleted, as by an undo of a join.
 */
export class Openers {
  readonly #doc: Y.Doc;
  readonly #roots: Roots;
  readonly #known = new Map<string, Known>();

  constructor(doc: Y.Doc, roots: Roots) {
    this.#doc = doc;
    this.#roots = roots;
    for (let item = roots.body._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentEmbed) || !isOpener(item.content.embed)) continue;
      const id = item.content.embed.p;
      const known = this.#known.get(id);
      if (!known || isLess(item.id, known.at)) this.#known.set(id, {at: item.id, isFirst: false});
    }
  }

  /** Before the update is applied. `fresh` takes note of what it brings. */
  check(id: string, struct: Y.Item, fresh: NewOpeners, deletions: Decoded['deletions']): void {
    const known = this.#known.get(id) ?? fresh.get(id);
    if (!known) this.meet(id, struct.id, fresh);
    else if (!this.#isLive(known.at) || covers(deletions, known.at)) return;
    else if (known.isFirst || (isLess(struct.id, known.at) && !this.#isUndoing(struct))) {
      throw new Refusal('room.identity-taken');
    }
  }

  /** An opener that was judged elsewhere, before it is applied. */
  meet(id: string, at: Y.ID, fresh: NewOpeners): void {
    if (fresh.has(id)) return;
    // A paragraph's attributes outlive its openers.
    const isFirst = !this.#roots.attributes._map.has(`${id}.kind`);
    fresh.set(id, {at, isFirst});
  }

  note(fresh: NewOpeners): void {
    for (const [id, known] of fresh) if (!this.#known.has(id)) this.#known.set(id, known);
  }

  #isLive(at: Y.ID): boolean {
    return at.clock >= Y.getState(this.#doc.store, at.client) || itemAt(this.#doc, at)?.deleted === false;
  }

  /** Undoing a deletion puts the copy right before what was deleted. */
  #isUndoing({rightOrigin}: Y.Item): boolean {
    return rightOrigin !== null && !this.#isLive(rightOrigin);
  }
}
