import {sha256} from '@noble/hashes/sha2.js';
import {openCheckpoint, sameCheckpoint, type Checkpoint, type LedgerKey} from './checkpoint.ts';
import {sameBytes, toHex} from './encoding.ts';
import {leafHash, type LeafContent} from './leaf.ts';
import {readLogLine, type LogEntry} from './log-file.ts';
import {Frontier, inclusionSteps, verifyConsistency, type ProofStep} from './merkle.ts';
import {Invalid, verdict, type Verdict} from './problem.ts';
import {readJson, readReceipt} from './receipt.ts';

/** What a valid receipt says. */
export interface Proven {
  readonly leaf: LeafContent;
  readonly leafHash: Uint8Array;
  readonly steps: readonly ProofStep[];
  readonly checkpoint: Checkpoint & {readonly key: string};
}

/** Whether this text is a receipt of an act in the ledger that these keys sign. */
export function verifyReceipt(text: string, keys: readonly LedgerKey[]): Verdict<Proven> {
  return verdict(() => prove(readJson(text), keys));
}

/** The same for each of a file of receipts, or for the only one in it. Empty when the file holds none. */
export function verifyReceipts(text: string, keys: readonly LedgerKey[]): Verdict<Proven>[] {
  const read = verdict(() => {
    const value = readJson(text) as {plenary?: unknown; version?: unknown; receipts?: unknown} | null;
    if (value?.plenary !== 'receipts') return {receipts: [value] as unknown[]};
    if (value.version !== 1) throw new Invalid('other-version');
    if (!Array.isArray(value.receipts)) throw new Invalid('malformed');
    return {receipts: value.receipts as unknown[]};
  });
  return read.ok ? read.receipts.map(one => verdict(() => prove(one, keys))) : [read];
}

function prove(value: unknown, keys: readonly LedgerKey[]): Proven {
  const receipt = readReceipt(value);
  const checkpoint = openCheckpoint(receipt.checkpoint, keys);
  if (checkpoint.key !== receipt.key) throw new Invalid('key-unknown');
  const {leaf} = receipt;
  if (leaf.index >= checkpoint.size) throw new Invalid('not-covered');
  const hash = leafHash(receipt.salt, leaf);
  const steps = inclusionSteps(leaf.index, checkpoint.size, hash, receipt.proof);
  if (!steps || !sameBytes(steps.at(-1)?.result ?? hash, checkpoint.root)) throw new Invalid('proof-wrong');
  return {leaf, leafHash: hash, steps, checkpoint};
}

/** Whether these bytes are the text that was issued by the act of this receipt. */
export function verifyRevision(bytes: Uint8Array, receipt: string, keys: readonly LedgerKey[]): Verdict<Proven> {
  return verdict(() => {
    const proven = prove(readJson(receipt), keys);
    const {act, event} = proven.leaf;
    if (act !== 'revision.issued' || typeof event['sha256'] !== 'string') throw new Invalid('not-a-revision');
    if (toHex(sha256(bytes)) !== event['sha256']) throw new Invalid('text-differs');
    return proven;
  });
}

/** Whether the later checkpoint is of the same ledger, with everything of the earlier one still in its place. */
export function verifyCheckpoints(
  one: string,
  other: string,
  proof: readonly Uint8Array[],
  keys: readonly LedgerKey[],
): Verdict<{readonly from: Checkpoint; readonly to: Checkpoint}> {
  return verdict(() => {
    const [from, to] = [openCheckpoint(one, keys), openCheckpoint(other, keys)];
    if (from.origin !== to.origin) throw new Invalid('other-origin');
    if (!verifyConsistency(from.size, to.size, from.root, to.root, proof)) throw new Invalid('history-differs');
    return {from, to};
  });
}

export interface LogReport {
  readonly origin: string;
  /** Acts in it, and those of them whose content is shown and was recomputed. */
  readonly acts: number;
  readonly shown: number;
  readonly checkpoints: number;
  readonly newest: Checkpoint & {readonly key: string};
  /** False: the keys are those that the file itself names. */
  readonly keysKnown: boolean;
}

/** Reads a log line by line, in memory that hardly grows; `end` says what is so. After a problem it reads no further. */
export class LogVerifier {
  readonly #given: readonly LedgerKey[] | null;
  readonly #known: readonly string[];
  readonly #frontier = new Frontier();
  #keys: readonly LedgerKey[] = [];
  #origin: string | null = null;
  #shown = 0;
  #checkpoints = 0;
  #newest: (Checkpoint & {key: string}) | null = null;
  #earlier: Checkpoint[] = [];
  #failed: Extract<Verdict<object>, {ok: false}> | null = null;

  /** `keys` null: those of the file. `known`: checkpoints that were saved before, which the log must agree with. */
  constructor(keys: readonly LedgerKey[] | null, known: readonly string[] = []) {
    this.#given = keys;
    this.#known = known;
  }

  get failed(): boolean {
    return this.#failed !== null;
  }

  push(text: string): void {
    if (this.#failed || text === '') return;
    const index = this.#frontier.size;
    const read = verdict(() => {
      this.#read(text);
      return {};
    });
    if (!read.ok) this.#failed = this.#origin === null ? read : {...read, index};
  }

  end(): Verdict<LogReport> {
    if (this.#failed) return this.#failed;
    const newest = this.#newest;
    if (this.#origin === null) return {ok: false, problem: 'not-a-log'};
    if (!newest || newest.size !== this.#frontier.size) {
      return {ok: false, problem: 'log-short', index: this.#frontier.size};
    }
    const [beyond] = this.#earlier;
    if (beyond) return {ok: false, problem: 'log-short', index: beyond.size};
    return {
      ok: true,
      origin: this.#origin,
      acts: this.#frontier.size,
      shown: this.#shown,
      checkpoints: this.#checkpoints,
      newest,
      keysKnown: this.#given !== null,
    };
  }

  #read(text: string): void {
    const line = readLogLine(text);
    if (this.#origin === null) {
      if (line.is !== 'header') throw new Invalid('not-a-log');
      this.#keys = this.#given ?? line.header.keys;
      this.#earlier = this.#known
        .map(note => openCheckpoint(note, this.#keys))
        .toSorted((one, other) => one.size - other.size);
      if (this.#earlier.some(({origin}) => origin !== line.header.origin)) throw new Invalid('other-origin');
      this.#origin = line.header.origin;
      return;
    }
    if (line.is === 'header') throw new Invalid('malformed');
    if (line.is === 'entry') this.#take(line.entry);
    else this.#compare(line.note);
  }

  #take({index, leafHash: hash, shown}: LogEntry): void {
    if (index !== this.#frontier.size) throw new Invalid('out-of-place');
    if (shown) {
      if (shown.leaf.index !== index) throw new Invalid('out-of-place');
      if (!sameBytes(leafHash(shown.salt, shown.leaf), hash)) throw new Invalid('leaf-differs');
      this.#shown++;
    }
    this.#frontier.append(hash);
    while (this.#earlier[0]?.size === this.#frontier.size) {
      const [saved] = this.#earlier.splice(0, 1);
      if (saved && !sameBytes(saved.root, this.#frontier.root())) throw new Invalid('history-differs');
    }
  }

  #compare(note: string): void {
    const checkpoint = openCheckpoint(note, this.#keys);
    const {key} = checkpoint;
    if (checkpoint.origin !== this.#origin) throw new Invalid('other-origin');
    if (checkpoint.size !== this.#frontier.size) throw new Invalid('out-of-place');
    const here = {...checkpoint, root: this.#frontier.root()};
    if (!sameCheckpoint(checkpoint, here)) throw new Invalid('root-differs');
    this.#newest = {origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root, at: checkpoint.at, key};
    this.#checkpoints++;
  }
}

/** A whole log in memory. */
export function verifyLog(
  text: string,
  keys: readonly LedgerKey[] | null,
  known: readonly string[] = [],
): Verdict<LogReport> {
  const verifier = new LogVerifier(keys, known);
  for (const line of text.split('\n')) verifier.push(line);
  return verifier.end();
}
