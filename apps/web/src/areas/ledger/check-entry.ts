import {openCheckpoint, type LedgerKey} from '@plenary/ledger/checkpoint';
import {fromHex, sameBytes} from '@plenary/ledger/encoding';
import {leafHash} from '@plenary/ledger/leaf';
import {inclusionSteps, type ProofStep} from '@plenary/ledger/merkle';
import {Invalid, verdict, type Verdict} from '@plenary/ledger/problem';
import type {CheckpointJson, LedgerEntryJson} from '@plenary/protocol/api/ledger';

export interface Checked {
  readonly leafHash: Uint8Array;
  readonly steps: readonly ProofStep[];
  readonly root: Uint8Array;
  readonly size: number;
}

/** Computes everything that the page shows of an act again, believing the server nothing but its public keys. */
export function checkEntry(
  entry: LedgerEntryJson,
  checkpoint: CheckpointJson,
  proof: readonly string[],
  keys: readonly LedgerKey[],
): Verdict<Checked> {
  return verdict(() => {
    const {size, root} = openCheckpoint(checkpoint.note, keys);
    const given = fromHex(entry.leafHash, 32);
    const hashes = proof.map(hash => fromHex(hash, 32));
    if (!given || !hashes.every(hash => hash !== null)) throw new Invalid('malformed');
    if (entry.index >= size) throw new Invalid('not-covered');
    const salt = fromHex(entry.leaf?.salt, 16);
    if (entry.leaf && (!salt || !sameBytes(leafHash(salt, entry.leaf.content), given)))
      throw new Invalid('leaf-differs');
    const steps = inclusionSteps(entry.index, size, given, hashes);
    if (!steps || !sameBytes(steps.at(-1)?.result ?? given, root)) throw new Invalid('proof-wrong');
    return {leafHash: given, steps, root, size};
  });
}
