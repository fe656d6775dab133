import type {SQL} from 'drizzle-orm';
import type {Queries} from '../database.ts';

/** Rows as both drivers give them; drizzle, which knows neither here, has no type for them. */
export async function ask<Row extends object>(queries: Queries, statement: SQL): Promise<Row[]> {
  const result: unknown = await queries.execute(statement);
  return (result as {rows: Row[]}).rows;
}
