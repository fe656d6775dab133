import {Refusal} from '@plenary/domain/refusal';
import {keyBetween} from './order-key.ts';
import type {PaperIndex, Segment} from './paper-index.ts';

/**
 * Order keys that put a paragraph after another (null: before all), as pairs of id and key. No text is touched. Whatever
 * would travel along by accident is pinned first: the unkeyed paragraph stored behind the moved one, and the unkeyed one
 * shown behind the target. Refuses what cannot be pinned: text before the first opener, or a paragraph whose id another keeps.
 */
export function keysForMove(index: PaperIndex, moved: Segment, after: Segment | null): [id: string, key: string][] {
  const rest = index.order.filter(segment => segment !== moved);
  let place = after ? rest.indexOf(after) : -1;
  if (after && place < 0) throw new Refusal('move.impossible');
  // The hidden stay with what they follow.
  while (place >= 0 && isHidden(rest[place + 1])) place++;
  const next = rest[place + 1];
  const wanted = [...rest.slice(0, place + 1), moved, ...rest.slice(place + 1)];
  if (wanted.every((segment, i) => segment === index.order[i])) return [];

  const keyed = new Set([moved]);
  const follower = index.stored[moved.stored + 1];
  for (const pinned of [follower, next]) if (pinned && pinned.key === null) keyed.add(pinned);
  for (const segment of keyed) if (!canBeKeyed(segment)) throw new Refusal('move.impossible');

  const keys = new Map<Segment, string>();
  let current = '';
  wanted.forEach((segment, i) => {
    if (keyed.has(segment)) {
      current = keyBetween(current, nextKey(wanted, keyed, i, current));
      keys.set(segment, current);
    } else if (segment.key !== null) current = segment.key;
  });
  if (!givesOrder(index, keys, wanted)) throw new Refusal('move.impossible');
  return [...keys].map(([segment, key]) => [segment.id, key]);
}

function isHidden(segment: Segment | undefined): boolean {
  return segment !== undefined && segment.shown < 0;
}

function canBeKeyed(segment: Segment): boolean {
  return segment.opener !== null && segment.name === segment.id;
}

/** The first key further on that lies above the current one. */
function nextKey(
  wanted: readonly Segment[],
  keyed: ReadonlySet<Segment>,
  from: number,
  current: string,
): string | null {
  for (let i = from + 1; i < wanted.length; i++) {
    const segment = wanted[i];
    if (segment?.key && !keyed.has(segment) && segment.key > current) return segment.key;
  }
  return null;
}

function givesOrder(index: PaperIndex, keys: ReadonlyMap<Segment, string>, wanted: readonly Segment[]): boolean {
  let run = '';
  const runs = index.stored.map(segment => {
    run = keys.get(segment) ?? segment.key ?? run;
    return {segment, run};
  });
  const order = runs.toSorted((a, b) => (a.run < b.run ? -1 : a.run > b.run ? 1 : 0));
  return order.every(({segment}, i) => segment === wanted[i]);
}

/** A paragraph's id and order key, in storage order. */
export type StoredPlaces = readonly (readonly [id: string, key: string | null])[];

export function storedPlaces(index: PaperIndex): StoredPlaces {
  return index.stored.filter(segment => segment.opener).map(segment => [segment.id, segment.key]);
}

/**
 * When a client's update has deleted openers with keys, the unkeyed paragraphs behind them would follow whatever is stored
 * before. The next one of each gets a key just above the old one, so that an undo that brings the opener back makes no tie.
 */
export function keysForRepin(before: StoredPlaces, after: StoredPlaces): [id: string, key: string][] {
  const live = new Map(after);
  const keys = after.flatMap(([, key]) => (key === null ? [] : [key])).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const repinned = new Map<string, string>();
  before.forEach(([id, key], i) => {
    if (key === null || live.has(id)) return;
    const heir = before.slice(i + 1).find(([later]) => live.has(later));
    if (!heir || live.get(heir[0]) !== null) return;
    const above = keys.find(other => other > key) ?? null;
    repinned.set(heir[0], keyBetween(key, above));
  });
  return [...repinned];
}
