import {AsyncLocalStorage} from 'node:async_hooks';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {PGlite} from '@electric-sql/pglite';
import {drizzle} from 'drizzle-orm/pglite';
import type {Database, Queries} from '../database.ts';
import {migrate} from '../migrate.ts';
import {bindMessage, parseMessage, readAnswer} from '../wire/messages.ts';
import type {Prepared, WireValue} from '../wire/prepared.ts';
import {Lane, type Rank} from './lane.ts';
import type {QueryResult} from './port.ts';
import {Template} from './template.ts';
import {WorkerThread} from './worker-thread.ts';

/** Longer than this nobody may hold the database: every writer waits. Milliseconds. */
const longestTransaction = 5_000;

export interface PgliteOptions {
  /** Null: in memory. */
  readonly dataDir: string | null;
  readonly migrationsFolder: string;
  readonly workerUrl: URL | undefined;
  log(message: string): void;
}

/** What drizzle's driver asks of a PGlite, here over the port of a worker. */
interface Client {
  query(sql: string, parameters: readonly unknown[], options?: {rowMode?: 'array' | 'object'}): Promise<QueryResult>;
  transaction<Value>(work: (client: Client) => Promise<Value>): Promise<Value>;
}

export async function openPglite(options: PgliteOptions): Promise<Database> {
  const folder = options.dataDir === null ? null : join(options.dataDir, 'database');
  if (folder) mkdirSync(folder, {recursive: true});
  const template = folder === null ? new Template(options.migrationsFolder) : null;
  const copy = template?.find() ?? null;
  const thread = await WorkerThread.start({folder, template: copy}, options.workerUrl);
  const connection = new Connection(thread);
  const queries = connection.queries;
  try {
    await migrate(queries, options.migrationsFolder);
    if (template && copy === null) template.save(await thread.ask({do: 'dump'}));
  } catch (error) {
    await thread.stop();
    throw error;
  }
  return {
    dialect: 'pglite',
    queries,
    transaction: work => queries.transaction(work),
    append: (statement, parameters) => connection.run('append', statement, parameters),
    read: (statement, parameters) => connection.run('query', statement, parameters),
    close: () => connection.close(),
  };
}

/** The one connection that PGlite has, shared by all through a lane. */
class Connection {
  readonly #thread: WorkerThread;
  readonly #lane = new Lane();
  readonly #prepared = new Set<string>();
  readonly #inside = new AsyncLocalStorage<{open: boolean}>();
  readonly queries: Queries;

  constructor(thread: WorkerThread) {
    this.#thread = thread;
    const client: Client = {
      query: (sql, parameters, options) => {
        // It would wait for the transaction, which waits for it.
        if (this.#inside.getStore()?.open) return Promise.reject(new Error('A query beside the open transaction.'));
        return this.#lane.take('query', () => this.#query(sql, parameters, options));
      },
      transaction: work => this.#transaction(work),
    };
    // drizzle uses these two functions of a PGlite and nothing else.
    this.queries = drizzle(client as unknown as PGlite);
  }

  run(rank: Rank, statement: Prepared, parameters: readonly Buffer[]): Promise<WireValue[][]> {
    return this.#lane.take(rank, async () => {
      if (!this.#prepared.has(statement.name)) {
        readAnswer(await this.#thread.ask({do: 'wire', message: parseMessage(statement)}), statement);
        this.#prepared.add(statement.name);
      }
      return readAnswer(await this.#thread.ask({do: 'wire', message: bindMessage(statement, parameters)}), statement);
    });
  }

  close(): Promise<void> {
    return this.#lane.take('upkeep', async () => {
      await this.#thread.ask({do: 'script', sql: 'checkpoint'});
      await this.#thread.ask({do: 'close'});
      await this.#thread.ended;
    });
  }

  #query(sql: string, parameters: readonly unknown[], options?: {rowMode?: 'array' | 'object'}): Promise<QueryResult> {
    return this.#thread.ask({do: 'query', sql, parameters, rowMode: options?.rowMode ?? 'object'});
  }

  #transaction<Value>(work: (client: Client) => Promise<Value>): Promise<Value> {
    return this.#lane.take('query', async () => {
      const state = {open: true};
      const client: Client = {
        query: (sql, parameters, options) => {
          if (!state.open) return Promise.reject(new Error('The transaction is over.'));
          return this.#query(sql, parameters, options);
        },
        transaction: () => Promise.reject(new Error('A transaction was opened inside a transaction.')),
      };
      await this.#thread.ask({do: 'script', sql: 'begin'});
      let watchdog: NodeJS.Timeout | undefined;
      try {
        const value = await Promise.race([
          this.#inside.run(state, () => work(client)),
          new Promise<never>((_, reject) => {
            watchdog = setTimeout(
              () => reject(new Error('The transaction was open for too long and was rolled back.')),
              longestTransaction,
            );
          }),
        ]);
        state.open = false;
        await this.#thread.ask({do: 'script', sql: 'commit'});
        return value;
      } catch (error) {
        state.open = false;
        await this.#thread.ask({do: 'script', sql: 'rollback'});
        throw error;
      } finally {
        clearTimeout(watchdog);
      }
    });
  }
}
