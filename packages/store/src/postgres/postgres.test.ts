import {sql} from 'drizzle-orm';
import {afterAll, describe, expect, it, vi} from 'vitest';
import type {Queries} from '../database.ts';
import type {Store} from '../store.ts';
import {aPaper, aRow} from '../testing/builders.ts';
import {postgresDatabases, type TestDatabase} from '../testing/test-databases.ts';

function queriesOf(store: Store): Queries {
  return store.accounts.database as Queries;
}

const databases = postgresDatabases();

describe.skipIf(databases.length === 0)('a store on PostgreSQL', () => {
  const [database] = databases as [TestDatabase];
  afterAll(() => database?.drop());

  it('comes back by itself after the database has cut every connection', async () => {
    const said: string[] = [];
    const store = await database.open({log: message => said.push(message)});
    const other = await database.open();
    const {number} = await aPaper(store);
    expect(await store.updates.append(number, [aRow({n: 1})])).toEqual([1]);
    await queriesOf(other).execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    // Whether this one meets the old connection or a new one, the same update is asked for until it is stored.
    await vi.waitFor(async () => expect(await store.updates.append(number, [aRow({n: 2})])).toEqual([2]), {
      timeout: 10_000,
    });
    // Each connection of the pool finds out for itself, when it is told or when it is used.
    await vi.waitFor(async () => expect(await store.papers.all()).toHaveLength(1), {timeout: 10_000});
    await vi.waitFor(() => expect(said.join(' ')).toContain('broke'), {timeout: 10_000});
  });

  it('is durable when it has answered, whatever the database is set to', async () => {
    const before = queriesOf(await database.open());
    await before.execute(
      sql.raw(`do $$ begin
        execute format('alter database %I set synchronous_commit = off', current_database());
      end $$`),
    );
    const store = await database.open();
    const [row] = await queriesOf(store)
      .select({is: sql<string>`current_setting('synchronous_commit')`})
      .from(sql`(select 1) as one`);
    expect(row).toEqual({is: 'on'});
  });
});
