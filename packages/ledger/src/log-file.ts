import type {LedgerKey} from './checkpoint.ts';
import {fromHex, toHex} from './encoding.ts';
import {saltLength, type LeafContent} from './leaf.ts';
import {hashLength} from './merkle.ts';
import {Invalid} from './problem.ts';
import {hasExactly, readJson, readLeaf} from './receipt.ts';

// The whole ledger as JSON lines: a header, then every act in order, a checkpoint after the act that completes it, and at
// the end the newest one.

export interface LogHeader {
  readonly origin: string;
  /** As the file says; whoever must not trust the file brings keys of their own. */
  readonly keys: readonly LedgerKey[];
}

export interface LogEntry {
  readonly index: number;
  readonly leafHash: Uint8Array;
  /** What happened, where whoever saved the log may know of it. */
  readonly shown: {readonly salt: Uint8Array; readonly leaf: LeafContent} | null;
}

export type LogLine =
  | {readonly is: 'header'; readonly header: LogHeader}
  | {readonly is: 'entry'; readonly entry: LogEntry}
  | {readonly is: 'checkpoint'; readonly note: string};

export function headerLine({origin, keys}: LogHeader): string {
  return JSON.stringify({
    plenary: 'log',
    version: 1,
    origin,
    keys: keys.map(({id, publicKey}) => ({id, publicKey})),
  });
}

export function entryLine({index, leafHash, shown}: LogEntry): string {
  return JSON.stringify({
    index,
    leafHash: toHex(leafHash),
    ...(shown && {salt: toHex(shown.salt), leaf: shown.leaf}),
  });
}

export function checkpointLine(note: string): string {
  return JSON.stringify({checkpoint: note});
}

/** Throws `Invalid` `unreadable`, `not-a-log`, `other-version`, `malformed`. */
export function readLogLine(text: string): LogLine {
  const value = readJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Invalid('malformed');
  const fields = value as Readonly<Record<string, unknown>>;
  if ('plenary' in fields) return {is: 'header', header: readHeader(fields)};
  if ('checkpoint' in fields) {
    const {checkpoint} = fields;
    if (!hasExactly(fields, ['checkpoint']) || typeof checkpoint !== 'string') throw new Invalid('malformed');
    return {is: 'checkpoint', note: checkpoint};
  }
  return {is: 'entry', entry: readEntry(fields)};
}

function readHeader({plenary, version, origin, keys}: Readonly<Record<string, unknown>>): LogHeader {
  if (plenary !== 'log') throw new Invalid('not-a-log');
  if (version !== 1) throw new Invalid('other-version');
  if (typeof origin !== 'string' || !Array.isArray(keys)) throw new Invalid('malformed');
  return {origin, keys: readKeys(keys)};
}

/** Keys as they are published; other fields of them are of no concern. Throws `Invalid` `malformed`. */
export function readKeys(keys: readonly unknown[]): LedgerKey[] {
  return keys.map(key => {
    const {id, publicKey} = (key ?? {}) as {id?: unknown; publicKey?: unknown};
    if (typeof id !== 'string' || typeof publicKey !== 'string') throw new Invalid('malformed');
    return {id, publicKey};
  });
}

function readEntry(fields: Readonly<Record<string, unknown>>): LogEntry {
  const {index, leafHash, salt, leaf} = fields;
  const hash = fromHex(leafHash, hashLength);
  const isShown = hasExactly(fields, ['index', 'leafHash', 'salt', 'leaf']);
  const isHidden = hasExactly(fields, ['index', 'leafHash']);
  if (!hash || !Number.isSafeInteger(index) || (!isShown && !isHidden)) throw new Invalid('malformed');
  const saltBytes = fromHex(salt, saltLength);
  if (isShown && !saltBytes) throw new Invalid('malformed');
  return {
    index: Number(index),
    leafHash: hash,
    shown: isShown && saltBytes ? {salt: saltBytes, leaf: readLeaf(leaf)} : null,
  };
}
