import {bigint, index, integer, jsonb, pgTable, text, unique} from 'drizzle-orm/pg-core';
import type {MemberId, PaperId, RevisionId} from '@plenary/domain/ids';
import type {RevisionKind} from '@plenary/domain/papers/revision';
import {bytea, instant} from '../columns.ts';
import {members} from '../members/members.table.ts';
import {papers} from '../papers/papers.table.ts';

/** Never changed: what was issued stands, whatever becomes of the working text. */
export const revisions = pgTable(
  'revisions',
  {
    id: text('id').$type<RevisionId>().primaryKey(),
    paper: text('paper')
      .$type<PaperId>()
      .notNull()
      .references(() => papers.id),
    kind: text('kind').$type<RevisionKind>().notNull(),
    number: integer('number').notNull(),
    symbol: text('symbol').notNull(),
    title: text('title').notNull(),
    sha256: text('sha256').notNull(),
    issuedAt: instant('issued_at').notNull(),
    issuedBy: text('issued_by')
      .$type<MemberId>()
      .references(() => members.id),
    seq: bigint('seq', {mode: 'number'}).notNull(),
    state: bytea('state').notNull(),
    content: jsonb('content').notNull(),
    canonical: text('canonical').notNull(),
  },
  table => [
    unique('revisions_by_symbol').on(table.paper, table.symbol),
    unique('revisions_by_number').on(table.paper, table.kind, table.number),
    index('revisions_by_paper').on(table.paper, table.issuedAt),
  ],
);
