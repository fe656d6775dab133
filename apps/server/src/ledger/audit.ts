import {openCheckpoint, type LedgerKey} from '@plenary/ledger/checkpoint';
import {sameBytes, toHex} from '@plenary/ledger/encoding';
import {leafHash} from '@plenary/ledger/leaf';
import {Frontier} from '@plenary/ledger/merkle';
import {verdict, type Problem} from '@plenary/ledger/problem';
import type {LedgerEntry, Store, StoredCheckpoint} from '@plenary/store/store';
import {leafOf} from './proofs.service.ts';

/** Something in the database that is not as it was signed or written down. */
export type Flaw =
  /** What the act says, its salt or its hash was changed. */
  | {readonly is: 'leaf-differs'; readonly index: number; readonly act: string}
  | {readonly is: 'missing'; readonly from: number; readonly to: number}
  /** The acts of a stream do not count on from each other. */
  | {readonly is: 'seq-differs'; readonly index: number; readonly stream: string}
  /** Leaves that are well made lead to another root than the one that was signed after `from` acts had been right. */
  | {readonly is: 'root-differs'; readonly from: number; readonly size: number}
  | {readonly is: 'unsound-checkpoint'; readonly size: number; readonly problem: Problem | 'columns'}
  /** More acts were signed than are left. */
  | {readonly is: 'cut-short'; readonly size: number; readonly acts: number}
  /** Rows were added or taken away beside the count that numbers them. */
  | {readonly is: 'count-differs'; readonly counted: number; readonly acts: number}
  /** The newest checkpoint is not signed with the key that this instance's secret makes. */
  | {readonly is: 'other-key'; readonly size: number; readonly key: string};

export interface Audit {
  readonly acts: number;
  readonly checkpoints: number;
  /** Acts that came after the newest checkpoint. */
  readonly unsigned: number;
  readonly root: Uint8Array;
  readonly flaws: readonly Flaw[];
}

const chunk = 1000;

/**
 * Computes every leaf and every signed root again out of the database, trusting nothing of it but the public keys, and of
 * those the newest only when it is the instance's own.
 */
export async function auditLedger(
  store: Pick<Store, 'ledger' | 'checkpoints'>,
  ownKey: Uint8Array | null,
): Promise<Audit> {
  const flaws: Flaw[] = [];
  const frontier = new Frontier();
  const seqs = new Map<string, number>();
  const keys = (await store.checkpoints.keys()).map(key => ({...key, publicKey: toHex(key.publicKey)}));
  const newest = await store.checkpoints.newest();
  let acts = 0;
  let next = 0;
  let agreed = 0;
  let checkpoints = 0;
  let whole = true;
  let signed: StoredCheckpoint[] = [];

  function compare(checkpoint: StoredCheckpoint): void {
    checkpoints++;
    const problem = unsoundness(checkpoint, keys);
    if (problem) flaws.push({is: 'unsound-checkpoint', size: checkpoint.size, problem});
    // After a gap no root can be computed, and the gap is named already.
    if (!whole) return;
    if (sameBytes(frontier.root(), checkpoint.root)) {
      agreed = checkpoint.size;
      return;
    }
    flaws.push({is: 'root-differs', from: agreed, size: checkpoint.size});
    whole = false;
  }

  function take(entry: LedgerEntry): void {
    const {index, stream, seq, act} = entry;
    acts++;
    if (index !== next) {
      flaws.push({is: 'missing', from: next, to: index - 1});
      whole = false;
    }
    next = index + 1;
    if (!sameBytes(hashOf(entry), entry.leafHash)) flaws.push({is: 'leaf-differs', index, act});
    const expected = (seqs.get(stream) ?? 0) + 1;
    if (seq !== expected) flaws.push({is: 'seq-differs', index, stream});
    seqs.set(stream, seq);
    frontier.append(entry.leafHash);
  }

  for (;;) {
    const entries = await store.ledger.readAll(next, chunk);
    for (const entry of entries) {
      if (signed.length === 0) signed = await store.checkpoints.above(entry.index, chunk);
      while ((signed[0]?.size ?? Infinity) <= entry.index) compare(signed.shift() as StoredCheckpoint);
      take(entry);
      if (signed[0]?.size === next) compare(signed.shift() as StoredCheckpoint);
    }
    if (entries.length < chunk) break;
  }
  if (newest && newest.size > next) flaws.push({is: 'cut-short', size: newest.size, acts: next});
  const counted = await store.ledger.size();
  if (counted !== acts) flaws.push({is: 'count-differs', counted, acts});
  if (newest && ownKey && keys.find(({id}) => id === newest.key)?.publicKey !== toHex(ownKey))
    flaws.push({is: 'other-key', size: newest.size, key: newest.key});
  return {acts, checkpoints, unsigned: Math.max(0, next - (newest?.size ?? 0)), root: frontier.root(), flaws};
}

/** Of what stands in the row; a row that has no canonical form has no hash either. */
function hashOf(entry: LedgerEntry): Uint8Array {
  try {
    return leafHash(entry.salt, leafOf(entry));
  } catch {
    return new Uint8Array();
  }
}

function unsoundness(stored: StoredCheckpoint, keys: readonly LedgerKey[]): Problem | 'columns' | null {
  const read = verdict(() => ({note: openCheckpoint(stored.note, keys)}));
  if (!read.ok) return read.problem;
  const {size, root, at, key} = read.note;
  const same = size === stored.size && at === stored.at && key === stored.key && sameBytes(root, stored.root);
  return same ? null : 'columns';
}

/** What is wrong, for whoever runs the instance. */
export function sentenceOf(flaw: Flaw): string {
  switch (flaw.is) {
    case 'leaf-differs':
      return `Act ${flaw.index} (${flaw.act}) was changed: what stands in its row is not what its hash was made of.`;
    case 'missing':
      return flaw.from === flaw.to ? `Act ${flaw.from} is missing.` : `Acts ${flaw.from} to ${flaw.to} are missing.`;
    case 'seq-differs':
      return `Act ${flaw.index} does not follow the act before it in ${flaw.stream}.`;
    case 'root-differs':
      return `Of acts ${flaw.from} to ${flaw.size - 1} at least one is not the one that was signed, although its row fits its hash.`;
    case 'unsound-checkpoint':
      return `The checkpoint over ${flaw.size} acts is not sound (${flaw.problem}).`;
    case 'cut-short':
      return `${flaw.size} acts were signed, and the ledger ends after ${flaw.acts}.`;
    case 'count-differs':
      return `${flaw.counted} acts were written down and ${flaw.acts} rows are there: rows were added or removed.`;
    case 'other-key':
      return `The newest checkpoint, over ${flaw.size} acts, is signed with the key ${flaw.key}, which is not the one that this instance’s secret makes.`;
  }
}
