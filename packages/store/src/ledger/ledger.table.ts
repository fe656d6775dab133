import {sql} from 'drizzle-orm';
import {bigint, index, integer, jsonb, pgTable, text, unique} from 'drizzle-orm/pg-core';
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
  table => [
    unique('ledger_entries_in_stream').on(table.stream, table.seq),
    index('ledger_entries_by_member').on(sql`(${table.actor} ->> 'member')`, table.index),
  ],
);

/** What was signed, by the number of acts that it was signed for: there is never another root for one size. */
export const ledgerCheckpoints = pgTable('ledger_checkpoints', {
  size: bigint('size', {mode: 'number'}).primaryKey(),
  root: bytea('root').notNull(),
  at: instant('at').notNull(),
  key: text('key')
    .notNull()
    .references(() => ledgerKeys.id),
  note: text('note').notNull(),
});

/** Public keys alone; the secret ones are derived from the instance's secret and never stored. */
export const ledgerKeys = pgTable('ledger_keys', {
  id: text('id').primaryKey(),
  publicKey: bytea('public_key').notNull(),
  servesFrom: instant('serves_from').notNull(),
});
