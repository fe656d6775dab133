import {sql} from 'drizzle-orm';
import type {Queries} from '@plenary/store/database';
import {openStore} from '@plenary/store/open-store';
import {createLog} from '../../core/log.ts';
import {createLedger} from '../ledger.ts';

// How long a process takes to read the tree of a large ledger when it starts, and what it then costs:
// node --expose-gc --import tsx apps/server/src/ledger/testing/tree-bench.ts [acts]

const acts = Number(process.argv[2] ?? 100_000);
const databaseUrl = process.env['TEST_DATABASE_URL'];
const store = await openStore(databaseUrl ? {databaseUrl} : {memory: true});
const queries = store.accounts.database as Queries;
await queries.execute(sql`
  insert into ledger_entries (index, stream, seq, act, at, actor, event, salt, leaf_hash)
  select i, 'paper:bench', i + 1, 'paper.mode-set', 0, null, '{"mode": "open"}', decode(md5(i::text), 'hex'),
    sha256(i::text::bytea)
  from generate_series(0, ${acts - 1}::int) i`);
await queries.execute(sql`insert into ledger_head values (1, ${acts})`);

const settle = () => (globalThis as {gc?: () => void}).gc?.();
const memory = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
settle();
const before = memory();
const ledger = createLedger({
  store,
  clock: Date,
  secret: 'a secret for a bench',
  log: createLog({write: () => undefined}),
});
const started = performance.now();
const tree = await ledger.tree.caughtUp();
const built = performance.now() - started;
settle();
const after = memory();

function timed(times: number, act: (turn: number) => unknown): string {
  const begin = performance.now();
  for (let turn = 0; turn < times; turn++) act(turn);
  return ((performance.now() - begin) / times).toFixed(3);
}
const proof = timed(1000, turn => tree.inclusionProof((turn * 7919) % acts));
const root = timed(1000, () => tree.root());
const asked = performance.now();
await ledger.checkpoints.newest();
const checkpoint = performance.now() - asked;

process.stdout.write(
  `${tree.size} acts on ${store.dialect}: tree read in ${built.toFixed(0)} ms, ${((after - before) / 2 ** 20).toFixed(1)} MiB; ` +
    `a proof ${proof} ms, a root ${root} ms, the first checkpoint ${checkpoint.toFixed(0)} ms\n`,
);
await ledger.close();
await store.close();
