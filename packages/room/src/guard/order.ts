import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {limits} from '../limits.ts';

/** How far judging one update may walk: long walks are an attack, since honest neighbours stand close together. */
export class Steps {
  #left: number = limits.steps;

  take(count = 1): void {
    this.#left -= count;
    if (this.#left < 0) throw new Refusal('room.budget');
  }
}

function isKnown(doc: Y.Doc, id: Y.ID): boolean {
  return id.clock < Y.getState(doc.store, id.client);
}

/** An item of the store, or null for what was dropped altogether (never in a flat paper). */
export function itemAt(doc: Y.Doc, id: Y.ID): Y.Item | null {
  const found: Y.Item | Y.GC = Y.getItem(doc.store, id);
  return found instanceof Y.Item ? found : null;
}

/**
 * Refuses a struct of the text whose right neighbour stands left of its left one: Yjs places it differently on different
 * replicas. Neighbours that come with the same update are left to `isPlaced`. Takes the steps that integrating will take.
 */
export function checkOrder(doc: Y.Doc, start: Y.Item | null, struct: Y.Item, steps: Steps): void {
  const {origin, rightOrigin} = struct;
  if ((origin && !isKnown(doc, origin)) || (rightOrigin && !isKnown(doc, rightOrigin))) return;
  const right = rightOrigin ? itemAt(doc, rightOrigin) : null;
  let item = start;
  if (origin) {
    const left = itemAt(doc, origin);
    if (left === right) {
      if (rightOrigin && rightOrigin.clock <= origin.clock) throw new Refusal('room.place');
      return;
    }
    item = left?.right ?? null;
  }
  for (; item !== right; item = item.right) {
    if (item === null) throw new Refusal('room.place');
    steps.take();
  }
}

/**
 * Integrating walks over everything that stands between the same neighbours. One client never puts two structs there, save
 * by putting each before the last one; so what this counts is next to nothing for honest updates.
 */
export class Crowds {
  readonly #last = new Map<string, {client: number; clock: number; count: number}>();

  check({id, origin, rightOrigin}: Y.Item, steps: Steps): void {
    const place = origin ? `${origin.client} ${origin.clock}` : '';
    const last = this.#last.get(place);
    if (!last) {
      this.#last.set(place, {client: id.client, clock: id.clock, count: 1});
      return;
    }
    const isBeforeLast = rightOrigin?.client === last.client && rightOrigin.clock === last.clock;
    if (!isBeforeLast) steps.take(last.count);
    last.client = id.client;
    last.clock = id.clock;
    last.count += 1;
  }
}

/** Walks of honest updates are short. Where they are not, one pass over the whole text answers everything that is left to ask. */
const shortWalks = 4_096;

/** Whether one item of the text stands somewhere left of another. */
class Succession {
  readonly #start: Y.Item | null;
  #left = shortWalks;
  #positions: Map<Y.Item, number> | null = null;

  constructor(start: Y.Item | null) {
    this.#start = start;
  }

  isBefore(left: Y.Item, right: Y.Item): boolean {
    if (left === right) return false;
    if (!this.#positions) {
      for (let item = left.right; item !== null; item = item.right) {
        if (item === right) return true;
        if (--this.#left < 0) break;
      }
      if (this.#left >= 0) return false;
    }
    const positions = (this.#positions ??= this.#number());
    return (positions.get(left) ?? Infinity) < (positions.get(right) ?? -Infinity);
  }

  #number(): Map<Y.Item, number> {
    const positions = new Map<Y.Item, number>();
    for (let item = this.#start; item !== null; item = item.right) positions.set(item, positions.size);
    return positions;
  }
}

/**
 * True when every struct that an update brought stands between its two neighbours. Asked after applying it, since only then
 * the structs of one update that lean on each other have a place. `before`: the clock of each of its clients before;
 * `start`: the first item of the text.
 */
export function isPlaced(doc: Y.Doc, start: Y.Item | null, before: ReadonlyMap<number, number>): boolean {
  const succession = new Succession(start);
  for (const [client, clock] of before) {
    const structs = doc.store.clients.get(client);
    if (!structs || Y.getState(doc.store, client) <= clock) continue;
    for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
      const item = structs[at];
      // What was merged into an older item stands right behind it.
      if (!(item instanceof Y.Item) || item.parentSub !== null || item.id.clock < clock) continue;
      const left = item.origin && itemAt(doc, item.origin);
      const right = item.rightOrigin && itemAt(doc, item.rightOrigin);
      if (left && !succession.isBefore(left, item)) return false;
      if (right && !succession.isBefore(item, right)) return false;
    }
  }
  return true;
}
