import {AsyncLocalStorage} from 'node:async_hooks';
import type {PGlite} from '@electric-sql/pglite';
import {drizzle} from 'drizzle-orm/pglite';
import type {Queries} from '../database.ts';
import {bindMessage, parseMessage, readAnswer} from '../wire/messages.ts';
import {DatabaseError} from '../wire/database-error.ts';
import type {Prepared, WireValue} from '../wire/prepared.ts';
import {Lane, type Rank} from './lane.ts';
import type {QueryResult} from './port.ts';
import type {WorkerThread} from './worker-thread.ts';

/** Longer than this nobody may hold the database: every writer waits. Milliseconds. */
const longestTransaction = 5_000;

interface QueryOptions {
  rowMode?: 'array' | 'object';
}

/** What drizzle's driver asks of a PGlite, here over the port of a worker. */
interface Client {
  query(sql: string, parameters: readonly unknown[], options?: QueryOptions): Promise<QueryResult>;
  transaction<Value>(work: (client: Client) => Promise<Value>): Promise<Value>;
}

export interface ConnectionOptions {
  /** Opens the database, also again after its thread has ended by itself. */
  start(): Promise<WorkerThread>;
  readonly restart: boolean;
  noteUse(): void;
  log(message: string): void;
}

/** The one connection that PGlite has, shared by all through a lane. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #lane = new Lane();
  readonly #prepared = new Set<string>();
  readonly #inside = new AsyncLocalStorage<{open: boolean}>();
  #thread: WorkerThread;
  #closed = false;
  #watched = false;
  readonly queries: Queries;

  private constructor(options: ConnectionOptions, thread: WorkerThread) {
    this.#options = options;
    this.#thread = thread;
    const client: Client = {
      query: (sql, parameters, options) => {
        // It would wait for the transaction, which waits for it.
        if (this.#inside.getStore()?.open) return Promise.reject(new Error('A query beside the open transaction.'));
        return this.#take('query', thread => query(thread, sql, parameters, options));
      },
      transaction: work => this.#take('query', thread => this.#transaction(thread, work)),
    };
    // drizzle uses these two functions of a PGlite and nothing else.
    this.queries = drizzle(client as unknown as PGlite);
  }

  static async open(options: ConnectionOptions): Promise<Connection> {
    return new Connection(options, await options.start());
  }

  /** From now on no transaction may be long. Migrations may. */
  watch(): void {
    this.#watched = true;
  }

  run(rank: Rank, statement: Prepared, parameters: readonly Buffer[]): Promise<WireValue[][]> {
    return this.#take(rank, async thread => {
      if (!this.#prepared.has(statement.name)) {
        readAnswer(await thread.ask({do: 'wire', message: parseMessage(statement)}), statement);
        this.#prepared.add(statement.name);
      }
      return readAnswer(await thread.ask({do: 'wire', message: bindMessage(statement, parameters)}), statement);
    });
  }

  /** One statement when nothing more urgent waits. */
  tidy<Row>(sql: string): Promise<Row[]> {
    return this.#lane.take('upkeep', async () => {
      if (this.#closed || !this.#thread.alive) return [];
      try {
        return (await query(this.#thread, sql, [])).rows as Row[];
      } catch (error) {
        await this.#endIfBroken(error);
        throw error;
      }
    });
  }

  /** The thread itself, for what only one database does. */
  ask<Value>(job: (thread: WorkerThread) => Promise<Value>): Promise<Value> {
    return this.#take('query', job);
  }

  /** After all that was asked for before. */
  async close(): Promise<void> {
    await this.#lane.take('upkeep', async () => {
      this.#closed = true;
      if (!this.#thread.alive) return;
      await this.#thread.ask({do: 'script', sql: 'checkpoint'});
      await this.#thread.ask({do: 'close'});
      await this.#thread.ended;
    });
  }

  #take<Value>(rank: Rank, job: (thread: WorkerThread) => Promise<Value>): Promise<Value> {
    return this.#lane.take(rank, async () => {
      if (this.#closed) throw new Error('The store is closed.');
      if (!this.#thread.alive && this.#options.restart) {
        this.#options.log('The database has stopped; it is opened again.');
        this.#thread = await this.#options.start();
        this.#prepared.clear();
      }
      this.#options.noteUse();
      try {
        return await job(this.#thread);
      } catch (error) {
        await this.#endIfBroken(error);
        throw error;
      }
    });
  }

  /** After a panic (a disk that does not sync) the thread would never answer again; a new one recovers from the log. */
  async #endIfBroken(error: unknown): Promise<void> {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      if (cause instanceof DatabaseError && cause.ends) {
        this.#options.log(`The database gave up: ${cause.message}`);
        await this.#thread.stop();
        return;
      }
    }
  }

  async #transaction<Value>(thread: WorkerThread, work: (client: Client) => Promise<Value>): Promise<Value> {
    const state = {open: true};
    const client: Client = {
      query: (sql, parameters, options) => {
        if (!state.open) return Promise.reject(new Error('The transaction is over.'));
        return query(thread, sql, parameters, options);
      },
      transaction: () => Promise.reject(new Error('A transaction was opened inside a transaction.')),
    };
    const watchdog = startWatchdog(this.#watched);
    try {
      await thread.ask({do: 'script', sql: 'begin'});
      const value = await Promise.race([this.#inside.run(state, () => work(client)), watchdog.barks]);
      state.open = false;
      await thread.ask({do: 'script', sql: 'commit'});
      return value;
    } catch (error) {
      state.open = false;
      // A thread that has ended has nothing to roll back, and what it failed of matters more.
      if (thread.alive) await thread.ask({do: 'script', sql: 'rollback'}).catch(() => {});
      throw error;
    } finally {
      watchdog.stop();
    }
  }
}

function query(
  thread: WorkerThread,
  sql: string,
  parameters: readonly unknown[],
  options?: QueryOptions,
): Promise<QueryResult> {
  return thread.ask({do: 'query', sql, parameters, rowMode: options?.rowMode ?? 'object'});
}

function startWatchdog(watched: boolean): {barks: Promise<never>; stop(): void} {
  let timer: NodeJS.Timeout | undefined;
  const barks = new Promise<never>((_, reject) => {
    if (!watched) return;
    timer = setTimeout(
      () => reject(new Error('The transaction was open for too long and was rolled back.')),
      longestTransaction,
    );
  });
  return {barks, stop: () => clearTimeout(timer)};
}
