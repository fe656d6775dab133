import {MerkleTree} from '@plenary/ledger/merkle';
import type {Store} from '@plenary/store/store';

/** Rows a query: hashing them takes a few milliseconds, so that a large ledger is read without keeping anybody waiting. */
const chunk = 1000;

/** The stored hashes are not the ledger that this process has seen before. */
export class LedgerDamaged extends Error {}

/** The tree of all acts in memory, brought up to date from the store whenever it is asked for. */
export interface LedgerTree {
  /** Resolves when everything that was committed before the call is in it, by whichever process. */
  caughtUp(): Promise<MerkleTree>;
}

export function createLedgerTree(store: Pick<Store, 'ledger'>): LedgerTree {
  const tree = new MerkleTree();
  let reading: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;

  async function read(): Promise<void> {
    for (;;) {
      const rows = await store.ledger.hashes(tree.size, chunk);
      for (const {index, leafHash} of rows) {
        if (index !== tree.size) throw new LedgerDamaged(`Act ${tree.size} is missing from the ledger.`);
        tree.append(leafHash);
      }
      if (rows.length < chunk) return;
    }
  }

  /** A reading that has begun may have missed the caller's act: the next one, shared by all who come meanwhile, has not. */
  function readOnce(): Promise<void> {
    if (!reading) {
      reading = read().finally(() => {
        reading = null;
      });
      return reading;
    }
    waiting ??= reading
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        return readOnce();
      });
    return waiting;
  }

  return {
    async caughtUp() {
      await readOnce();
      return tree;
    },
  };
}
