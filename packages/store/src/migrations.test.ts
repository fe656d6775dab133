import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {sql} from 'drizzle-orm';
import {generateDrizzleJson, generateMigration} from 'drizzle-kit/api';
import {afterEach, describe, expect, it} from 'vitest';
import type {Queries} from './database.ts';
import {defaultMigrationsFolder} from './migrate.ts';
import {openStore} from './open-store.ts';
import {testDatabases, type TestDatabase} from './testing/test-databases.ts';

async function allTables(): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {};
  for (const area of readdirSync(import.meta.dirname, {withFileTypes: true})) {
    const path = join(import.meta.dirname, area.name, `${area.name}.table.ts`);
    if (area.isDirectory() && readdirSync(join(import.meta.dirname, area.name)).includes(`${area.name}.table.ts`)) {
      Object.assign(tables, await import(pathToFileURL(path).href));
    }
  }
  return tables;
}

describe('the migrations', () => {
  let databases: TestDatabase[] = [];
  afterEach(async () => {
    await Promise.all(databases.map(database => database.drop()));
    databases = [];
  });

  it('make exactly the tables that the code knows', async () => {
    const folder = join(defaultMigrationsFolder(), 'meta');
    const newest = readdirSync(folder)
      .filter(name => name.endsWith('_snapshot.json'))
      .toSorted()
      .at(-1);
    const made = JSON.parse(readFileSync(join(folder, newest ?? ''), 'utf8')) as ReturnType<typeof generateDrizzleJson>;
    const tables = await allTables();
    expect(Object.keys(tables).length).toBeGreaterThan(10);
    expect(await generateMigration(made, generateDrizzleJson(tables, made.id))).toEqual([]);
  });

  it('are not run by a version of the product that is older than the database', async () => {
    databases = testDatabases().filter(database => database.name !== 'PGlite in memory');
    for (const database of databases) {
      const store = await database.open();
      const queries = store.accounts.database as Queries;
      await queries.execute(sql`insert into migrations (made, hash) values (9999999999999, 'of tomorrow')`);
      await store.close();
      await expect(database.open()).rejects.toThrow('another version of Plenary');
    }
  });

  it('run once when several servers start at the same time', async () => {
    databases = testDatabases().filter(({shared}) => shared);
    for (const database of databases) {
      const stores = await Promise.all([database.open(), database.open(), database.open()]);
      for (const store of stores) expect(await store.papers.all()).toEqual([]);
    }
  });

  it('need a place', async () => {
    await expect(openStore({})).rejects.toThrow('needs a data folder');
  });
});
