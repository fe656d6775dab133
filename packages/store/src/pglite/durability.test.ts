import {readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {openStore} from '../open-store.ts';
import type {Store} from '../store.ts';
import {aPaper, aRow, newSlug} from '../testing/builders.ts';
import {makeTestFolder} from '../testing/test-folder.ts';
import {startChild, type Child} from '../testing/children.ts';
import {copyMadeFolder} from '../testing/test-databases.ts';
import {WorkerThread} from './worker-thread.ts';

// Processes are started and killed, which a busy machine does slowly.
vi.setConfig({testTimeout: 120_000});

describe('the embedded database', () => {
  let dataDir: string;
  let stores: Store[];
  let children: Child[];

  async function open(options: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> {
    const store = await openStore({dataDir, ...options});
    stores.push(store);
    return store;
  }

  beforeEach(async () => {
    dataDir = makeTestFolder();
    stores = [];
    children = [];
    await copyMadeFolder(dataDir);
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    await Promise.all(children.map(child => child.kill()));
    await Promise.all(stores.map(store => store.close()));
    rmSync(dataDir, {recursive: true, force: true});
  });

  it('loses nothing that was acknowledged when its process is killed in the middle of it', async () => {
    const slug = newSlug();
    for (const round of [1, 2]) {
      const child = startChild('append-until-killed.ts', dataDir, String(round), slug);
      children.push(child);
      await child.writes(1_000);
      await expect(openStore({dataDir})).rejects.toThrow(`is in use by process ${child.process.pid} on `);
      await child.kill();

      const store = await openStore({dataDir});
      const paper = await store.papers.find(slug);
      const lines = await store.updates.read(paper?.number ?? 0, 0, 1_000_000);
      await store.close();
      expect(lines.map(({seq}) => seq)).toEqual(lines.map((_, place) => place + 1));
      const missing = child.lines.filter(line => {
        const [actor, n, seq] = line.split(' ');
        const kept = lines[Number(seq) - 1];
        return !kept || new TextDecoder().decode(kept.bytes) !== `${actor} ${n}`;
      });
      expect(child.lines.length).toBeGreaterThanOrEqual(1_000);
      expect(missing).toEqual([]);
    }
  });

  it('asks the disk to keep every commit, and the entry of every new file', async () => {
    const thread = await WorkerThread.start({files: 'synced', folder: join(dataDir, 'database')}, undefined);
    const before = await thread.ask({do: 'syncs'});
    for (let n = 0; n < 10; n += 1) {
      await thread.ask({do: 'script', sql: `insert into update_heads (paper) values (${n})`});
    }
    const committed = await thread.ask({do: 'syncs'});
    expect(committed.files - before.files).toBeGreaterThanOrEqual(10);
    await thread.ask({do: 'script', sql: 'create table new_file (id int); select pg_switch_wal(); checkpoint'});
    expect((await thread.ask({do: 'syncs'})).folders).toBeGreaterThan(committed.folders);
    await thread.ask({do: 'close'});
    await thread.ended;
  });

  it('says that nothing is stored when the disk fails, and works again when the disk does', async () => {
    const failing = join(dataDir, 'failing');
    vi.stubEnv('FAILING_DISK', failing);
    const store = await open({workerUrl: new URL('../testing/failing-disk-worker.mjs', import.meta.url)});
    const {number} = await aPaper(store);
    expect(await store.updates.append(number, [aRow({n: 1})])).toEqual([1]);
    writeFileSync(failing, '');
    await expect(store.updates.append(number, [aRow({n: 2})])).rejects.toThrow(/I\/O error|could not be opened/);
    await expect(store.updates.append(number, [aRow({n: 3})])).rejects.toThrow('could not be opened');
    rmSync(failing);
    expect(await store.updates.append(number, [aRow({n: 4})])).toEqual([expect.any(Number)]);
    expect(await store.updates.append(number, [aRow({n: 1})])).toEqual([1]);
    const lines = await store.updates.read(number, 0, 10);
    expect(lines.map(({seq}) => seq)).toEqual(lines.map((_, place) => place + 1));
  });

  it('keeps its log short, however much is written', async () => {
    const store = await open();
    const {number} = await aPaper(store);
    const bytes = new Uint8Array(200_000).map((_, at) => at * 31);
    for (let n = 1; n <= 600; n += 10) {
      const rows = Array.from({length: 10}, (_, place) => aRow({n: n + place, bytes}));
      await store.updates.append(number, rows);
    }
    const log = join(dataDir, 'database', 'pg_wal');
    const size = () =>
      readdirSync(log).reduce((sum, name) => sum + (statSync(join(log, name), {throwIfNoEntry: false})?.size ?? 0), 0);
    await vi.waitFor(() => expect(size()).toBeLessThanOrEqual(80 * 1024 * 1024), {timeout: 15_000, interval: 200});
  });
});
