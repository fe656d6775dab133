import {Refusal} from '@plenary/domain/refusal';
import {isConflict} from '../conflict.ts';
import type {AppendRow} from '../store.ts';
import {byteaArray, int4Array, int8, int8Array} from '../wire/binary.ts';
import {notStored} from './append.ts';

const maxRows = 1_000;
const maxBytes = 4 * 1024 * 1024;
/** How often another server may come in between before an append gives up. */
const maxTries = 5;

interface Call {
  readonly paper: number;
  readonly rows: readonly AppendRow[];
  readonly bytes: number;
  resolve(seqs: number[]): void;
  reject(error: unknown): void;
}

/**
 * Natural batching: one batch in flight; when it is done, everything that came meanwhile is the next one. No fixed window, so
 * that a lonely update waits for nothing and a crowd shares one sync of the disk.
 */
export class Appender {
  readonly #run: (parameters: readonly Buffer[]) => Promise<number[]>;
  readonly #now: () => number;
  #waiting: Call[] = [];
  #flight: Promise<void> | null = null;
  #closed = false;

  /** `run` executes the append statement and returns its one column. */
  constructor(run: (parameters: readonly Buffer[]) => Promise<number[]>, now: () => number) {
    this.#run = run;
    this.#now = now;
  }

  /** All or nothing for up to 1,000 rows and 4 MiB; more go in pieces, one after the other. */
  async append(paper: number, rows: readonly AppendRow[]): Promise<number[]> {
    if (this.#closed) throw new Error('The store is closed.');
    check(paper, rows);
    const seqs: number[] = [];
    for (const piece of pieces(rows)) {
      const stored = await new Promise<number[]>((resolve, reject) => {
        this.#waiting.push({paper, rows: piece, bytes: weight(piece), resolve, reject});
        this.#flight ??= this.#flyAll();
      });
      seqs.push(...stored);
    }
    return seqs;
  }

  /** Resolves when all that was asked for is done. Nothing is taken any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flight;
  }

  async #flyAll(): Promise<void> {
    // Whatever arrives in the same turn of the event loop travels together.
    await new Promise(resolve => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#fly(this.#nextBatch());
    this.#flight = null;
  }

  /** A call that meets itself or a rival for a client in the batch waits for the next: a statement does not see its own rows. */
  #nextBatch(): Call[] {
    const numbers = new Set<string>();
    const clients = new Map<string, number>();
    let rows = 0;
    let bytes = 0;
    let calls = 0;
    for (const call of this.#waiting) {
      rows += call.rows.length;
      bytes += call.bytes;
      if (calls > 0 && (rows > maxRows || bytes > maxBytes)) break;
      if (!enters(call, numbers, clients)) break;
      calls += 1;
    }
    return this.#waiting.splice(0, calls);
  }

  async #fly(batch: readonly Call[]): Promise<void> {
    let seqs: number[];
    try {
      seqs = await this.#store(parametersOf(batch, this.#now()));
    } catch (error) {
      for (const call of batch) call.reject(error);
      return;
    }
    let at = 0;
    for (const call of batch) {
      settle(call, seqs.slice(at, at + call.rows.length));
      at += call.rows.length;
    }
  }

  async #store(parameters: readonly Buffer[]): Promise<number[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#run(parameters);
      } catch (error) {
        if (tries === maxTries || !isConflict(error)) throw error;
      }
    }
  }
}

/** False when the call must wait for the next batch. */
function enters({paper, rows}: Call, numbers: Set<string>, clients: Map<string, number>): boolean {
  for (const {actor, connection, n, binds} of rows) {
    if (numbers.has(`${paper} ${actor} ${connection} ${n}`)) return false;
    for (const client of binds) if ((clients.get(`${paper} ${client}`) ?? actor) !== actor) return false;
  }
  for (const {actor, connection, n, binds} of rows) {
    numbers.add(`${paper} ${actor} ${connection} ${n}`);
    for (const client of binds) clients.set(`${paper} ${client}`, actor);
  }
  return true;
}

function parametersOf(batch: readonly Call[], now: number): Buffer[] {
  const line = {
    call: [] as number[],
    paper: [] as number[],
    actor: [] as number[],
    connection: [] as number[],
    n: [] as number[],
    bytes: [] as Uint8Array[],
  };
  const claim = {call: [] as number[], paper: [] as number[], client: [] as number[], actor: [] as number[]};
  for (const [call, {paper, rows}] of batch.entries()) {
    for (const {actor, connection, n, bytes, binds} of rows) {
      line.call.push(call);
      line.paper.push(paper);
      line.actor.push(actor);
      line.connection.push(connection);
      line.n.push(n);
      line.bytes.push(bytes);
      for (const client of binds) {
        claim.call.push(call);
        claim.paper.push(paper);
        claim.client.push(client);
        claim.actor.push(actor);
      }
    }
  }
  return [
    ...[line.call, line.paper, line.actor, line.connection, line.n].map(int4Array),
    byteaArray(line.bytes),
    int8(now),
    int4Array(claim.call),
    int4Array(claim.paper),
    int8Array(claim.client),
    int4Array(claim.actor),
  ];
}

function settle({paper, resolve, reject}: Call, seqs: number[]): void {
  if (seqs.every(seq => seq > 0)) resolve(seqs);
  else if (seqs.includes(notStored.unknownPaper)) reject(new Error(`There is no paper with number ${paper}.`));
  else if (seqs.includes(notStored.reused)) reject(new Error('The number of an update was used for another one.'));
  else reject(new Refusal('room.identity-taken'));
}

function* pieces(rows: readonly AppendRow[]): Generator<readonly AppendRow[]> {
  let start = 0;
  let bytes = 0;
  for (const [place, row] of rows.entries()) {
    if (place > start && (place - start === maxRows || bytes + row.bytes.length > maxBytes)) {
      yield rows.slice(start, place);
      start = place;
      bytes = 0;
    }
    bytes += row.bytes.length;
  }
  if (start < rows.length) yield rows.slice(start);
}

function weight(rows: readonly AppendRow[]): number {
  let bytes = 0;
  for (const row of rows) bytes += row.bytes.length;
  return bytes;
}

const int4Max = 2 ** 31 - 1;
const clientMax = 2 ** 32 - 1;

/** One wrong number would fail the batch of everybody else. */
function check(paper: number, rows: readonly AppendRow[]): void {
  const keys = new Set<string>();
  const clients = new Map<number, number>();
  inRange('paper', paper, int4Max);
  for (const {actor, connection, n, binds} of rows) {
    inRange('actor', actor, int4Max);
    inRange('connection', connection, int4Max);
    inRange('n', n, int4Max);
    const key = `${actor} ${connection} ${n}`;
    if (keys.has(key)) throw new Error('Two updates of one append have the same number.');
    keys.add(key);
    for (const client of binds) {
      inRange('client', client, clientMax);
      if ((clients.get(client) ?? actor) !== actor) throw new Refusal('room.identity-taken');
      clients.set(client, actor);
    }
  }
}

function inRange(what: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`${what} is out of range: ${value}`);
}
