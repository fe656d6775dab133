import {asc, desc, eq, gt, max} from 'drizzle-orm';
import type {Queries} from '../database.ts';
import type {CheckpointStore} from '../store.ts';
import {ledgerCheckpoints, ledgerKeys} from './ledger.table.ts';

export function checkpointStore(database: Queries): CheckpointStore {
  return {
    async add(checkpoint) {
      await database.insert(ledgerCheckpoints).values(checkpoint).onConflictDoNothing();
      const [kept] = await database.select().from(ledgerCheckpoints).where(eq(ledgerCheckpoints.size, checkpoint.size));
      if (!kept) throw new Error(`The checkpoint of ${checkpoint.size} acts was not kept.`);
      return kept;
    },

    async newest() {
      const [newest] = await database.select().from(ledgerCheckpoints).orderBy(desc(ledgerCheckpoints.size)).limit(1);
      return newest ?? null;
    },

    async above(size, limit) {
      return database
        .select()
        .from(ledgerCheckpoints)
        .where(gt(ledgerCheckpoints.size, size))
        .orderBy(asc(ledgerCheckpoints.size))
        .limit(limit);
    },

    async addKey(key) {
      const added = await database.insert(ledgerKeys).values(key).onConflictDoNothing().returning({id: ledgerKeys.id});
      return added.length > 0;
    },

    async keys() {
      return database
        .select({
          id: ledgerKeys.id,
          publicKey: ledgerKeys.publicKey,
          servesFrom: ledgerKeys.servesFrom,
          lastSigned: max(ledgerCheckpoints.at),
        })
        .from(ledgerKeys)
        .leftJoin(ledgerCheckpoints, eq(ledgerCheckpoints.key, ledgerKeys.id))
        .groupBy(ledgerKeys.id)
        .orderBy(asc(ledgerKeys.servesFrom), asc(ledgerKeys.id));
    },
  };
}
