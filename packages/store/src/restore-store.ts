import {mkdirSync} from 'node:fs';
import {checkBackup, type CheckedBackup} from './backup/backup-file.ts';
import {loadBackup, requireKnown} from './backup/load-backup.ts';
import {defaultMigrationsFolder} from './migrate.ts';
import type {StoreOptions} from './open-store.ts';
import {restoreInFolder} from './pglite/pglite.ts';
import {restoreInPostgres} from './postgres/postgres.ts';

export interface RestoreOptions extends Pick<
  StoreOptions,
  'dataDir' | 'databaseUrl' | 'migrationsFolder' | 'workerUrl'
> {
  /** The file. */
  readonly from: string;
  /** What is there may be replaced. */
  readonly replace: boolean;
  readonly log?: (message: string) => void;
  readonly now?: () => number;
}

export interface Restored extends CheckedBackup {
  /** Where the embedded database that stood there is kept; null: there was none, or it is PostgreSQL. */
  readonly before: string | null;
}

/**
 * Fills the database from a back-up; no server may be running on it. Every paper begins a new epoch. Throws `BackupProblem`
 * about the file and `RestoreProblem` about the place; then, and after any other failure, everything is as it was.
 */
export async function restoreStore({from, replace, ...options}: RestoreOptions): Promise<Restored> {
  const migrationsFolder = options.migrationsFolder ?? defaultMigrationsFolder();
  const checked = await checkBackup(from);
  requireKnown({path: from, header: checked.header, migrationsFolder});
  const now = (options.now ?? Date.now)();
  const load = (queries: Parameters<typeof loadBackup>[0]) =>
    loadBackup(queries, {path: from, header: checked.header, migrationsFolder, now});
  if (options.databaseUrl) {
    await restoreInPostgres(options.databaseUrl, replace, load);
    return {...checked, before: null};
  }
  if (options.dataDir === undefined) throw new Error('A restoration needs a data folder or a database address.');
  mkdirSync(options.dataDir, {recursive: true, mode: 0o700});
  const {workerUrl, log = () => undefined} = options;
  return {...checked, before: await restoreInFolder(options.dataDir, replace, load, {workerUrl, log})};
}
