import {randomBytes} from 'node:crypto';
import {cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import {defaultMigrationsFolder} from '../migrate.ts';
import {openStore, type StoreOptions} from '../open-store.ts';
import {migrationsDigest} from '../pglite/template.ts';
import type {Store} from '../store.ts';
import {makeTestFolder} from './test-folder.ts';

/** A database of a test's own: empty and migrated, gone after `drop`. */
export interface TestDatabase {
  readonly name: string;
  /** Whether several stores may be open on it at once. */
  readonly shared: boolean;
  /** Opens a store on it; `drop` closes all that were opened. */
  open(options?: StoreOptions): Promise<Store>;
  drop(): Promise<void>;
}

/** One of each kind, to run a suite on: in memory, in a folder, and PostgreSQL where TEST_DATABASE_URL names one. */
export function testDatabases(): TestDatabase[] {
  return [memoryDatabase(), folderDatabase(), ...postgresDatabases()];
}

/** As `testDatabases`, with a store open on each. */
export async function openTestStores(): Promise<(TestDatabase & {readonly store: Store})[]> {
  return Promise.all(testDatabases().map(async database => ({...database, store: await database.open()})));
}

function memoryDatabase(): TestDatabase {
  return tracking('PGlite in memory', false, async () => ({memory: true}));
}

function folderDatabase(): TestDatabase {
  const folder = once(async () => {
    const dataDir = makeTestFolder();
    await copyMadeFolder(dataDir);
    return dataDir;
  });
  return tracking(
    'PGlite in a folder',
    false,
    async () => ({dataDir: await folder.get()}),
    async () => {
      if (folder.made) rmSync(await folder.get(), {recursive: true, force: true});
    },
  );
}

/** Making a database takes seconds: it is made once, kept with the installed packages and copied for each test. */
export async function copyMadeFolder(dataDir: string): Promise<void> {
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  const made = join(cache, `folder-${migrationsDigest(defaultMigrationsFolder())}`);
  if (!existsSync(made)) {
    mkdirSync(cache, {recursive: true});
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    await (await openStore({dataDir: unfinished})).close();
    try {
      renameSync(unfinished, made);
    } catch {
      // Another test was faster.
      rmSync(unfinished, {recursive: true, force: true});
    }
  }
  cpSync(join(made, 'database'), join(dataDir, 'database'), {recursive: true});
}

/** Empty when there is no PostgreSQL, with the reason printed; throws when REQUIRE_SERVICES demands one. */
export function postgresDatabases(): TestDatabase[] {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) {
    if (process.env['REQUIRE_SERVICES'] === '1') throw new Error('TEST_DATABASE_URL must name a PostgreSQL.');
    process.stderr.write('Not tested on PostgreSQL: TEST_DATABASE_URL is not set.\n');
    return [];
  }
  const database = once(() => freshPostgres(url));
  return [
    tracking(
      'PostgreSQL',
      true,
      async () => ({databaseUrl: (await database.get()).url}),
      async () => {
        if (database.made) await (await database.get()).drop();
      },
    ),
  ];
}

/** A new database on the server of `url`, empty. */
export async function freshPostgres(url: string): Promise<{readonly url: string; drop(): Promise<void>}> {
  const name = `plenary_${randomBytes(6).toString('hex')}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  await administer(url, `create database ${name}`);
  return {url: own.href, drop: () => administer(url, `drop database ${name} with (force)`)};
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function tracking(
  name: string,
  shared: boolean,
  place: () => Promise<StoreOptions>,
  remove: () => Promise<void> = () => Promise.resolve(),
): TestDatabase {
  const opened: Store[] = [];
  return {
    name,
    shared,
    async open(options) {
      const store = await openStore({...options, ...(await place())});
      opened.push(store);
      return store;
    },
    async drop() {
      await Promise.all(opened.splice(0).map(store => store.close()));
      await remove();
    },
  };
}

function once<Value>(make: () => Promise<Value>): {get(): Promise<Value>; readonly made: boolean} {
  let made: Promise<Value> | null = null;
  return {
    get: () => (made ??= make()),
    get made() {
      return made !== null;
    },
  };
}
