import {randomBytes} from 'node:crypto';
import {and, asc, count, desc, eq, gt, gte, inArray, lt, max, sql} from 'drizzle-orm';
import {leafHash, saltLength} from '@plenary/ledger/leaf';
import type {Queries} from '../database.ts';
import type {Act, LedgerEntry, LedgerStore} from '../store.ts';
import {ledgerEntries, ledgerHead} from './ledger.table.ts';

/** Far below the number of parameters that a statement may have. */
const rowsAtOnce = 1000;

/** `transaction`: whether `database` is an open transaction, which `append` needs. */
export function ledgerStore(database: Queries, {transaction}: {transaction: boolean}): LedgerStore {
  async function appendMany(acts: readonly Act[]): Promise<LedgerEntry[]> {
    if (!transaction) throw new Error('An act is written down inside a transaction.');
    if (acts.length === 0) return [];
    const [head] = await database
      .insert(ledgerHead)
      .values({id: 1, entries: acts.length})
      .onConflictDoUpdate({target: ledgerHead.id, set: {entries: sql`${ledgerHead.entries} + ${acts.length}`}})
      .returning({entries: ledgerHead.entries});
    if (!head) throw new Error('The ledger has no head.');
    // A statement of its own: only now does it see what the last holder of the lock has written.
    const seqs = new Map<string, number>();
    const lasts = await database
      .select({stream: ledgerEntries.stream, seq: max(ledgerEntries.seq)})
      .from(ledgerEntries)
      .where(inArray(ledgerEntries.stream, [...new Set(acts.map(({stream}) => stream))]))
      .groupBy(ledgerEntries.stream);
    for (const {stream, seq} of lasts) seqs.set(stream, seq ?? 0);
    const first = head.entries - acts.length;
    const entries = acts.map(({stream, act, at, actor, event}, place) => {
      const seq = (seqs.get(stream) ?? 0) + 1;
      seqs.set(stream, seq);
      const content = {
        index: first + place,
        seq,
        stream,
        act,
        at,
        event,
        actor: actor && {member: actor.member, organisation: actor.organisation, role: actor.role},
      };
      const salt = new Uint8Array(randomBytes(saltLength));
      return {...content, salt, leafHash: leafHash(salt, content)};
    });
    for (let from = 0; from < entries.length; from += rowsAtOnce) {
      await database.insert(ledgerEntries).values(entries.slice(from, from + rowsAtOnce));
    }
    return entries;
  }

  return {
    async append(act) {
      const [entry] = await appendMany([act]);
      if (!entry) throw new Error('The ledger wrote nothing down.');
      return entry;
    },

    appendMany,

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

    async changes(streams, acts) {
      if (streams.length === 0) return new Map();
      const rows = await database
        .select({stream: ledgerEntries.stream, count: count(), lastAt: max(ledgerEntries.at)})
        .from(ledgerEntries)
        .where(and(inArray(ledgerEntries.stream, [...streams]), inArray(ledgerEntries.act, [...acts])))
        .groupBy(ledgerEntries.stream);
      return new Map(rows.map(({stream, count: times, lastAt}) => [stream, {count: times, lastAt: lastAt ?? 0}]));
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
