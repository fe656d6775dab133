import {and, desc, eq, getTableColumns, or} from 'drizzle-orm';
import type {RevisionId} from '@plenary/domain/ids';
import type {Queries} from '../database.ts';
import type {RevisionStore} from '../store.ts';
import {revisions} from './revisions.table.ts';

const {state: _state, content: _content, canonical: _canonical, ...summary} = getTableColumns(revisions);

export function revisionStore(database: Queries): RevisionStore {
  return {
    async add({text, ...revision}) {
      await database.insert(revisions).values({...revision, canonical: text});
    },

    async of(paper) {
      return database
        .select(summary)
        .from(revisions)
        .where(eq(revisions.paper, paper))
        .orderBy(desc(revisions.issuedAt), desc(revisions.seq), desc(revisions.number));
    },

    async find(paper, key) {
      const [row] = await database
        .select()
        .from(revisions)
        .where(and(eq(revisions.paper, paper), or(eq(revisions.id, key as RevisionId), eq(revisions.symbol, key))))
        .limit(1);
      if (!row) return null;
      const {canonical, ...revision} = row;
      return {...revision, text: canonical};
    },
  };
}
