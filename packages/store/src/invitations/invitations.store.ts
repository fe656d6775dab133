import {and, asc, eq, isNull} from 'drizzle-orm';
import type {Queries} from '../database.ts';
import type {InvitationStore} from '../store.ts';
import {invitations} from './invitations.table.ts';

export function invitationStore(database: Queries): InvitationStore {
  return {
    async create({id, tokenHash, consultation, role, organisation, createdBy, createdAt, expiresAt}) {
      await database
        .insert(invitations)
        .values({id, tokenHash, consultation, role, organisation, createdBy, createdAt, expiresAt});
    },

    async findByTokenHash(hash) {
      const [found] = await database.select().from(invitations).where(eq(invitations.tokenHash, hash));
      return found ?? null;
    },

    async use(id, member, at) {
      const used = await database
        .update(invitations)
        .set({usedBy: member, usedAt: at})
        .where(and(eq(invitations.id, id), isNull(invitations.usedAt)))
        .returning({id: invitations.id});
      return used.length === 1;
    },

    async of(consultation) {
      return database
        .select()
        .from(invitations)
        .where(consultation === null ? isNull(invitations.consultation) : eq(invitations.consultation, consultation))
        .orderBy(asc(invitations.createdAt), asc(invitations.id));
    },

    async remove(id) {
      await database.delete(invitations).where(eq(invitations.id, id));
    },
  };
}
