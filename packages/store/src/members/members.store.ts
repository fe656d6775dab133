import {and, asc, count, eq, gt, inArray, isNull, lte, or} from 'drizzle-orm';
import {Refusal} from '@plenary/domain/refusal';
import type {Queries} from '../database.ts';
import {isConflict} from '../conflict.ts';
import {accounts, verifications} from '../accounts/accounts.table.ts';
import {erasedHandle} from '@plenary/domain/members/erased';
import type {MemberStore} from '../store.ts';
import {mandates, members} from './members.table.ts';

const shown = {
  id: members.id,
  number: members.number,
  handle: members.handle,
  language: members.language,
  instanceSecretariat: members.instanceSecretariat,
  castName: members.castName,
  erasedAt: members.erasedAt,
};

/** Handles are compared without regard to case and to compatible forms of a letter (NFKC). */
export function handleKey(handle: string): string {
  return handle.normalize('NFKC').toLowerCase();
}

function refuseReserved(handle: string): void {
  if (handleKey(handle) === handleKey(erasedHandle)) throw new Refusal('handle.taken');
}

export function memberStore(database: Queries): MemberStore {
  function holdsAt(now: number) {
    return and(lte(mandates.holdsFrom, now), or(isNull(mandates.holdsTo), gt(mandates.holdsTo, now)));
  }

  return {
    async create({id, handle, language, instanceSecretariat, castName, account}) {
      refuseReserved(handle);
      const [created] = await database
        .insert(members)
        .values({id, handle, handleKey: handleKey(handle), language, instanceSecretariat, castName, account})
        .onConflictDoNothing({target: members.handleKey})
        .returning(shown);
      if (!created) throw new Refusal('handle.taken');
      return created;
    },

    async find(id) {
      const [found] = await database.select(shown).from(members).where(eq(members.id, id));
      return found ?? null;
    },

    async findByAccount(account) {
      const [found] = await database.select(shown).from(members).where(eq(members.account, account));
      return found ?? null;
    },

    async findByCastName(castName) {
      const [found] = await database.select(shown).from(members).where(eq(members.castName, castName));
      return found ?? null;
    },

    async findByHandle(handle) {
      const [found] = await database
        .select(shown)
        .from(members)
        .where(eq(members.handleKey, handleKey(handle)));
      return found ?? null;
    },

    async findByNumbers(numbers) {
      if (numbers.length === 0) return [];
      return database
        .select(shown)
        .from(members)
        .where(inArray(members.number, [...numbers]))
        .orderBy(asc(members.number));
    },

    async findAll(ids) {
      if (ids.length === 0) return [];
      return database
        .select(shown)
        .from(members)
        .where(inArray(members.id, [...ids]));
    },

    async change(id, {handle, language, instanceSecretariat}) {
      if (handle !== undefined) refuseReserved(handle);
      const change = {
        ...(handle === undefined ? {} : {handle, handleKey: handleKey(handle)}),
        ...(language === undefined ? {} : {language}),
        ...(instanceSecretariat === undefined ? {} : {instanceSecretariat}),
      };
      if (Object.keys(change).length === 0) return;
      try {
        await database.update(members).set(change).where(eq(members.id, id));
      } catch (error) {
        if (isConflict(error, 'members_handle_key_unique')) throw new Refusal('handle.taken');
        throw error;
      }
    },

    async countSecretariat() {
      const [row] = await database.select({count: count()}).from(members).where(eq(members.instanceSecretariat, true));
      return row?.count ?? 0;
    },

    async erase(id, at) {
      const [member] = await database.select({account: members.account}).from(members).where(eq(members.id, id));
      if (!member) return;
      await database
        .update(members)
        .set({
          handle: erasedHandle,
          // A key that no handle has, since handles hold no colon.
          handleKey: `erased:${id}`,
          language: null,
          instanceSecretariat: false,
          castName: null,
          account: null,
          erasedAt: at,
        })
        .where(eq(members.id, id));
      await database
        .update(mandates)
        .set({holdsTo: at})
        .where(and(eq(mandates.member, id), holdsAt(at)));
      if (member.account === null) return;
      // Sign-ins and credentials go with the account.
      await database.delete(verifications).where(eq(verifications.value, member.account));
      await database.delete(accounts).where(eq(accounts.id, member.account));
    },

    async grant({member, consultation, role, organisation, from, to}) {
      await database
        .insert(mandates)
        .values({member, consultation, role, organisation, holdsFrom: from, holdsTo: to})
        .onConflictDoNothing();
    },

    async mandatesOf(id, now) {
      return database
        .select({
          member: mandates.member,
          consultation: mandates.consultation,
          role: mandates.role,
          organisation: mandates.organisation,
          from: mandates.holdsFrom,
          to: mandates.holdsTo,
        })
        .from(mandates)
        .where(and(eq(mandates.member, id), holdsAt(now)))
        .orderBy(asc(mandates.holdsFrom));
    },

    async membersOf(consultation, now) {
      return database
        .select({...shown, role: mandates.role, organisation: mandates.organisation})
        .from(mandates)
        .innerJoin(members, eq(members.id, mandates.member))
        .where(and(eq(mandates.consultation, consultation), holdsAt(now)))
        .orderBy(asc(members.handleKey), asc(mandates.holdsFrom));
    },
  };
}
