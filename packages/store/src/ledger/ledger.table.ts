import {bigint, integer, jsonb, pgTable, text, unique} from 'drizzle-orm/pg-core';
import {bytea, instant} from '../columns.ts';
import type {Act} from '../store.ts';

/** One row with id 1: how many acts there are. Whoever writes one holds its lock until the transaction ends. */
export const ledgerHead = pgTable('ledger_head', {
  id: integer('id').primaryKey(),
  entries: bigint('entries', {mode: 'number'}).notNull(),
});

export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    index: bigint('index', {mode: 'number'}).primaryKey(),
    stream: text('stream').notNull(),
    seq: bigint('seq', {mode: 'number'}).notNull(),
    act: text('act').notNull(),
    at: instant('at').notNull(),
    actor: jsonb('actor').$type<NonNullable<Act['actor']>>(),
    event: jsonb('event').$type<Act['event']>().notNull(),
    salt: bytea('salt').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
  },
  table => [unique('ledger_entries_in_stream').on(table.stream, table.seq)],
);
