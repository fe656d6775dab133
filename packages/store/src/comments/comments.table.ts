import {index, integer, jsonb, pgTable, primaryKey, text, unique} from 'drizzle-orm/pg-core';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import type {HidingReason} from '@plenary/domain/comments/comment';
import type {CommentEntryId, CommentId, MemberId, OrganisationId, PaperId} from '@plenary/domain/ids';
import type {MandateRole} from '@plenary/domain/rights/roles';
import {bytea, instant} from '../columns.ts';
import {members} from '../members/members.table.ts';
import {organisations} from '../organisations/organisations.table.ts';
import {papers} from '../papers/papers.table.ts';

export const commentThreads = pgTable(
  'comment_threads',
  {
    id: text('id').$type<CommentId>().primaryKey(),
    paper: text('paper')
      .$type<PaperId>()
      .notNull()
      .references(() => papers.id),
    anchor: jsonb('anchor').$type<CommentAnchor>().notNull(),
    author: text('author')
      .$type<MemberId>()
      .notNull()
      .references(() => members.id),
    createdAt: instant('created_at').notNull(),
    resolvedBy: text('resolved_by')
      .$type<MemberId>()
      .references(() => members.id),
    resolvedAt: instant('resolved_at'),
    change: integer('change').notNull(),
  },
  table => [index('comment_threads_by_paper').on(table.paper, table.change)],
);

/** The words can be erased; the ledger holds a commitment to them that the salt, erased with them, would open. */
export const commentEntries = pgTable(
  'comment_entries',
  {
    id: text('id').$type<CommentEntryId>().primaryKey(),
    thread: text('thread')
      .$type<CommentId>()
      .notNull()
      .references(() => commentThreads.id),
    paper: text('paper')
      .$type<PaperId>()
      .notNull()
      .references(() => papers.id),
    place: integer('place').notNull(),
    key: text('key').notNull(),
    author: text('author')
      .$type<MemberId>()
      .notNull()
      .references(() => members.id),
    organisation: text('organisation')
      .$type<OrganisationId>()
      .references(() => organisations.id),
    role: text('role').$type<MandateRole>().notNull(),
    at: instant('at').notNull(),
    text: text('text'),
    salt: bytea('salt'),
    editedAt: instant('edited_at'),
    withdrawnAt: instant('withdrawn_at'),
    hiddenBy: text('hidden_by')
      .$type<MemberId>()
      .references(() => members.id),
    hiddenAt: instant('hidden_at'),
    hiddenReason: text('hidden_reason').$type<HidingReason>(),
  },
  table => [
    unique('comment_entries_once').on(table.paper, table.author, table.key),
    unique('comment_entries_in_thread').on(table.thread, table.place),
  ],
);

export const commentMentions = pgTable(
  'comment_mentions',
  {
    entry: text('entry')
      .$type<CommentEntryId>()
      .notNull()
      .references(() => commentEntries.id),
    member: text('member')
      .$type<MemberId>()
      .notNull()
      .references(() => members.id),
  },
  table => [primaryKey({columns: [table.entry, table.member]})],
);
