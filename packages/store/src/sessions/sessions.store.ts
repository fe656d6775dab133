import {and, asc, eq, inArray, or, sql} from 'drizzle-orm';
import {Refusal} from '@plenary/domain/refusal';
import type {Queries} from '../database.ts';
import type {SessionStore, StoredSession} from '../store.ts';
import {sessionAnswered, sessionCounts, sessionKeys, sessions, sessionTexts} from './sessions.table.ts';

function fromRow({policy, embargoUntil, ...row}: typeof sessions.$inferSelect): StoredSession {
  return {...row, publication: {policy, embargoUntil}};
}

function toRow({publication, ...session}: StoredSession): typeof sessions.$inferInsert {
  return {...session, ...publication};
}

export function sessionStore(database: Queries): SessionStore {
  return {
    async create(session) {
      const made = await database
        .insert(sessions)
        .values(toRow(session))
        .onConflictDoNothing({target: sessions.slug})
        .returning({id: sessions.id});
      if (made.length === 0) throw new Refusal('slug.taken', {slug: session.slug});
    },

    async find(key) {
      const [row] = await database
        .select()
        .from(sessions)
        .where(or(eq(sessions.slug, key), sql`${sessions.id} = ${key}`))
        .orderBy(sql`${sessions.id} = ${key} desc`)
        .limit(1);
      return row ? fromRow(row) : null;
    },

    async lock(id) {
      const [row] = await database.select().from(sessions).where(eq(sessions.id, id)).for('update');
      return row ? fromRow(row) : null;
    },

    async of(consultation) {
      const rows = await database
        .select()
        .from(sessions)
        .where(consultation === null ? undefined : eq(sessions.consultation, consultation))
        .orderBy(asc(sessions.startsAt), asc(sessions.id));
      return rows.map(fromRow);
    },

    async sitting(consultation) {
      return database
        .select({id: sessions.id, seq: sessions.seq})
        .from(sessions)
        .where(and(eq(sessions.consultation, consultation), inArray(sessions.life, ['open', 'suspended'])));
    },

    async save({id, ...session}) {
      const {slug: _slug, consultation: _consultation, ...changing} = toRow({id, ...session});
      await database.update(sessions).set(changing).where(eq(sessions.id, id));
    },

    async addTexts(session, texts) {
      if (texts.length === 0) return;
      await database.insert(sessionTexts).values(texts.map(({id, salt, words}) => ({id, session, salt, words})));
    },

    async texts(session, ids) {
      const rows = await database
        .select({
          id: sessionTexts.id,
          words: sql<string | null>`case when ${sessionTexts.hidden} is null then ${sessionTexts.words} end`,
        })
        .from(sessionTexts)
        .where(and(eq(sessionTexts.session, session), ids && inArray(sessionTexts.id, [...ids])));
      return new Map(rows.map(({id, words}) => [id, words]));
    },

    async titles(list) {
      if (list.length === 0) return new Map();
      const rows = await database
        .select({session: sessions.id, words: sessionTexts.words})
        .from(sessions)
        .innerJoin(sessionTexts, eq(sessionTexts.id, sessions.title))
        .where(inArray(sessions.id, [...list]));
      return new Map(rows.map(({session, words}) => [session, words ?? '']));
    },

    async hideText(session, id, reason) {
      await database
        .update(sessionTexts)
        .set({hidden: reason})
        .where(and(eq(sessionTexts.session, session), eq(sessionTexts.id, id)));
    },

    async eraseTexts(ids) {
      if (ids.length === 0) return;
      await database
        .update(sessionTexts)
        .set({words: null, salt: null})
        .where(inArray(sessionTexts.id, [...ids]));
    },

    async keys(session, keys) {
      if (keys.length === 0) return [];
      return database
        .select({member: sessionKeys.member, key: sessionKeys.key, seq: sessionKeys.seq})
        .from(sessionKeys)
        .where(and(eq(sessionKeys.session, session), inArray(sessionKeys.key, [...new Set(keys)])));
    },

    async addKeys(session, keys) {
      if (keys.length > 0) await database.insert(sessionKeys).values(keys.map(key => ({session, ...key})));
    },

    async count(session, counts) {
      if (counts.length === 0) return;
      await database
        .insert(sessionCounts)
        .values(counts.map(one => ({session, ...one})))
        .onConflictDoUpdate({
          target: [sessionCounts.poll, sessionCounts.choice],
          set: {count: sql`${sessionCounts.count} + excluded.count`},
        });
    },

    async answered(polls) {
      if (polls.length === 0) return new Map();
      const rows = await database
        .select({poll: sessionAnswered.poll, tokens: sessionAnswered.tokens})
        .from(sessionAnswered)
        .where(inArray(sessionAnswered.poll, [...polls]));
      return new Map(rows.map(({poll, tokens}) => [poll, new Uint8Array(tokens)]));
    },

    async setAnswered(session, poll, tokens) {
      await database
        .insert(sessionAnswered)
        .values({session, poll, tokens})
        .onConflictDoUpdate({target: sessionAnswered.poll, set: {tokens}});
    },

    async forgetAnswered(polls) {
      if (polls.length > 0) await database.delete(sessionAnswered).where(inArray(sessionAnswered.poll, [...polls]));
    },

    async counts(session) {
      return database
        .select({poll: sessionCounts.poll, choice: sessionCounts.choice, count: sessionCounts.count})
        .from(sessionCounts)
        .where(eq(sessionCounts.session, session));
    },
  };
}
