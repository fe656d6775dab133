import {index, integer, pgTable, primaryKey, text} from 'drizzle-orm/pg-core';
import type {ConsultationId, MemberId} from '@plenary/domain/ids';
import type {PublicationPolicy} from '@plenary/domain/papers/paper';
import type {HidingReason, PollId, SessionId, SessionLife, TextId} from '@plenary/domain/sessions/session';
import {bytea, instant} from '../columns.ts';
import {consultations} from '../consultations/consultations.table.ts';
import {members} from '../members/members.table.ts';

/** What lists need; the session itself is the ledger's stream `session:<id>`, which this row follows in the same transaction. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').$type<SessionId>().primaryKey(),
    slug: text('slug').notNull().unique(),
    consultation: text('consultation')
      .$type<ConsultationId>()
      .notNull()
      .references(() => consultations.id),
    title: text('title').$type<TextId>().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    zone: text('zone').notNull(),
    life: text('life').$type<SessionLife['is']>().notNull(),
    policy: text('policy').$type<PublicationPolicy>().notNull(),
    embargoUntil: instant('embargo_until'),
    seq: integer('seq').notNull(),
  },
  table => [index('sessions_by_consultation').on(table.consultation, table.startsAt)],
);

/** The ledger holds a commitment to the words, which the salt, erased with them, would open. */
export const sessionTexts = pgTable(
  'session_texts',
  {
    id: text('id').$type<TextId>().primaryKey(),
    session: text('session')
      .$type<SessionId>()
      .notNull()
      .references(() => sessions.id),
    salt: bytea('salt'),
    words: text('words'),
    hidden: text('hidden').$type<HidingReason>(),
  },
  table => [index('session_texts_by_session').on(table.session)],
);

/** Acts that came with a key, so that a retry counts once. */
export const sessionKeys = pgTable(
  'session_keys',
  {
    session: text('session')
      .$type<SessionId>()
      .notNull()
      .references(() => sessions.id),
    member: text('member')
      .$type<MemberId>()
      .notNull()
      .references(() => members.id),
    key: text('key').notNull(),
    seq: integer('seq').notNull(),
  },
  table => [primaryKey({columns: [table.session, table.member, table.key]})],
);

/**
 * That somebody answered an open question whose answers are counted and forgotten. One row a question, written anew with
 * each answer: rows of their own would stand in the order of answers, beside the transactions that counted them.
 */
export const sessionAnswered = pgTable('session_answered', {
  poll: text('poll').$type<PollId>().primaryKey(),
  session: text('session')
    .$type<SessionId>()
    .notNull()
    .references(() => sessions.id),
  /** Tokens of the answerers, sorted, one after another. */
  tokens: bytea('tokens').notNull(),
});

/** How many gave each choice, where nothing is kept of who did. */
export const sessionCounts = pgTable(
  'session_counts',
  {
    poll: text('poll').$type<PollId>().notNull(),
    choice: text('choice').notNull(),
    session: text('session')
      .$type<SessionId>()
      .notNull()
      .references(() => sessions.id),
    count: integer('count').notNull(),
  },
  table => [primaryKey({columns: [table.poll, table.choice]}), index('session_counts_by_session').on(table.session)],
);
