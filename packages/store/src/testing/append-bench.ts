// How long an update takes from being handed over to being on disk:
//   node --import tsx packages/store/src/testing/append-bench.ts [updates a second] [seconds]
// On PGlite in a folder of the system's temporary place, and on PostgreSQL where TEST_DATABASE_URL names one.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Store} from '../store.ts';
import {aPaper, aRow} from './builders.ts';
import {postgresDatabases} from './test-databases.ts';
import {openStore} from '../open-store.ts';

const [rate = '500', seconds = '20'] = process.argv.slice(2);
const papers = 20;
const size = 40;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
}

/** Updates come singly at random moments, as people type. */
async function atRate(store: Store, numbers: readonly number[]): Promise<void> {
  const latencies: number[] = [];
  const appends: Promise<void>[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + Number(seconds) * 1_000;
  let due = start;
  for (let n = 1; due < end; n += 1) {
    due += (-Math.log(1 - Math.random()) * 1_000) / Number(rate);
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    const given = performance.now();
    const row = aRow({connection: 1, n, bytes: new Uint8Array(size).map(() => Math.random() * 256)});
    appends.push(
      store.updates.append(numbers[n % papers] ?? 0, [row]).then(() => {
        latencies.push(performance.now() - given);
      }),
    );
  }
  await Promise.all(appends);
  const {user, system} = process.cpuUsage(cpu);
  const share = ((user + system) / 10 / (performance.now() - start)).toFixed(0);
  latencies.sort((a, b) => a - b);
  const shown = [0.5, 0.95, 0.99, 1].map(part => percentile(latencies, part)).join(' / ');
  say(`  ${rate}/s for ${seconds} s: p50 / p95 / p99 / max ${shown} ms, ${latencies.length} updates, CPU ${share} %`);
}

async function atFullSpeed(store: Store, numbers: readonly number[]): Promise<void> {
  const calls = 200;
  const each = 500;
  const start = performance.now();
  await Promise.all(
    Array.from({length: calls}, (_, call) => {
      const rows = Array.from({length: each}, (_, n) =>
        aRow({connection: 2 + call, n: n + 1, bytes: new Uint8Array(size)}),
      );
      return store.updates.append(numbers[call % papers] ?? 0, rows);
    }),
  );
  const rows = calls * each;
  say(`  at full speed: ${Math.round((rows / (performance.now() - start)) * 1_000)} updates/s (${rows} updates)`);
}

async function measure(store: Store): Promise<void> {
  const numbers: number[] = [];
  for (let paper = 0; paper < papers; paper += 1) numbers.push((await aPaper(store)).number);
  await store.updates.append(numbers[0] ?? 0, [aRow()]);
  await atRate(store, numbers);
  await atFullSpeed(store, numbers);
}

const dataDir = mkdtempSync(join(tmpdir(), 'plenary-bench-'));
try {
  say('PGlite');
  const store = await openStore({dataDir, log: say});
  await measure(store);
  await store.close();
} finally {
  rmSync(dataDir, {recursive: true, force: true});
}
for (const database of postgresDatabases()) {
  say('PostgreSQL');
  await measure(await database.open());
  await database.drop();
}
