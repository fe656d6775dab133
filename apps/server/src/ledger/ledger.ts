import type {Logger} from 'pino';
import type {Store} from '@plenary/store/store';
import type {Clock} from '../adapters/clock.ts';
import {createCheckpoints, type Checkpoints} from './checkpoints.ts';
import {signingKeyFrom} from './signing-key.ts';
import {createLedgerTree, type LedgerTree} from './tree.ts';

/** What a process holds of the ledger: its tree of hashes, and its signature under it. */
export interface Ledger {
  readonly tree: LedgerTree;
  readonly checkpoints: Checkpoints;
  close(): Promise<void>;
}

interface Setting {
  readonly store: Pick<Store, 'checkpoints' | 'ledger' | 'transaction'>;
  readonly clock: Clock;
  /** The instance's; see `signingKeyFrom`. */
  readonly secret: string;
  readonly log: Logger;
}

export function createLedger({store, clock, secret, log}: Setting): Ledger {
  const tree = createLedgerTree(store);
  const checkpoints = createCheckpoints({store, clock, tree, secretKey: signingKeyFrom(secret), log});
  return {tree, checkpoints, close: () => checkpoints.close()};
}
