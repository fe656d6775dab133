import {sql} from 'drizzle-orm';
import {drizzle} from 'drizzle-orm/node-postgres';
import pg from 'pg';
import {ask} from '../backup/ask.ts';
import {RestoreProblem} from '../backup/restore-problem.ts';
import type {Database, Queries} from '../database.ts';
import {migrate} from '../migrate.ts';
import type {Prepared, WireValue} from '../wire/prepared.ts';

/** Any number; servers that start at the same time migrate one after the other by it. */
const migrationLock = 7_060_711;

const maxConnections = 10;
/** Durable when it has answered, whatever the database's default is; nobody keeps the others waiting. */
const settings = `
set synchronous_commit = on;
set default_transaction_isolation = 'read committed';
set idle_in_transaction_session_timeout = '5s';
set statement_timeout = '30s'`;

/** By this name a server is known on the database. */
const applicationName = 'plenary';

export interface PostgresOptions {
  readonly url: string;
  readonly migrationsFolder: string;
  log(message: string): void;
}

export async function openPostgres({url, migrationsFolder, log}: PostgresOptions): Promise<Database> {
  await migrateOnce(url, migrationsFolder);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    // The pool waits for it before it lends the connection, which its types do not say.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: setUp,
  });
  // A connection that breaks while nobody uses it is only replaced; without a listener it would end the process.
  pool.on('error', error => log(`A database connection broke: ${error.message}`));
  const appends = new AppendConnection(url, log);
  const queries: Queries = drizzle(pool);
  try {
    await appends.connect();
  } catch (error) {
    await pool.end();
    throw error;
  }

  return {
    dialect: 'postgres',
    queries,
    transaction: work => queries.transaction(work),
    append: (statement, parameters) => appends.run(statement, parameters),
    read: async (statement, parameters) => run(pool, statement, parameters),
    async close() {
      await appends.close();
      await pool.end();
    },
  };
}

async function setUp(client: pg.ClientBase): Promise<void> {
  await client.query(settings);
}

async function migrateOnce(url: string, folder: string): Promise<void> {
  await alone(url, queries => migrate(queries, folder));
}

/** On a connection of its own, while no other server migrates or restores. */
async function alone(url: string, work: (queries: Queries) => Promise<void>): Promise<void> {
  const client = new pg.Client({connectionString: url});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await work(drizzle(client));
  } finally {
    await client.end();
  }
}

/**
 * Fills the database by `load`, all or nothing. Throws `RestoreProblem` while servers are connected, since what they hold in
 * memory would go on from what is no more, and when it is not empty unless it may be replaced.
 */
export async function restoreInPostgres(
  url: string,
  isReplaced: boolean,
  load: (queries: Queries) => Promise<void>,
): Promise<void> {
  await alone(url, queries =>
    queries.transaction(async together => {
      const servers = await ask(
        together,
        sql`select pid from pg_stat_activity
          where datname = current_database() and application_name = ${applicationName}`,
      );
      if (servers.length > 0) throw new RestoreProblem('A server is connected to this database: stop it first.');
      const tables = await ask<{name: string}>(
        together,
        sql`select table_name as name from information_schema.tables
          where table_schema = 'public' and table_type = 'BASE TABLE'`,
      );
      if (tables.length > 0 && !isReplaced) throw new RestoreProblem('This database is not empty.');
      for (const {name} of tables) {
        await together.execute(sql`drop table ${sql.identifier(name)} cascade`);
      }
      await load(together);
    }),
  );
}

/** Values come as pg reads them: int8 as text, bytea as a Buffer. */
async function run(
  client: pg.Pool | pg.Client,
  {name, sql, columns}: Prepared,
  parameters: readonly Buffer[],
): Promise<WireValue[][]> {
  const result = await client.query<(string | Buffer | null)[]>({
    name,
    text: sql,
    values: [...parameters],
    rowMode: 'array',
  });
  return result.rows.map(row => row.map((value, place) => read(value, columns[place])));
}

function read(value: string | Buffer | null, column: Prepared['columns'][number] | undefined): WireValue {
  if (value === null) return null;
  if (column === 'number') return Number(value);
  if (typeof value === 'string') throw new TypeError('The database gave no bytes.');
  const {buffer, byteOffset, length} = value;
  return new Uint8Array(buffer, byteOffset, length);
}

/** A connection for appends alone, so that no slow query stands before them. Comes back by itself after it broke. */
class AppendConnection {
  readonly #url: string;
  readonly #log: (message: string) => void;
  #client: Promise<pg.Client> | null = null;

  constructor(url: string, log: (message: string) => void) {
    this.#url = url;
    this.#log = log;
  }

  async connect(): Promise<pg.Client> {
    const client = (this.#client ??= this.#open());
    try {
      return await client;
    } catch (error) {
      if (this.#client === client) this.#client = null;
      throw error;
    }
  }

  async run(statement: Prepared, parameters: readonly Buffer[]): Promise<WireValue[][]> {
    const client = await this.connect();
    try {
      return await run(client, statement, parameters);
    } catch (error) {
      // Not the database's own word, so its answer may still come: never to the next question.
      if (!(error instanceof pg.DatabaseError)) {
        this.#client = null;
        void client.end().catch(() => {});
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.end();
  }

  #open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: applicationName,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
      keepAlive: true,
    });
    const opened = this.#setUp(client);
    const gone = () => {
      if (this.#client === opened) this.#client = null;
    };
    client.on('error', error => {
      this.#log(`The connection for appends broke: ${error.message}`);
      gone();
    });
    client.on('end', gone);
    return opened;
  }

  async #setUp(client: pg.Client): Promise<pg.Client> {
    await client.connect();
    // A plan made once for all: planning this statement costs more than running it.
    await client.query(`${settings}; set plan_cache_mode = force_generic_plan`);
    return client;
  }
}
