import * as Y from 'yjs';
import {bodyRoot} from '../guard-shape.ts';
import type {Spot} from '../operations.ts';
import type {PaperIndex} from '../paper-index.ts';

/**
 * A place that stays with its neighbour whatever others do: a Yjs relative position as JSON, so that stock clients can read
 * it too. `assoc` -1 keeps to the unit on the left (the opener at a paragraph's start), 0 to the one on the right.
 */
export interface Anchor {
  readonly tname: string;
  readonly item?: {readonly client: number; readonly clock: number};
  readonly assoc: number;
}

/** A caret or selection as it is told to others. */
export interface AnchoredSelection {
  readonly anchor: Anchor;
  readonly head: Anchor;
}

export function anchorAt({segment, offset}: Spot, index: PaperIndex, side: 'left' | 'right' = 'left'): Anchor {
  if (side === 'right' && offset < segment.length)
    return anchorOf(segment.opener ? segment.opener.right : index.body._start, offset, 0);
  if (offset === 0) return segment.opener ? anchor(segment.opener.id, -1) : {tname: bodyRoot, assoc: -1};
  return anchorOf(segment.opener ? segment.opener.right : index.body._start, offset - 1, -1);
}

function anchor({client, clock}: Y.ID, assoc: number): Anchor {
  return {tname: bodyRoot, item: {client, clock}, assoc};
}

/** Of the unit that is so many live units further on. */
function anchorOf(first: Y.Item | null, units: number, assoc: number): Anchor {
  let rest = units;
  for (let item = first; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (rest < item.length) return anchor(Y.createID(item.id.client, item.id.clock + rest), assoc);
    rest -= item.length;
  }
  return {tname: bodyRoot, assoc: -1};
}

/** Where an anchor is now; null when its unit has not arrived here. A hidden place gives the end of what is shown before it. */
export function placeOf(anchored: unknown, index: PaperIndex): Spot | null {
  const spot = storedPlaceOf(anchored, index);
  return spot && shownNear(spot, index);
}

/** The same, but a hidden place is itself: for what is to be written there. */
export function storedPlaceOf(anchored: unknown, index: PaperIndex): Spot | null {
  if (!isAnchor(anchored)) return null;
  const {item, assoc} = anchored;
  return item ? findUnit(item, assoc, index) : {segment: index.stored[0] ?? index.head, offset: 0};
}

function findUnit(id: {client: number; clock: number}, assoc: number, index: PaperIndex): Spot | null {
  const found = followRedone(index.doc, id);
  if (!found || (found.item.parent as unknown) !== index.body) return null;
  const {item, ahead} = found;
  const opened = index.byOpener(item);
  if (opened && !item.deleted && assoc < 0) return {segment: opened, offset: 0};
  const {segment, offset} = index.locate(item);
  if (item.deleted || opened) return {segment, offset};
  return {segment, offset: offset + ahead + (assoc < 0 ? 1 : 0)};
}

export interface Found {
  readonly item: Y.Item;
  /** Units between the item's first and the one that was looked for. */
  readonly ahead: number;
}

export function findItem(doc: Y.Doc, client: number, clock: number): Found | null {
  const structs = doc.store.clients.get(client);
  if (!structs || clock >= Y.getState(doc.store, client)) return null;
  const item = structs[Y.findIndexSS(structs, clock)];
  return item instanceof Y.Item ? {item, ahead: clock - item.id.clock} : null;
}

/** The unit itself, or the one that an undo has brought back in its place. */
function followRedone(doc: Y.Doc, id: {client: number; clock: number}): Found | null {
  let found = findItem(doc, id.client, id.clock);
  while (found?.item.redone) found = findItem(doc, found.item.redone.client, found.item.redone.clock + found.ahead);
  return found;
}

function shownNear(spot: Spot, index: PaperIndex): Spot | null {
  const {shown, order} = index;
  if (spot.segment.shown >= 0) return spot;
  for (let i = order.indexOf(spot.segment) - 1; i >= 0; i--) {
    const before = order[i];
    if (before && before.shown >= 0) return {segment: before, offset: before.length};
  }
  return shown[0] ? {segment: shown[0], offset: 0} : null;
}

/** Anchors of others come from the network. */
export function isAnchor(value: unknown): value is Anchor {
  if (value === null || typeof value !== 'object') return false;
  const {item, assoc} = value as {item?: unknown; assoc?: unknown};
  if (assoc !== undefined && typeof assoc !== 'number') return false;
  if (item === undefined || item === null) return true;
  if (typeof item !== 'object') return false;
  const {client, clock} = item as {client?: unknown; clock?: unknown};
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock) && Number(clock) >= 0 && Number(client) >= 0;
}
