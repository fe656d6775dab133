import {and, asc, eq, gt, inArray, isNotNull, max, sql} from 'drizzle-orm';
import type {Comment, CommentEntry} from '@plenary/domain/comments/comment';
import type {CommentEntryId, CommentId, MemberId} from '@plenary/domain/ids';
import type {Queries} from '../database.ts';
import type {CommentStore} from '../store.ts';
import {commentEntries, commentMentions, commentThreads} from './comments.table.ts';

type ThreadRow = typeof commentThreads.$inferSelect;
type EntryRow = typeof commentEntries.$inferSelect;

function entryOf(row: EntryRow, mentions: readonly MemberId[]): CommentEntry {
  const {hiddenBy: by, hiddenAt: at, hiddenReason: reason} = row;
  return {
    id: row.id,
    author: row.author,
    organisation: row.organisation,
    role: row.role,
    at: row.at,
    text: row.text,
    editedAt: row.editedAt,
    withdrawnAt: row.withdrawnAt,
    hidden: by !== null && at !== null && reason !== null ? {by, at, reason} : null,
    mentions,
  };
}

function commentOf(row: ThreadRow, entries: readonly CommentEntry[]): Comment {
  const {id, paper, anchor, author, createdAt, change, resolvedBy: by, resolvedAt: at} = row;
  return {
    id,
    paper,
    anchor,
    author,
    createdAt,
    change,
    resolved: by !== null && at !== null ? {by, at} : null,
    entries,
  };
}

export function commentStore(database: Queries): CommentStore {
  async function withEntries(threads: readonly ThreadRow[]): Promise<Comment[]> {
    if (threads.length === 0) return [];
    const ids = threads.map(({id}) => id);
    const entries = await database
      .select()
      .from(commentEntries)
      .where(inArray(commentEntries.thread, ids))
      .orderBy(asc(commentEntries.thread), asc(commentEntries.place));
    const mentioned = await database
      .select({entry: commentMentions.entry, member: commentMentions.member})
      .from(commentMentions)
      .innerJoin(commentEntries, eq(commentEntries.id, commentMentions.entry))
      .where(inArray(commentEntries.thread, ids))
      .orderBy(asc(commentMentions.member));
    const mentions = new Map<CommentEntryId, MemberId[]>();
    for (const {entry, member} of mentioned) mentions.set(entry, [...(mentions.get(entry) ?? []), member]);
    const byThread = new Map<CommentId, CommentEntry[]>();
    for (const row of entries) {
      const entry = entryOf(row, mentions.get(row.id) ?? []);
      byThread.set(row.thread, [...(byThread.get(row.thread) ?? []), entry]);
    }
    return threads.map(thread => commentOf(thread, byThread.get(thread.id) ?? []));
  }

  return {
    async of(paper, since) {
      const threads = await database
        .select()
        .from(commentThreads)
        .where(and(eq(commentThreads.paper, paper), gt(commentThreads.change, since)))
        .orderBy(asc(commentThreads.createdAt), asc(commentThreads.id));
      return withEntries(threads);
    },

    async find(paper, id) {
      const threads = await database
        .select()
        .from(commentThreads)
        .where(and(eq(commentThreads.paper, paper), sql`${commentThreads.id} = ${id}`));
      return (await withEntries(threads))[0] ?? null;
    },

    async findByKey(paper, author, key) {
      const [entry] = await database
        .select({thread: commentEntries.thread})
        .from(commentEntries)
        .where(and(eq(commentEntries.paper, paper), eq(commentEntries.author, author), eq(commentEntries.key, key)));
      return entry?.thread ?? null;
    },

    async lastChange(paper) {
      const [last] = await database
        .select({change: max(commentThreads.change)})
        .from(commentThreads)
        .where(eq(commentThreads.paper, paper));
      return last?.change ?? 0;
    },

    async create({id, paper, anchor, author, createdAt, change}) {
      await database.insert(commentThreads).values({id, paper, anchor, author, createdAt, change});
    },

    async addEntry({comment, paper, change, mentions, ...entry}) {
      const [last] = await database
        .select({place: max(commentEntries.place)})
        .from(commentEntries)
        .where(eq(commentEntries.thread, comment));
      await database.insert(commentEntries).values({...entry, thread: comment, paper, place: (last?.place ?? -1) + 1});
      if (mentions.length > 0) {
        await database.insert(commentMentions).values(mentions.map(member => ({entry: entry.id, member})));
      }
      await database.update(commentThreads).set({change}).where(eq(commentThreads.id, comment));
    },

    async setResolved(id, resolved, change) {
      await database
        .update(commentThreads)
        .set({resolvedBy: resolved?.by ?? null, resolvedAt: resolved?.at ?? null, change})
        .where(eq(commentThreads.id, id));
    },

    async setAnchor(id, anchor, change) {
      await database.update(commentThreads).set({anchor, change}).where(eq(commentThreads.id, id));
    },

    async hideEntry(comment, entry, {by, at, reason}, change) {
      await database
        .update(commentEntries)
        .set({hiddenBy: by, hiddenAt: at, hiddenReason: reason})
        .where(eq(commentEntries.id, entry));
      await database.update(commentThreads).set({change}).where(eq(commentThreads.id, comment));
    },

    async editEntry(comment, entry, {text, salt, at, mentions}, change) {
      await database.delete(commentMentions).where(eq(commentMentions.entry, entry));
      if (mentions.length > 0) {
        await database.insert(commentMentions).values(mentions.map(member => ({entry, member})));
      }
      await database.update(commentEntries).set({text, salt, editedAt: at}).where(eq(commentEntries.id, entry));
      await database.update(commentThreads).set({change}).where(eq(commentThreads.id, comment));
    },

    async eraseEntry(comment, entry, at, change) {
      await database.delete(commentMentions).where(eq(commentMentions.entry, entry));
      await database
        .update(commentEntries)
        .set({text: null, salt: null, withdrawnAt: at})
        .where(eq(commentEntries.id, entry));
      await database.update(commentThreads).set({change}).where(eq(commentThreads.id, comment));
    },

    async writtenBy(author) {
      return database
        .select({paper: commentEntries.paper, comment: commentEntries.thread, entry: commentEntries.id})
        .from(commentEntries)
        .where(and(eq(commentEntries.author, author), isNotNull(commentEntries.text)))
        .orderBy(asc(commentEntries.paper), asc(commentEntries.at), asc(commentEntries.id));
    },

    async saltOf(id) {
      const [entry] = await database
        .select({salt: commentEntries.salt})
        .from(commentEntries)
        .where(sql`${commentEntries.id} = ${id}`);
      return entry?.salt ?? null;
    },

    async countHidden(paper) {
      return database.$count(
        commentEntries,
        and(eq(commentEntries.paper, paper), isNotNull(commentEntries.hiddenReason)),
      );
    },
  };
}
