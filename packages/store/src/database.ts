import type {PgDatabase, PgQueryResultHKT} from 'drizzle-orm/pg-core';
import type {Prepared, WireValue} from './wire/prepared.ts';

/** Drizzle on whichever database there is, or on an open transaction of it. */
export type Queries = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** What the stores need of PGlite and of PostgreSQL. Nothing else knows which of them it is. */
export interface Database {
  readonly dialect: 'pglite' | 'postgres';
  readonly queries: Queries;
  transaction<Value>(work: (queries: Queries) => Promise<Value>): Promise<Value>;
  /** Runs a prepared statement with binary parameters before all queries that wait. */
  append(statement: Prepared, parameters: readonly Buffer[]): Promise<WireValue[][]>;
  /** The same in its turn. */
  read(statement: Prepared, parameters: readonly Buffer[]): Promise<WireValue[][]>;
  close(): Promise<void>;
}
