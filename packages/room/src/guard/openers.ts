import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {isOpener} from '@plenary/paper/guard-shape';
import type {Decoded} from './decode.ts';
import {covers} from './deletions.ts';
import {itemAt} from './order.ts';
import type {Roots} from './places.ts';

interface Known {
  readonly at: Y.ID;
  /** Seen as it came. What a snapshot holds may have had forerunners that are forgotten. */
  readonly isFirst: boolean;
}

function isLess(a: Y.ID, b: Y.ID): boolean {
  return a.client < b.client || (a.client === b.client && a.clock < b.clock);
}

/**
 * Ids of paragraphs. The live opener with the smallest (client, clock) has the name, so a forger could take it from a
 * paragraph: an id is only used again where its first opener is deleted, as by an undo of a join.
 */
export class Openers {
  readonly #known = new Map<string, Known>();

  constructor(roots: Roots) {
    for (let item = roots.body._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentEmbed) || !isOpener(item.content.embed)) continue;
      const id = item.content.embed.p;
      const known = this.#known.get(id);
      if (!known || isLess(item.id, known.at)) this.#known.set(id, {at: item.id, isFirst: false});
    }
  }

  /** `fresh`: first openers that the same update brought before this one. */
  check(doc: Y.Doc, id: string, at: Y.ID, fresh: Map<string, Y.ID>, deletions: Decoded['deletions']): void {
    const known = this.#known.get(id);
    const first = known?.at ?? fresh.get(id);
    if (!first) {
      fresh.set(id, at);
      return;
    }
    const isThere = first.clock < Y.getState(doc.store, first.client);
    if (isThere && itemAt(doc, first)?.deleted !== false) return;
    if (covers(deletions, first)) return;
    // It may repeat a forgotten forerunner, and it takes nobody's name.
    if (known && !known.isFirst && isLess(first, at)) return;
    throw new Refusal('room.identity-taken');
  }

  note(fresh: ReadonlyMap<string, Y.ID>): void {
    for (const [id, at] of fresh) if (!this.#known.has(id)) this.#known.set(id, {at, isFirst: true});
  }
}
