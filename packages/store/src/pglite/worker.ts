// The database's own thread. Bundle this file as `pglite-worker.js` beside the server's bundle and keep
// '@electric-sql/pglite' and '@electric-sql/pglite/nodefs' external: they find their .wasm and .data files beside
// themselves, so the server's package must depend on '@electric-sql/pglite'. Beside the bundle must also lie a copy of
// packages/store/migrations as `migrations`.
import {readFileSync} from 'node:fs';
import {parentPort, workerData} from 'node:worker_threads';
import {PGlite, types, type ParserOptions} from '@electric-sql/pglite';
import {NodeFS} from '@electric-sql/pglite/nodefs';
import type {DatabaseFailure} from '../wire/database-error.ts';
import type {FromWorker, Job, JobResults, QueryResult, ToWorker, WorkerStart} from './port.ts';
import {SyncedFiles} from './synced-files.ts';

if (!parentPort) throw new Error('This file is a worker.');
const port = parentPort;
const start = workerData as WorkerStart;
const synced = start.files === 'synced' ? new SyncedFiles(start.folder) : null;

/** `-F` would switch every sync off. PGlite syncs by `fsync` alone. */
const durable = PGlite.defaultStartParams.filter(parameter => parameter !== '-F').concat('-c', 'wal_sync_method=fsync');

/**
 * Little memory, since it lives in the server's process; a small write-ahead log, since the server itself sees to
 * checkpoints; one plan for every use of a prepared statement, since making plans costs more than running them.
 */
const settings = [
  'shared_buffers=16MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  'plan_cache_mode=force_generic_plan',
  'default_statistics_target=20',
].flatMap(setting => ['-c', setting]);

/** Drizzle reads these as text by itself. */
const asText = (value: string) => value;
const parsers: ParserOptions = {
  [types.TIMESTAMP]: asText,
  [types.TIMESTAMPTZ]: asText,
  [types.INTERVAL]: asText,
  [types.DATE]: asText,
};

function begin(): PGlite {
  const loose = [...PGlite.defaultStartParams, ...settings];
  if (synced) return new PGlite({fs: synced, startParams: [...durable, ...settings]});
  if (start.files === 'loose') return new PGlite({fs: new NodeFS(start.folder), startParams: loose});
  if (start.files === 'memory' && start.template !== null) {
    return new PGlite('memory://', {startParams: loose, loadDataDir: new Blob([readFileSync(start.template)])});
  }
  return new PGlite('memory://', {startParams: loose});
}

async function run(database: PGlite, job: Job): Promise<JobResults[Job['do']]> {
  switch (job.do) {
    case 'query': {
      const {rows, fields, affectedRows} = await database.query(job.sql, [...job.parameters], {
        rowMode: job.rowMode,
        parsers,
      });
      const result: QueryResult = {rows, fields};
      if (affectedRows !== undefined) result.affectedRows = affectedRows;
      return result;
    }
    case 'wire':
      // A copy, since the answer lies in the database's own memory.
      return database.execProtocolRawSync(job.message).slice();
    case 'script':
      await database.exec(job.sql);
      return undefined;
    case 'dump':
      return new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer());
    case 'syncs':
      return synced ? {...synced.syncs} : {files: 0, folders: 0};
    case 'close':
      await database.close();
      return undefined;
  }
}

function failureOf(error: unknown): DatabaseFailure {
  const unnamed = {severity: undefined, code: undefined, constraint: undefined, detail: undefined};
  if (!(error instanceof Error)) return {message: String(error), ...unnamed};
  const {message, severity, code, constraint, detail} = error as Error & DatabaseFailure;
  return {message, severity, code, constraint, detail};
}

function answer(message: FromWorker): void {
  port.postMessage(message);
}

try {
  const database = begin();
  await database.waitReady;
  // One after the other, whatever the sender does: the raw protocol takes no lock of its own.
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', ({id, job}: ToWorker) => {
    last = last.then(async () => {
      try {
        answer({id, result: await run(database, job)});
      } catch (error) {
        answer({id, failure: failureOf(error)});
      }
      if (job.do === 'close') port.close();
    });
  });
  answer({ready: true});
} catch (error) {
  answer({unopened: error instanceof Error ? (error.stack ?? error.message) : String(error)});
  port.close();
}
