import {createWriteStream, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {sql} from 'drizzle-orm';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import type {Queries} from '../database.ts';
import {defaultMigrationsFolder} from '../migrate.ts';
import {openStore, type StoreOptions} from '../open-store.ts';
import {restoreStore} from '../restore-store.ts';
import type {Store} from '../store.ts';
import {aMember, aPaper, aRow} from '../testing/builders.ts';
import {copyMadeFolder, freshPostgres, openTestStores, testDatabases} from '../testing/test-databases.ts';
import {makeTestFolder} from '../testing/test-folder.ts';
import {ask} from './ask.ts';
import {packBackup} from './pack-backup.ts';

// A busy machine makes embedded databases slowly.
vi.setConfig({testTimeout: 120_000});

const folder = mkdtempSync(join(tmpdir(), 'plenary-backup-'));
const opened: {close(): Promise<void>}[] = [];
let databases: Awaited<ReturnType<typeof openTestStores>>;

beforeAll(async () => {
  databases = await openTestStores();
});
afterAll(async () => {
  for (const one of opened) await one.close();
  await Promise.all(databases.map(database => database.drop()));
  rmSync(folder, {recursive: true, force: true});
});

let files = 0;

async function backUp(store: Store): Promise<string> {
  const path = join(folder, `${++files}.backup.gz`);
  await packBackup(store, createWriteStream(path));
  return path;
}

async function inFolder(): Promise<StoreOptions & {dataDir: string}> {
  const dataDir = makeTestFolder();
  opened.push({close: async () => rmSync(dataDir, {recursive: true, force: true})});
  return {dataDir};
}

/** An empty place of each kind. */
const places: Record<string, () => Promise<StoreOptions>> = {
  'PGlite in a folder': inFolder,
  ...(process.env['TEST_DATABASE_URL'] && {
    PostgreSQL: async () => {
      const {url, drop} = await freshPostgres(process.env['TEST_DATABASE_URL'] ?? '');
      opened.push({close: drop});
      return {databaseUrl: url};
    },
  }),
};

async function restored(from: string, place: StoreOptions, now = Date.UTC(2026, 10, 25)): Promise<Store> {
  await restoreStore({from, replace: false, ...place, now: () => now});
  const store = await openStore(place);
  opened.unshift(store);
  return store;
}

/** Making an embedded database takes seconds: most is tried where there is none to make. */
const quickly = places['PostgreSQL'] ?? inFolder;

function queriesOf(store: Store): Queries {
  return store.accounts.database as Queries;
}

/** Every row of every table, but for what a restoration is meant to change. */
async function contentOf(store: Store): Promise<Record<string, string[]>> {
  const queries = queriesOf(store);
  const tables = await ask<{name: string}>(
    queries,
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const content: Record<string, string[]> = {};
  for (const {name} of tables) {
    if (name === 'ledger_head' || name === 'migrations') continue;
    const rows = await ask<{row: Record<string, unknown>}>(
      queries,
      sql`select row_to_json(t) as row from ${sql.identifier(name)} t`,
    );
    content[name] = rows
      .map(({row: {epoch: _epoch, ...row}}) => row)
      .filter(({act}) => act !== 'instance.restored')
      .map(row => JSON.stringify(row))
      .toSorted();
  }
  return content;
}

/** Words with all that a file of lines could stumble over. */
const hard = 'Zeile\nnext\u2028line\u2029 "quoted" \\ back 𝄞 عربي {"end":1}';

async function fill(store: Store): Promise<number> {
  const author = await aMember(store, {handle: `Ana ${hard} ${Math.random()}`});
  const {number} = await aPaper(store, {title: hard, createdBy: author.id});
  for (let n = 1; n <= 450; n++) {
    void store.updates.append(number, [aRow({actor: author.number, n, binds: n === 1 ? [4_000_000_001] : []})]);
  }
  await store.updates.append(number, [aRow({actor: author.number, n: 451, bytes: new Uint8Array(200_000).fill(7)})]);
  await store.updates.saveSnapshot(number, Uint8Array.of(0, 1, 10, 13, 255), 300);
  await store.transaction(tx =>
    tx.ledger.append({stream: 'instance', act: 'member.joined', at: 1, actor: null, event: {member: author.id}}),
  );
  return number;
}

async function expectSame(store: Store, place: StoreOptions): Promise<void> {
  const number = await fill(store);
  const before = await contentOf(store);
  const copy = await restored(await backUp(store), place);
  expect(await contentOf(copy)).toEqual(before);

  const old = await store.updates.load(number);
  const fresh = await copy.updates.load(number);
  expect(fresh.epoch).toBeGreaterThan(old.epoch);
  expect({...fresh, epoch: old.epoch}).toEqual(old);
  const entry = await copy.ledger.find((await copy.ledger.size()) - 1);
  expect(entry).toMatchObject({act: 'instance.restored', event: {backup: expect.any(Number)}});

  // It goes on where it was.
  const {number: next} = await aPaper(copy);
  expect(next).toBeGreaterThan(number);
  expect(await copy.updates.append(number, [aRow({n: 9_999})])).toEqual([452]);
}

it('R70: a back-up of one kind of database is restored into the other, row by row and in a new epoch', async () => {
  await expectSame(databases.at(-1)!.store, await inFolder());
});

describe.each(testDatabases().map(({name}, at) => ({name, at})))('R70: a back-up of $name', ({at}) => {
  it('is restored row by row, in a new epoch', async () => {
    await expectSame(databases[at]!.store, await quickly());
  });

  it('holds one moment while many write', async () => {
    const {store} = databases[at]!;
    const {number} = await aPaper(store);
    const taking = {isDone: false};
    let n = 0;
    const writing = (async () => {
      while (!taking.isDone) {
        n += 1;
        await store.updates.append(number, [aRow({n})]);
        await store.transaction(tx =>
          tx.ledger.append({stream: 'instance', act: 'member.joined', at: n, actor: null, event: {}}),
        );
      }
    })();
    const path = await backUp(store);
    taking.isDone = true;
    await writing;
    const copy = await restored(path, await quickly());
    const {tail} = await copy.updates.load(number);
    expect(tail.map(({seq}) => seq)).toEqual(tail.map((_, place) => place + 1));
    const acts = await copy.ledger.readAll(0, 100_000);
    expect(acts.map(({index}) => index)).toEqual(acts.map((_, place) => place));
    expect(tail.length).toBeLessThanOrEqual(n);
  });
});

describe.each(Object.entries(places))('R70: restoring into %s', (_name, place) => {
  it('leaves everything as it was when the file is damaged, foreign, newer or not there', async () => {
    const {store} = databases[0]!;
    const made = await place();
    const path = await backUp(store);
    const good = readFileSync(path);
    const text = gunzipSync(good).toString('utf8');
    const bad: Record<string, [Buffer | null, RegExp]> = {
      'cut off': [good.subarray(0, good.length - 40), /is damaged: it cannot be unpacked/],
      'without its end': [gzipSync(text.slice(0, text.indexOf('{"end"'))), /is damaged: its end is missing/],
      altered: [gzipSync(text.replace('Copenhagen', 'Kopenhagen')), /is damaged: its sum/],
      'with more behind it': [gzipSync(`${text}{}\n`), /is damaged: it goes on/],
      'of another program': [gzipSync('{"hello": 1}\n'), /is not a back-up of Plenary/],
      text: [Buffer.from('Not packed at all.'), /is not a back-up of Plenary/],
      empty: [Buffer.alloc(0), /is not a back-up of Plenary/],
      'of a newer format': [gzipSync('{"plenary":"backup","version":2}\n'), /newer version/],
      missing: [null, /cannot be read \(ENOENT\)/],
    };
    const other = join(folder, 'bad.gz');
    for (const [name, [bytes, sentence]] of Object.entries(bad)) {
      rmSync(other, {force: true});
      if (bytes) writeFileSync(other, bytes);
      await expect(restoreStore({from: other, replace: true, ...made}), name).rejects.toThrow(sentence);
    }
    if (made.dataDir) expect(readdirSync(made.dataDir)).toEqual([]);
    else await expect(restored(path, made).then(contentOf)).resolves.toEqual(await contentOf(store));
  });

  it('refuses a place that is in use or not empty, and replaces it when told to', async () => {
    const {store} = databases[0]!;
    const path = await backUp(store);
    const made = await place();
    if (made.dataDir) await copyMadeFolder(made.dataDir);
    const first = await openStore(made);
    const {slug} = await aPaper(first);
    await expect(restoreStore({from: path, replace: true, ...made})).rejects.toThrow(/in use by|A server is connected/);
    await first.close();
    await expect(restoreStore({from: path, replace: false, ...made})).rejects.toThrow(/already|not empty/);
    const again = await openStore(made);
    expect(await again.papers.find(slug)).not.toBeNull();
    await again.close();
    await restoreStore({from: path, replace: true, ...made});
    const copy = await openStore(made);
    expect(await copy.papers.find(slug)).toBeNull();
    expect(await contentOf(copy)).toEqual(await contentOf(store));
    await copy.close();
  });
});

it('R70: a back-up of an older version is brought to the newest state', async () => {
  const older = join(folder, `migrations-${files}`);
  cpSync(defaultMigrationsFolder(), older, {recursive: true});
  const journal = join(older, 'meta/_journal.json');
  const {entries, ...rest} = JSON.parse(readFileSync(journal, 'utf8')) as {entries: unknown[]};
  writeFileSync(journal, JSON.stringify({...rest, entries: entries.slice(0, -1)}));
  const old = await openStore({...(await quickly()), migrationsFolder: older});
  const {slug} = await aPaper(old);
  const path = await backUp(old);
  await old.close();
  const copy = await restored(path, await quickly());
  expect(await copy.papers.find(slug)).toMatchObject({slug});
  const newest = await backUp(copy);
  await expect(
    restoreStore({from: newest, replace: true, ...(await quickly()), migrationsFolder: older}),
  ).rejects.toThrow('newer version');
});
