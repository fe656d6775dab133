import {asc, eq, inArray, or, sql} from 'drizzle-orm';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {Refusal} from '@plenary/domain/refusal';
import type {Queries} from '../database.ts';
import type {OrganisationStore} from '../store.ts';
import {organisations} from './organisations.table.ts';

export function organisationStore(database: Queries): OrganisationStore {
  return {
    async create({id, slug, name, constituency, region}: Organisation) {
      const created = await database
        .insert(organisations)
        .values({id, slug, name, constituency, region})
        .onConflictDoNothing({target: organisations.slug})
        .returning({id: organisations.id});
      if (created.length === 0) throw new Refusal('slug.taken', {slug});
    },

    async find(key) {
      const [found] = await database
        .select()
        .from(organisations)
        .where(or(eq(organisations.slug, key), sql`${organisations.id} = ${key}`))
        .orderBy(sql`${organisations.id} = ${key} desc`)
        .limit(1);
      return found ?? null;
    },

    async findAll(ids) {
      if (ids.length === 0) return [];
      return database
        .select()
        .from(organisations)
        .where(inArray(organisations.id, [...ids]));
    },

    async all() {
      return database.select().from(organisations).orderBy(asc(organisations.name), asc(organisations.id));
    },
  };
}
