import {existsSync, renameSync} from 'node:fs';
import {join} from 'node:path';
import {RestoreProblem} from '../backup/restore-problem.ts';
import type {Database, Queries} from '../database.ts';
import {migrate} from '../migrate.ts';
import {Connection} from './connection.ts';
import {FolderLock} from './folder-lock.ts';
import {makeFolder} from './make-folder.ts';
import {Template} from './template.ts';
import {Upkeep} from './upkeep.ts';
import {WorkerThread} from './worker-thread.ts';

export interface PgliteOptions {
  readonly migrationsFolder: string;
  readonly workerUrl: URL | undefined;
  log(message: string): void;
}

/** The embedded database in `dataDir`: every commit is on disk before it is answered, and only one process has it. */
export async function openInFolder(dataDir: string, options: PgliteOptions): Promise<Database> {
  const lock = await FolderLock.take(dataDir);
  const folder = join(dataDir, 'database');
  const start = () => WorkerThread.start({files: 'synced', folder}, options.workerUrl);
  try {
    finishSwap(folder);
    await makeFolder(folder, async unfinished => {
      const thread = await WorkerThread.start({files: 'loose', folder: unfinished}, options.workerUrl);
      await thread.ask({do: 'close'});
      await thread.ended;
    });
    const database = await openOn({start, restart: true}, options);
    return {
      ...database,
      async close() {
        try {
          await database.close();
        } finally {
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Makes a new database in the folder, filled by `load`, and puts it in the place of what is there. That is kept beside it, and
 * its path is the answer. Throws `RestoreProblem` when there is something that may not be replaced.
 */
export async function restoreInFolder(
  dataDir: string,
  isReplaced: boolean,
  load: (queries: Queries) => Promise<void>,
  {workerUrl, log}: Omit<PgliteOptions, 'migrationsFolder'>,
): Promise<string | null> {
  const lock = await FolderLock.take(dataDir);
  const folder = join(dataDir, 'database');
  try {
    finishSwap(folder);
    if (existsSync(folder) && !isReplaced) throw new RestoreProblem(`There is a database in “${dataDir}” already.`);
    await makeFolder(restoredBeside(folder), async unfinished => {
      const start = () => WorkerThread.start({files: 'loose', folder: unfinished}, workerUrl);
      const connection = await Connection.open({start, restart: false, log, noteUse: () => undefined});
      try {
        await load(connection.queries);
      } finally {
        await connection.close();
      }
    });
    return finishSwap(folder);
  } finally {
    lock.release();
  }
}

function restoredBeside(folder: string): string {
  return `${folder}.restored`;
}

/** A restored database that is whole takes its place, also when that was interrupted by the end of the process. */
function finishSwap(folder: string): string | null {
  const restored = restoredBeside(folder);
  if (!existsSync(restored)) return null;
  let before: string | null = null;
  if (existsSync(folder)) {
    before = `${folder}.before-${new Date().toISOString().replaceAll(':', '-')}`;
    renameSync(folder, before);
  }
  renameSync(restored, folder);
  return before;
}

/** The same database without a folder, gone when it is closed. */
export async function openInMemory(options: PgliteOptions): Promise<Database> {
  const template = new Template(options.migrationsFolder);
  const copy = template.find();
  const start = () => WorkerThread.start({files: 'memory', template: copy}, options.workerUrl);
  return openOn({start, restart: false}, options, connection =>
    copy === null ? connection.ask(async thread => template.save(await thread.ask({do: 'dump'}))) : Promise.resolve(),
  );
}

async function openOn(
  how: {start(): Promise<WorkerThread>; restart: boolean},
  {migrationsFolder, log}: PgliteOptions,
  afterMigrating: (connection: Connection) => Promise<void> = () => Promise.resolve(),
): Promise<Database> {
  const connection = await Connection.open({...how, log, noteUse: () => upkeep.noteUse()});
  const upkeep = new Upkeep(sql => connection.tidy(sql), log);
  async function close() {
    upkeep.stop();
    await connection.close();
  }
  try {
    await migrate(connection.queries, migrationsFolder);
    await afterMigrating(connection);
    connection.watch();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    dialect: 'pglite',
    queries: connection.queries,
    transaction: work => connection.queries.transaction(work),
    append: (statement, parameters) => connection.run('append', statement, parameters),
    read: (statement, parameters) => connection.run('query', statement, parameters),
    close,
  };
}
