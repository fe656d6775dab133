import {randomBytes} from 'node:crypto';
import {and, asc, desc, eq, gt, gte, inArray, lt, max, sql} from 'drizzle-orm';
import {leafHash, saltLength} from '@plenary/ledger/leaf';
import type {Queries} from '../database.ts';
import type {LedgerEntry, LedgerStore} from '../store.ts';
import {ledgerEntries, ledgerHead} from './ledger.table.ts';

/** `transaction`: whether `database` is an open transaction, which `append` needs. */
export function ledgerStore(database: Queries, {transaction}: {transaction: boolean}): LedgerStore {
  return {
    async append({stream, act, at, actor, event}) {
      if (!transaction) throw new Error('An act is written down inside a transaction.');
      const [head] = await database
        .insert(ledgerHead)
        .values({id: 1, entries: 1})
        .onConflictDoUpdate({target: ledgerHead.id, set: {entries: sql`${ledgerHead.entries} + 1`}})
        .returning({entries: ledgerHead.entries});
      if (!head) throw new Error('The ledger has no head.');
      // A statement of its own: only now does it see what the last holder of the lock has written.
      const [last] = await database
        .select({seq: max(ledgerEntries.seq)})
        .from(ledgerEntries)
        .where(eq(ledgerEntries.stream, stream));
      const content = {
        index: head.entries - 1,
        seq: (last?.seq ?? 0) + 1,
        stream,
        act,
        at,
        event,
        actor: actor && {member: actor.member, organisation: actor.organisation, role: actor.role},
      };
      const salt = new Uint8Array(randomBytes(saltLength));
      const entry: LedgerEntry = {...content, salt, leafHash: leafHash(salt, content)};
      await database.insert(ledgerEntries).values(entry);
      return entry;
    },

    async read(stream, since, limit) {
      const rows = await database
        .select()
        .from(ledgerEntries)
        .where(and(eq(ledgerEntries.stream, stream), gt(ledgerEntries.seq, since)))
        .orderBy(asc(ledgerEntries.seq))
        .limit(limit);
      return rows;
    },

    async readAll(from, limit) {
      return database
        .select()
        .from(ledgerEntries)
        .where(gte(ledgerEntries.index, from))
        .orderBy(asc(ledgerEntries.index))
        .limit(limit);
    },

    async lastSeq(stream) {
      const [last] = await database
        .select({seq: max(ledgerEntries.seq)})
        .from(ledgerEntries)
        .where(eq(ledgerEntries.stream, stream));
      return last?.seq ?? 0;
    },

    async find(index) {
      const [found] = await database.select().from(ledgerEntries).where(eq(ledgerEntries.index, index));
      return found ?? null;
    },

    async latest({before, limit, streams, member}) {
      if (streams?.length === 0) return [];
      return database
        .select()
        .from(ledgerEntries)
        .where(
          and(
            before === null ? undefined : lt(ledgerEntries.index, before),
            streams && inArray(ledgerEntries.stream, [...streams]),
            member === undefined ? undefined : eq(sql`(${ledgerEntries.actor} ->> 'member')`, member),
          ),
        )
        .orderBy(desc(ledgerEntries.index))
        .limit(limit);
    },

    async hashes(from, limit) {
      return database
        .select({index: ledgerEntries.index, leafHash: ledgerEntries.leafHash})
        .from(ledgerEntries)
        .where(gte(ledgerEntries.index, from))
        .orderBy(asc(ledgerEntries.index))
        .limit(limit);
    },

    async size() {
      const [head] = await database.select({entries: ledgerHead.entries}).from(ledgerHead);
      return head?.entries ?? 0;
    },
  };
}
