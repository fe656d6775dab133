import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {attributesRoot, bodyRoot} from '@plenary/paper/guard-shape';
import type {Struct} from './decode.ts';
import {itemAt} from './order.ts';

/** Where a struct stands: in the text, or as a value under one key of the attributes. */
export type Place = {readonly in: 'body'} | {readonly in: 'attributes'; readonly key: string};

const inBody: Place = {in: 'body'};

/** The roots as the room's doc keeps them: never asked for as a text or map, or Yjs would tidy formats in our name. */
export interface Roots {
  readonly body: Y.AbstractType<unknown>;
  readonly attributes: Y.AbstractType<unknown>;
}

export function rootsOf(doc: Y.Doc): Roots {
  return {body: doc.get(bodyRoot), attributes: doc.get(attributesRoot)};
}

/** Places of the structs that one update brings, found by any id inside of them. */
export class NewPlaces {
  readonly #byClient = new Map<number, {clock: number; end: number; place: Place}[]>();

  add(struct: Struct, place: Place): void {
    const {client, clock} = struct.id;
    const entry = {clock, end: clock + struct.length, place};
    const list = this.#byClient.get(client);
    if (list) list.push(entry);
    else this.#byClient.set(client, [entry]);
  }

  find({client, clock}: Y.ID): Place | null {
    const list = this.#byClient.get(client);
    if (!list) return null;
    let low = 0;
    let high = list.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = list[middle]!;
      if (clock < entry.clock) high = middle - 1;
      else if (clock >= entry.end) low = middle + 1;
      else return entry.place;
    }
    return null;
  }
}

/** Where something that is there already stands; null when it is nowhere a paper has a place. */
function placeOfStored(doc: Y.Doc, roots: Roots, id: Y.ID): Place | null {
  if (id.clock >= Y.getState(doc.store, id.client)) return null;
  const item = itemAt(doc, id);
  if (item?.parent === roots.body && item.parentSub === null) return inBody;
  if (item?.parent === roots.attributes && item.parentSub !== null) return {in: 'attributes', key: item.parentSub};
  return null;
}

function isSame(a: Place, b: Place): boolean {
  return a.in === 'body' ? b.in === 'body' : b.in === 'attributes' && a.key === b.key;
}

/** Both neighbours stand in the same place, or, without neighbours, the struct names one of the two roots itself. */
export function placeOf(doc: Y.Doc, roots: Roots, fresh: NewPlaces, struct: Y.Item): Place {
  let place: Place | null = null;
  for (const neighbour of [struct.origin, struct.rightOrigin]) {
    if (!neighbour) continue;
    const found: Place | null = fresh.find(neighbour) ?? placeOfStored(doc, roots, neighbour);
    if (!found || (place && !isSame(place, found))) throw new Refusal('room.place');
    place = found;
  }
  if (place) {
    // Values of a key only ever follow each other.
    if (place.in === 'attributes' && struct.rightOrigin) throw new Refusal('room.place');
    return place;
  }
  const parent: unknown = struct.parent;
  const key = struct.parentSub;
  if (parent === bodyRoot && key === null) return inBody;
  if (parent === attributesRoot && typeof key === 'string') return {in: 'attributes', key};
  throw new Refusal('room.place');
}
