import type {Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {readCheckpoint, type LedgerKey} from '@plenary/ledger/checkpoint';
import {toHex} from '@plenary/ledger/encoding';
import type {LeafContent} from '@plenary/ledger/leaf';
import {checkpointLine, entryLine, headerLine} from '@plenary/ledger/log-file';
import {receiptJson, type ReceiptJson} from '@plenary/ledger/receipt';
import type {LedgerEntry, StoredCheckpoint} from '@plenary/store/store';
import type {App} from '../app.ts';
import {disclosureFor} from './disclosure.ts';
import {oneAct, ownActs, wholeLeaf} from './entries.service.ts';

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Anyone may have it: it tells nothing but hashes. Refuses `not-found` for an act or a size that is not there. */
export async function proveInclusion(app: App, index: number, size: number | null): Promise<Inclusion> {
  const tree = await app.ledger.tree.caughtUp();
  const at = size ?? (await app.ledger.checkpoints.covering(index))?.size ?? 0;
  if (index >= at || at > tree.size) throw new Refusal('not-found');
  return {index, size: at, leafHash: tree.leaf(index), root: tree.root(at), proof: tree.inclusionProof(index, at)};
}

export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** That the first `from` acts of the ledger of `to` are those that it had then. Refuses `not-found`. */
export async function proveConsistency(app: App, from: number, to: number | null): Promise<Consistency> {
  const tree = await app.ledger.tree.caughtUp();
  const later = to ?? (await app.ledger.checkpoints.newest())?.size ?? 0;
  if (from > later || later > tree.size) throw new Refusal('not-found');
  return {
    from,
    to: later,
    fromRoot: tree.root(from),
    toRoot: tree.root(later),
    proof: tree.consistencyProof(from, later),
  };
}

/** Refuses `not-found` alike for acts that are not there and acts that the reader may not know all of. */
export async function receiptOf(app: App, actor: Actor, index: number): Promise<ReceiptJson> {
  const entry = wholeLeaf(await oneAct(app, actor, index));
  const checkpoint = entry && (await app.ledger.checkpoints.covering(index));
  if (!entry || !checkpoint) throw new Refusal('not-found');
  return receiptFor(app, entry, checkpoint);
}

const mostReceipts = 5000;

/** Of the member's own acts, newest first, all against one checkpoint. */
export async function ownReceipts(app: App, actor: Actor): Promise<ReceiptJson[]> {
  const {acts} = await ownActs(app, actor, null, mostReceipts);
  const newest = acts[0]?.entry.index;
  const checkpoint = newest === undefined ? null : await app.ledger.checkpoints.covering(newest);
  if (!checkpoint) return [];
  return Promise.all(acts.map(({entry}) => receiptFor(app, entry, checkpoint)));
}

async function receiptFor(app: App, entry: LedgerEntry, {note, size, key}: StoredCheckpoint): Promise<ReceiptJson> {
  const tree = await app.ledger.tree.caughtUp();
  const proof = tree.inclusionProof(entry.index, size);
  return receiptJson({leaf: leafOf(entry), salt: entry.salt, proof, checkpoint: note, key});
}

/** The seven fields that the hash was made of. */
export function leafOf({index, seq, stream, act, at, actor, event}: LedgerEntry): LeafContent {
  return {index, seq, stream, act, at, actor, event};
}

const chunk = 500;

/**
 * The whole ledger as the reader may know it, line by line: every act, each checkpoint after the acts that it covers, and
 * at the end the newest one. Ends at the checkpoint that was newest when it began.
 */
export async function* logLines(app: App, actor: Actor): AsyncGenerator<string> {
  const newest = await app.ledger.checkpoints.newest();
  const published = await app.ledger.checkpoints.published();
  if (!newest || !published) throw new Refusal('not-found');
  yield headerLine({origin: published.origin, keys: published.keys.map(keyOf)});
  const judge = disclosureFor(app, actor);
  let signed: StoredCheckpoint[] = [];
  for (let from = 0; from < newest.size; from += chunk) {
    const entries = await app.store.ledger.readAll(from, Math.min(chunk, newest.size - from));
    for (const entry of entries) {
      const {index, leafHash, salt} = entry;
      const whole = (await judge(entry)).sees === 'whole';
      yield entryLine({index, leafHash, shown: whole ? {salt, leaf: leafOf(entry)} : null});
      if (signed.length === 0) signed = await app.store.checkpoints.above(index, chunk);
      if (signed[0]?.size === index + 1) yield checkpointLine(signed.shift()?.note ?? '');
    }
  }
}

export function keyOf({id, publicKey}: {readonly id: string; readonly publicKey: Uint8Array}): LedgerKey {
  return {id, publicKey: toHex(publicKey)};
}

/** The name that a checkpoint gives its ledger. */
export function originIn({note}: StoredCheckpoint): string {
  return readCheckpoint(note).origin;
}
