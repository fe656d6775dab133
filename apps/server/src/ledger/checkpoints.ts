import type {Logger} from 'pino';
import {keyId, originOf, publicKeyOf, signCheckpoint} from '@plenary/ledger/checkpoint';
import {sameBytes} from '@plenary/ledger/encoding';
import type {MerkleTree} from '@plenary/ledger/merkle';
import {Refusal} from '@plenary/domain/refusal';
import type {Store, StoredCheckpoint, StoredKey} from '@plenary/store/store';
import type {Clock} from '../adapters/clock.ts';
import {LedgerDamaged, type LedgerTree} from './tree.ts';

/** Between two checkpoints of one process, in milliseconds. */
const leastBetween = 1000;
/** After which acts are signed although nobody asks. */
const longestUnsigned = 60_000;
/** For the last one, when the process ends. */
const longestGoodbye = 3000;

export type PublishedKey = StoredKey & {readonly lastSigned: number | null; readonly serves: boolean};

/** Signs what the ledger is, when somebody asks or a minute has passed, and never two roots for one size. */
export interface Checkpoints {
  /** The newest there is, at most a second behind; null while nothing has happened. Refuses `ledger.damaged`. */
  newest(): Promise<StoredCheckpoint | null>;
  /** One that covers this act, which is awaited when it is younger than a second. Null when there is no such act. */
  covering(index: number): Promise<StoredCheckpoint | null>;
  /** Name of the ledger and its keys, oldest first; null while nothing has happened. */
  published(): Promise<{origin: string; keys: readonly PublishedKey[]} | null>;
  /** Reads the ledger, signs it and logs what is wrong with it, for the start of a process. */
  begin(): Promise<void>;
  /** Signs what has happened until now. */
  close(): Promise<void>;
}

interface Setting {
  readonly store: Pick<Store, 'checkpoints' | 'transaction'>;
  readonly tree: LedgerTree;
  readonly clock: Clock;
  readonly secretKey: Uint8Array;
  readonly log: Logger;
}

export function createCheckpoints({store, tree, clock, secretKey, log}: Setting): Checkpoints {
  const publicKey = publicKeyOf(secretKey);
  let madeAt = Number.NEGATIVE_INFINITY;
  let awaited: Promise<StoredCheckpoint | null> | null = null;
  let registered = false;
  const looking = setInterval(() => void makeQuietly(next), longestUnsigned);
  looking.unref();

  async function make(): Promise<StoredCheckpoint | null> {
    // In this order: what another process has signed by now is in what is read after it.
    const last = await store.checkpoints.newest();
    await register(await caughtUp());
    const now = await caughtUp();
    requireAgreement(now, last);
    if (now.size === 0 || !registered) return null;
    if (last && last.size >= now.size) return last;
    const {size} = now;
    const root = now.root();
    const at = clock.now();
    const origin = originOf(now.leaf(0));
    const note = signCheckpoint({origin, size, root, at}, secretKey);
    const kept = await store.checkpoints.add({size, root, at, key: keyId(origin, publicKey), note});
    requireAgreement(now, kept);
    return kept;
  }

  async function caughtUp(): Promise<MerkleTree> {
    try {
      return await tree.caughtUp();
    } catch (error) {
      throw damaged(error);
    }
  }

  /** The key of this instance is made known once; one that follows another is an act of its own. */
  async function register(now: MerkleTree): Promise<void> {
    if (registered || now.size === 0) return;
    const id = keyId(originOf(now.leaf(0)), publicKey);
    const known = await store.checkpoints.keys();
    if (!known.some(key => key.id === id)) {
      const at = clock.now();
      await store.transaction(async tx => {
        const isNew = await tx.checkpoints.addKey({id, publicKey, servesFrom: at});
        if (!isNew || known.length === 0) return;
        await tx.ledger.append({stream: 'instance', act: 'ledger.key-changed', at, actor: null, event: {key: id}});
      });
    }
    registered = true;
  }

  function requireAgreement(now: MerkleTree, signed: StoredCheckpoint | null): void {
    if (!signed) return;
    if (signed.size > now.size)
      throw damaged(new LedgerDamaged(`${signed.size} acts were signed, ${now.size} are left.`));
    if (!sameBytes(now.root(signed.size), signed.root))
      throw damaged(new LedgerDamaged(`The first ${signed.size} acts are not those that were signed.`));
  }

  function damaged(error: unknown): unknown {
    if (!(error instanceof LedgerDamaged)) return error;
    log.error({err: error}, 'The ledger is damaged. Stop the server and run: npm run plenary -- verify');
    return new Refusal('ledger.damaged');
  }

  /** Not before a second has passed since the last; all who ask while one is awaited get the same. */
  function next(): Promise<StoredCheckpoint | null> {
    const wait = madeAt + leastBetween - Date.now();
    if (wait <= 0) {
      madeAt = Date.now();
      return make();
    }
    awaited ??= new Promise(resolve => setTimeout(resolve, wait)).then(() => {
      // Whoever comes from now on may know of an act that this one misses.
      awaited = null;
      madeAt = Date.now();
      return make();
    });
    return awaited;
  }

  async function makeQuietly(sign: () => Promise<unknown>): Promise<void> {
    try {
      await sign();
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({err: error}, 'No checkpoint could be signed.');
    }
  }

  return {
    async newest() {
      const last = await store.checkpoints.newest();
      if (!last || Date.now() - madeAt >= leastBetween) return next();
      return last;
    },
    async covering(index) {
      const last = await store.checkpoints.newest();
      if (last && last.size > index) return last;
      const made = await next();
      return made && made.size > index ? made : null;
    },
    async published() {
      const now = await caughtUp();
      if (now.size === 0) return null;
      await register(now);
      const origin = originOf(now.leaf(0));
      const serving = keyId(origin, publicKey);
      return {origin, keys: (await store.checkpoints.keys()).map(key => ({...key, serves: key.id === serving}))};
    },
    begin: () => makeQuietly(next),
    async close() {
      clearInterval(looking);
      // A database that is away must not keep the process from ending.
      const tooLate = AbortSignal.timeout(longestGoodbye);
      await Promise.race([
        makeQuietly(make),
        new Promise<void>(resolve => tooLate.addEventListener('abort', () => resolve())),
      ]);
    },
  };
}
