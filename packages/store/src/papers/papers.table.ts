import {index, integer, pgTable, text} from 'drizzle-orm/pg-core';
import type {ConsultationId, MemberId, PaperId} from '@plenary/domain/ids';
import type {DraftingMode, PublicationPolicy} from '@plenary/domain/papers/paper';
import {instant} from '../columns.ts';
import {consultations} from '../consultations/consultations.table.ts';
import {members} from '../members/members.table.ts';

export const papers = pgTable(
  'papers',
  {
    id: text('id').$type<PaperId>().primaryKey(),
    number: integer('number').notNull().unique().generatedAlwaysAsIdentity({startWith: 1}),
    slug: text('slug').notNull().unique(),
    symbol: text('symbol').notNull(),
    consultation: text('consultation')
      .$type<ConsultationId>()
      .notNull()
      .references(() => consultations.id),
    title: text('title').notNull(),
    language: text('language').notNull(),
    mode: text('mode').$type<DraftingMode>().notNull(),
    policy: text('policy').$type<PublicationPolicy>().notNull(),
    embargoUntil: instant('embargo_until'),
    epoch: integer('epoch').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    createdBy: text('created_by')
      .$type<MemberId>()
      .references(() => members.id),
  },
  table => [index('papers_by_consultation').on(table.consultation)],
);
