import {bigint, integer, pgTable, primaryKey, unique} from 'drizzle-orm/pg-core';
import {bytea, instant} from '../columns.ts';

// Papers stand here under their number and without foreign keys: the append is the hottest statement of the product.

function count(name: string) {
  return bigint(name, {mode: 'number'});
}

/** One row a paper: the last seq that was given out. Its lock orders the appends of several servers. */
export const updateHeads = pgTable('update_heads', {
  paper: integer('paper').primaryKey(),
  seq: count('seq').notNull().default(0),
});

/** One row an update, never changed. The second key makes an append that is tried again harmless. */
export const updates = pgTable(
  'updates',
  {
    paper: integer('paper').notNull(),
    seq: count('seq').notNull(),
    actor: integer('actor').notNull(),
    connection: integer('connection').notNull(),
    n: integer('n').notNull(),
    at: instant('at').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  table => [
    primaryKey({columns: [table.paper, table.seq]}),
    unique('updates_once').on(table.paper, table.actor, table.connection, table.n),
  ],
);

/** Which member writes under which Yjs clientID (32 bits, unsigned). */
export const authors = pgTable(
  'authors',
  {
    paper: integer('paper').notNull(),
    client: bigint('client', {mode: 'number'}).notNull(),
    actor: integer('actor').notNull(),
  },
  table => [primaryKey({columns: [table.paper, table.client]})],
);

/** The last encoded state of a paper, up to and including `seq`. */
export const snapshots = pgTable('snapshots', {
  paper: integer('paper').primaryKey(),
  seq: count('seq').notNull(),
  bytes: bytea('bytes').notNull(),
});

/** States that are kept for good, now and then: every moment of a paper's history is a short replay away from one. */
export const moments = pgTable(
  'moments',
  {
    paper: integer('paper').notNull(),
    seq: count('seq').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  table => [primaryKey({columns: [table.paper, table.seq]})],
);
