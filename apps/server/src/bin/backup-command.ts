import {createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {get} from 'node:http';
import {dirname, join} from 'node:path';
import type {Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {BackupProblem, checkBackup} from '@plenary/store/backup/backup-file';
import {packBackup} from '@plenary/store/backup/pack-backup';
import {RestoreProblem} from '@plenary/store/backup/restore-problem';
import {restoreStore} from '@plenary/store/restore-store';
import type {Config} from '../config.ts';
import {operatorSocket} from '../core/operator-door.ts';
import {complain, configOrEnd, openInstanceStore, say} from './opened.ts';
import {readWords, Usage} from './usage.ts';

export const backupHelp = `  backup [--out <file or folder>]                writes everything that the database holds into one file, also while the
                                                 server runs and people write
  restore --from <file> [--replace]              fills an empty database from it, or with --replace one that is not;
                                                 the server must be stopped`;

/** Says what it has written; resolves with the exit code. */
export async function backUp(args: readonly string[]): Promise<number> {
  const {values} = readWords({args: [...args], options: {out: {type: 'string'}}, strict: true});
  const config = configOrEnd();
  const path = fileFor(values.out ?? '.', new Date());
  const unfinished = `${path}.unfinished`;
  mkdirSync(dirname(path), {recursive: true});
  try {
    // It holds what only the operator may read.
    await write(config, createWriteStream(unfinished, {mode: 0o600}));
    await sync(unfinished);
    const {end} = await checkBackup(unfinished);
    renameSync(unfinished, path);
    await sync(dirname(path));
    const rows = Object.values(end.rows).reduce((sum, count) => sum + count, 0);
    say(`${path} (${statSync(path).size} bytes, ${rows} rows, ${end.rows['papers'] ?? 0} papers)`);
    return 0;
  } catch (error) {
    rmSync(unfinished, {force: true});
    if (error instanceof BackupProblem) throw new Error('The back-up was cut off before its end.', {cause: error});
    throw error;
  }
}

/** In a folder, a file gets the moment as its name. */
function fileFor(out: string, now: Date): string {
  const isFolder = existsSync(out) ? statSync(out).isDirectory() : /[/\\]$/.test(out);
  const moment = now.toISOString().slice(0, 19).replaceAll(':', '-');
  return isFolder ? join(out, `plenary-${moment}Z.backup.gz`) : out;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

async function write(config: Config, out: Writable): Promise<void> {
  if (config.databaseUrl === null && (await askServer(config.dataDir, out))) return;
  const store = await openInstanceStore(config);
  try {
    await packBackup(store, out);
  } finally {
    await store.close();
  }
}

/** False when no server runs on the folder. */
async function askServer(dataDir: string, out: Writable): Promise<boolean> {
  const answer = await new Promise<NodeJS.ReadableStream | null>((resolve, reject) => {
    get({socketPath: operatorSocket(dataDir), path: '/backup'}, response =>
      response.statusCode === 200 ? resolve(response) : reject(new Error(`It answers ${response.statusCode}.`)),
    ).once('error', (error: NodeJS.ErrnoException) =>
      // Nobody there, or a socket that a killed server has left.
      ['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '') ? resolve(null) : reject(error),
    );
  });
  if (answer === null) return false;
  await pipeline(answer, out);
  return true;
}

/** Says what is restored; resolves with the exit code, 1 when the file or the place will not do. */
export async function restore(args: readonly string[]): Promise<number> {
  const options = {from: {type: 'string'}, replace: {type: 'boolean', default: false}} as const;
  const {from, replace} = readWords({args: [...args], options, strict: true}).values;
  if (from === undefined) throw new Usage(`From which file?\n\n${backupHelp}`);
  const {dataDir, databaseUrl} = configOrEnd();
  try {
    const place = {dataDir, ...(databaseUrl !== null && {databaseUrl}), log: complain};
    const {header, end, before} = await restoreStore({from, replace, ...place});
    say(`Everything is as it was at ${new Date(header.at).toISOString()}: ${end.rows['papers'] ?? 0} papers.`);
    if (before !== null) say(`The database that stood there is kept in ${before}.`);
    say('Every paper begins a new epoch: whoever has one open gets it anew, and is offered what they had not saved.');
    return 0;
  } catch (error) {
    if (!(error instanceof BackupProblem || error instanceof RestoreProblem)) throw error;
    complain(error.message);
    if (error instanceof RestoreProblem && !replace) complain('With --replace it is replaced by what the file holds.');
    return 1;
  }
}
