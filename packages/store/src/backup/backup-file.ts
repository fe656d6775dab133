import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {pipeline} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {createGunzip} from 'node:zlib';

/** The first line of a back-up, which is a gzipped file of JSON lines. */
export interface BackupHeader {
  readonly plenary: 'backup';
  readonly version: 1;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** Hashes of the migrations that had made the tables, in order. */
  readonly migrations: readonly string[];
}

/** The last line: a file without it, or whose lines before it have another sum, is not whole. */
export interface BackupEnd {
  /** So many rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** SHA-256 of all lines before, each with its line feed, as hexadecimal digits. */
  readonly sha256: string;
}

/** A line that begins a table; the lines after it are its rows, as PostgreSQL's row_to_json writes them. */
export interface TableLine {
  readonly table: string;
}

export const backupVersion = 1;

export type BackupFault = 'unreadable' | 'foreign' | 'newer' | 'damaged';

/** The file cannot be restored from; nothing was changed. `message` says so to the operator. */
export class BackupProblem extends Error {
  readonly fault: BackupFault;

  constructor(fault: BackupFault, sentence: string) {
    super(sentence);
    this.name = 'BackupProblem';
    this.fault = fault;
  }
}

/** Writes the lines of a back-up one by one, and its sum at the end. */
export class BackupWriter {
  readonly #write: (text: string) => Promise<void>;
  readonly #hash = createHash('sha256');
  readonly #rows: Record<string, number> = {};
  #table = '';

  /** `write` resolves when more may come. */
  constructor(write: (text: string) => Promise<void>) {
    this.#write = write;
  }

  async begin(header: BackupHeader): Promise<void> {
    await this.#line(JSON.stringify(header));
  }

  /** Rows as JSON texts without a line feed. */
  async rows(table: string, rows: readonly string[]): Promise<void> {
    if (table !== this.#table) await this.#line(JSON.stringify({table} satisfies TableLine));
    this.#table = table;
    this.#rows[table] = (this.#rows[table] ?? 0) + rows.length;
    if (rows.length > 0) await this.#line(rows.join('\n'));
  }

  async end(): Promise<BackupEnd> {
    const end: BackupEnd = {rows: this.#rows, sha256: this.#hash.copy().digest('hex')};
    await this.#line(JSON.stringify({end}));
    return end;
  }

  async #line(text: string): Promise<void> {
    this.#hash.update(`${text}\n`);
    await this.#write(`${text}\n`);
  }
}

export interface CheckedBackup {
  readonly header: BackupHeader;
  readonly end: BackupEnd;
}

/** Reads the whole file. Throws `BackupProblem` when it is not a back-up, or not whole. */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  let header: BackupHeader | null = null;
  let end: BackupEnd | null = null;
  const hash = createHash('sha256');
  for await (const line of linesOf(path)) {
    if (header === null) header = headerIn(line, path);
    else if (end !== null) throw damaged(path, 'it goes on after its end');
    else if (line.startsWith('{"end":')) {
      end = (JSON.parse(line) as {end: BackupEnd}).end;
      if (hash.copy().digest('hex') !== end.sha256) throw damaged(path, 'its sum is not the one that it names');
      continue;
    }
    hash.update(`${line}\n`);
  }
  if (header === null) throw foreign(path);
  if (end === null) throw damaged(path, 'its end is missing');
  return {header, end};
}

/** Table by table, in pieces of at most so many rows and characters. Of a file that was checked. */
export async function* piecesOf(path: string): AsyncGenerator<{readonly table: string; readonly rows: string[]}> {
  const mostRows = 500;
  const mostText = 1_000_000;
  let table = '';
  let rows: string[] = [];
  let size = 0;
  for await (const line of linesOf(path)) {
    const isRow = table !== '' && !/^\{"(?:table|end)":/.test(line);
    if (isRow) {
      rows.push(line);
      size += line.length;
    }
    if (rows.length > 0 && (!isRow || rows.length === mostRows || size >= mostText)) {
      yield {table, rows};
      rows = [];
      size = 0;
    }
    if (line.startsWith('{"table":')) ({table} = JSON.parse(line) as TableLine);
  }
}

/** A row may hold what Unicode and other programs take for the end of a line: here it is the line feed alone. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip();
  pipeline(createReadStream(path), unpacked, () => undefined);
  const decoder = new StringDecoder('utf8');
  let begun: string[] = [];
  let isEmpty = true;
  try {
    for await (const bytes of unpacked) {
      isEmpty = false;
      const [first = '', ...others] = decoder.write(bytes as Buffer).split('\n');
      begun.push(first);
      for (const next of others) {
        yield begun.join('');
        begun = [next];
      }
    }
  } catch (error) {
    if (error instanceof BackupProblem) throw error;
    const {code = ''} = error as NodeJS.ErrnoException;
    if (code.startsWith('E')) throw unreadable(path, code);
    throw isEmpty ? foreign(path) : damaged(path, 'it cannot be unpacked to its end');
  }
  if (begun.join('') !== '') throw damaged(path, 'its last line is not whole');
}

function headerIn(line: string, path: string): BackupHeader {
  let found: Partial<Record<keyof BackupHeader, unknown>>;
  try {
    found = JSON.parse(line) as typeof found;
  } catch {
    throw foreign(path);
  }
  if (found?.plenary !== 'backup' || typeof found.version !== 'number') throw foreign(path);
  if (found.version > backupVersion) throw newer(path);
  return found as BackupHeader;
}

function unreadable(path: string, code: string): BackupProblem {
  return new BackupProblem('unreadable', `The file “${path}” cannot be read (${code}).`);
}

function foreign(path: string): BackupProblem {
  return new BackupProblem('foreign', `“${path}” is not a back-up of Plenary. Nothing was changed.`);
}

export function newer(path: string): BackupProblem {
  return new BackupProblem(
    'newer',
    `“${path}” was made by a newer version of Plenary: restore it with that one. Nothing was changed.`,
  );
}

function damaged(path: string, why: string): BackupProblem {
  return new BackupProblem('damaged', `“${path}” is damaged: ${why}. Nothing was changed.`);
}
