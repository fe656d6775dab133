/** What a column of a prepared statement holds: whole numbers (`int8` in SQL) or bytes. */
export type WireColumn = 'number' | 'bytes';
export type WireValue = number | Uint8Array | null;

/**
 * A statement that is prepared once in a connection and takes its parameters in PostgreSQL's binary form, since text would
 * double the work of the hottest path. Every result column is cast to int8 or bytea in the statement.
 */
export interface Prepared {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly WireColumn[];
}
