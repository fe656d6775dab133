import {asc, eq, or, sql} from 'drizzle-orm';
import {Refusal} from '@plenary/domain/refusal';
import type {Queries} from '../database.ts';
import type {PaperStore, StoredPaperRow} from '../store.ts';
import {updateHeads} from '../updates/updates.table.ts';
import {papers} from './papers.table.ts';

function fromRow({policy, embargoUntil, ...row}: typeof papers.$inferSelect): StoredPaperRow {
  return {...row, publication: {policy, embargoUntil}};
}

export function paperStore(database: Queries): PaperStore {
  return {
    async create({id, slug, symbol, consultation, title, language, mode, publication, createdAt, createdBy}) {
      return database.transaction(async together => {
        const [row] = await together
          .insert(papers)
          .values({
            id,
            slug,
            symbol,
            consultation,
            title,
            language,
            mode,
            createdAt,
            createdBy,
            policy: publication.policy,
            embargoUntil: publication.embargoUntil,
            changedAt: createdAt,
          })
          .onConflictDoNothing({target: papers.slug})
          .returning();
        if (!row) throw new Refusal('slug.taken', {slug});
        await together.insert(updateHeads).values({paper: row.number});
        return fromRow(row);
      });
    },

    async find(key) {
      const [row] = await database
        .select()
        .from(papers)
        .where(or(eq(papers.slug, key), sql`${papers.id} = ${key}`))
        .orderBy(sql`${papers.id} = ${key} desc`)
        .limit(1);
      return row ? fromRow(row) : null;
    },

    async lock(id) {
      const [row] = await database.select().from(papers).where(eq(papers.id, id)).for('update');
      return row ? fromRow(row) : null;
    },

    async of(consultation) {
      const rows = await database
        .select()
        .from(papers)
        .where(eq(papers.consultation, consultation))
        .orderBy(asc(papers.number));
      return rows.map(fromRow);
    },

    async all() {
      const rows = await database.select().from(papers).orderBy(asc(papers.number));
      return rows.map(fromRow);
    },

    async setMode(id, mode, at) {
      await database.update(papers).set({mode, changedAt: at}).where(eq(papers.id, id));
    },

    async setPublication(id, {policy, embargoUntil}, at) {
      await database.update(papers).set({policy, embargoUntil, changedAt: at}).where(eq(papers.id, id));
    },
  };
}
