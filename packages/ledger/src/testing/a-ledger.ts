import {keyId, originOf, publicKeyOf, signCheckpoint, type LedgerKey} from '../checkpoint.ts';
import {toHex} from '../encoding.ts';
import {leafHash, type LeafContent} from '../leaf.ts';
import {checkpointLine, entryLine, headerLine} from '../log-file.ts';
import {MerkleTree} from '../merkle.ts';
import {receiptJson, type ReceiptJson} from '../receipt.ts';

/** A ledger of `size` acts of every kind, with all that its instance would hand out. */
export function aLedger(size: number, {seed = 7}: {seed?: number} = {}) {
  const secretKey = new Uint8Array(32).fill(seed);
  const rows = Array.from({length: size}, (_, index) => ({leaf: aLeaf(index), salt: aSalt(index, seed)}));
  const tree = new MerkleTree();
  for (const {leaf, salt} of rows) tree.append(leafHash(salt, leaf));
  const origin = originOf(tree.leaf(0));
  const publicKey = publicKeyOf(secretKey);
  const key: LedgerKey = {id: keyId(origin, publicKey), publicKey: toHex(publicKey)};

  // Signing takes a millisecond, and a fuzz asks a hundred thousand times.
  const signed = new Map<number, string>();
  function checkpoint(at = size): string {
    let note = signed.get(at);
    if (note === undefined) {
      note = signCheckpoint({origin, size: at, root: tree.root(at), at: 1_764_000_100_000 + at}, secretKey);
      signed.set(at, note);
    }
    return note;
  }

  return {
    tree,
    origin,
    key,
    keys: [key],
    rows,
    secretKey,
    checkpoint,
    receipt(index: number, at = size): ReceiptJson {
      const row = rows[index];
      if (!row) throw new RangeError(`There is no act ${index}.`);
      return receiptJson({...row, proof: tree.inclusionProof(index, at), checkpoint: checkpoint(at), key: key.id});
    },
    /** As JSON lines, with a checkpoint after each of these sizes; acts for which `hides` holds are hashes alone. */
    log({sizes = [size], hides = () => false}: {sizes?: number[]; hides?: (index: number) => boolean} = {}): string[] {
      return [
        headerLine({origin, keys: [key]}),
        ...rows.flatMap((shown, index) => [
          entryLine({index, leafHash: tree.leaf(index), shown: hides(index) ? null : shown}),
          ...(sizes.includes(index + 1) ? [checkpointLine(checkpoint(index + 1))] : []),
        ]),
      ];
    },
  };
}

export type ALedger = ReturnType<typeof aLedger>;

export const revisionText = new TextEncoder().encode('We, the participants,\nAgree.\n');

function aSalt(index: number, seed: number): Uint8Array {
  return Uint8Array.from({length: 16}, (_, byte) => (index * 31 + byte * 17 + seed) % 256);
}

function aLeaf(index: number): LeafContent {
  const kinds: readonly Pick<LeafContent, 'act' | 'event'>[] = [
    {act: 'paper.mode-set', event: {mode: 'frozen'}},
    {act: 'paper.publication-set', event: {policy: 'embargo', embargoUntil: 1_764_000_000_000 + index}},
    {act: 'mandate.granted', event: {member: 'M4x-xk2l3bb9pQz0', role: 'delegate', organisation: null}},
    {act: 'session.opened', event: {list: [1, true, null, {deep: 'é\u0000"'}], count: index}},
  ];
  const kind = kinds[index % kinds.length] ?? {act: 'other', event: {}};
  return {
    index,
    seq: Math.floor(index / 3) + 1,
    stream: `paper:P${index % 3}aaaaaaaaaaaaaa`,
    at: 1_764_000_000_000 + index * 1000,
    actor:
      index % 5 === 0 ? null : {member: 'Ana0aaaaaaaaaaaa', organisation: index % 2 ? 'Org0' : null, role: 'chair'},
    ...kind,
  };
}
