import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {sql} from 'drizzle-orm';
import {readMigrationFiles} from 'drizzle-orm/migrator';
import type {Queries} from './database.ts';

/** Beside the package's sources, or beside the bundle, where the server's build copies the folder. */
export function defaultMigrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../migrations', import.meta.url));
}

/**
 * Brings the database to the newest state, one transaction a migration. Refuses a database that a newer version of the
 * product has opened: its rows may mean what this version cannot know. The caller sees to it that only one does it at a time.
 * `count`: of the migrations, the first so many; all unless said.
 */
export async function migrate(queries: Queries, folder: string, count = Infinity): Promise<void> {
  const migrations = readMigrationFiles({migrationsFolder: folder}).slice(0, count);
  await queries.execute(sql`create table if not exists migrations (
    made bigint primary key,
    hash text not null,
    applied timestamptz not null default now()
  )`);
  const applied = await queries
    .select({made: sql<string>`made::text`, hash: sql<string>`hash`})
    .from(sql`migrations`)
    .orderBy(sql`made`);
  for (const [place, {made, hash}] of applied.entries()) {
    const own = migrations[place];
    if (!own || Number(made) !== own.folderMillis) {
      throw new Error('This database was made by another version of Plenary. Start that version, or a newer one.');
    }
    if (hash !== own.hash)
      throw new Error(`The migration of ${new Date(Number(made)).toISOString()} was changed afterwards.`);
  }
  for (const {sql: statements, hash, folderMillis} of migrations.slice(applied.length)) {
    await queries.transaction(async together => {
      for (const statement of statements) await together.execute(sql.raw(statement));
      await together.execute(sql`insert into migrations (made, hash) values (${folderMillis}, ${hash})`);
    });
  }
}
