import {sql} from 'drizzle-orm';
import {readMigrationFiles} from 'drizzle-orm/migrator';
import type {Queries} from '../database.ts';
import {ledgerStore} from '../ledger/ledger.store.ts';
import {migrate} from '../migrate.ts';
import {ask} from './ask.ts';
import {newer, piecesOf, type BackupHeader} from './backup-file.ts';

export interface Loading {
  readonly path: string;
  readonly header: BackupHeader;
  readonly migrationsFolder: string;
  readonly now: number;
}

/** Throws `BackupProblem` when this program has not all migrations that the back-up was made with. */
export function requireKnown({path, header, migrationsFolder}: Omit<Loading, 'now'>): void {
  const own = readMigrationFiles({migrationsFolder});
  if (header.migrations.some((hash, at) => own[at]?.hash !== hash)) throw newer(path);
}

/**
 * Fills a database without tables: first the tables as they were, then the rows, then what has changed about the tables since.
 * Every paper begins a new epoch, and the ledger says so. Several transactions, unless `queries` is one.
 */
export async function loadBackup(queries: Queries, loading: Loading): Promise<void> {
  const {path, header, migrationsFolder, now} = loading;
  await migrate(queries, migrationsFolder, header.migrations.length);
  await empty(queries);
  const bonds = await loosen(queries);
  for await (const {table, rows} of piecesOf(path)) {
    const name = sql.identifier(table);
    await queries.execute(
      sql`insert into ${name} overriding system value
        select * from json_populate_recordset(null::${name}, ${`[${rows.join(',')}]`}::json)`,
    );
  }
  for (const {table, name, definition} of bonds) {
    await queries.execute(
      sql`alter table ${sql.identifier(table)} add constraint ${sql.identifier(name)} ${sql.raw(definition)}`,
    );
  }
  await continueNumbers(queries);
  await migrate(queries, migrationsFolder);
  await beginEpoch(queries, header, now);
}

/** What migrations have written stands in the back-up too. */
async function empty(queries: Queries): Promise<void> {
  const tables = await ask<{name: string}>(
    queries,
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations'`,
  );
  const names = sql.join(
    tables.map(({name}) => sql.identifier(name)),
    sql`, `,
  );
  await queries.execute(sql`truncate ${names}`);
}

interface Bond {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

/** Rows come table by table, in no order that foreign keys would like; they are checked when all are there. */
async function loosen(queries: Queries): Promise<Bond[]> {
  const bonds = await ask<Bond>(
    queries,
    sql`select t.relname as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
      where c.contype = 'f' and n.nspname = 'public'`,
  );
  for (const {table, name} of bonds) {
    await queries.execute(sql`alter table ${sql.identifier(table)} drop constraint ${sql.identifier(name)}`);
  }
  return bonds;
}

/** What the database numbers itself goes on behind the last number. */
async function continueNumbers(queries: Queries): Promise<void> {
  const numbered = await ask<{table: string; column: string}>(
    queries,
    sql`select table_name as table, column_name as column from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES'`,
  );
  for (const {table, column} of numbered) {
    await queries.execute(
      sql`select setval(pg_get_serial_sequence(${`public.${table}`}, ${column}),
        (select coalesce(max(${sql.identifier(column)}), 0) + 1 from ${sql.identifier(table)}), false)`,
    );
  }
}

/** So that two restorations of one back-up are two epochs: seconds of a year that lies behind fit into the column until 2094. */
const epochOrigin = Date.UTC(2026, 0, 1);

async function beginEpoch(queries: Queries, header: BackupHeader, now: number): Promise<void> {
  const epoch = Math.floor((now - epochOrigin) / 1000);
  await queries.transaction(async together => {
    await together.execute(sql`update papers set epoch = greatest(epoch + 1, ${epoch})`);
    await ledgerStore(together, {transaction: true}).append({
      stream: 'instance',
      act: 'instance.restored',
      at: now,
      actor: null,
      event: {backup: header.at},
    });
  });
}
