import {sql} from 'drizzle-orm';
import type {Queries} from '../database.ts';
import type {Store} from '../store.ts';

/** What a failing disk or a careless hand does: the last row of the paper's log is no update any more. */
export async function spoilUpdate(store: Store, slug: string): Promise<void> {
  const paper = await store.papers.find(slug);
  if (!paper) throw new Error(`There is no paper “${slug}”.`);
  const queries = store.accounts.database as Queries;
  await queries.execute(sql`delete from snapshots where paper = ${paper.number}`);
  await queries.execute(
    sql`update updates set bytes = decode('ff00ff00ff', 'hex')
      where paper = ${paper.number} and seq = (select seq from update_heads where paper = ${paper.number})`,
  );
}
