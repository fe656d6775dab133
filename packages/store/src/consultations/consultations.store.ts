import {asc, eq, getTableColumns, or, sql} from 'drizzle-orm';
import {Refusal} from '@plenary/domain/refusal';
import type {Queries} from '../database.ts';
import {mandates} from '../members/members.table.ts';
import {organisations} from '../organisations/organisations.table.ts';
import type {ConsultationStore} from '../store.ts';
import {consultationOrganisations, consultations} from './consultations.table.ts';

// Names are written out: drizzle drops the table's name in what is selected from a single table.
const summary = {
  ...getTableColumns(consultations),
  papers: sql<number>`(
    select count(*)::int from papers p where p.consultation = consultations.id and p.policy <> 'unlisted'
  )`,
  organisations: sql<number>`(
    select count(*)::int from (
      select m.organisation from mandates m where m.consultation = consultations.id and m.organisation is not null
      union
      select o.organisation from consultation_organisations o where o.consultation = consultations.id
    ) speaking
  )`,
};

export function consultationStore(database: Queries): ConsultationStore {
  return {
    async create({id, slug, title, mandate, phase, phaseEndsAt}) {
      const created = await database
        .insert(consultations)
        .values({id, slug, title, mandate, phase, phaseEndsAt})
        .onConflictDoNothing({target: consultations.slug})
        .returning({id: consultations.id});
      if (created.length === 0) throw new Refusal('slug.taken', {slug});
    },

    async find(key) {
      const [found] = await database
        .select(summary)
        .from(consultations)
        .where(or(eq(consultations.slug, key), sql`${consultations.id} = ${key}`))
        .orderBy(sql`${consultations.id} = ${key} desc`)
        .limit(1);
      return found ?? null;
    },

    async all() {
      return database.select(summary).from(consultations).orderBy(asc(consultations.title), asc(consultations.id));
    },

    async setPhase(id, phase, endsAt) {
      await database.update(consultations).set({phase, phaseEndsAt: endsAt}).where(eq(consultations.id, id));
    },

    async organisationsOf(id) {
      return database
        .select(getTableColumns(organisations))
        .from(organisations)
        .where(
          sql`${organisations.id} in (
            select ${mandates.organisation} from ${mandates} where ${mandates.consultation} = ${id}
            union
            select ${consultationOrganisations.organisation} from ${consultationOrganisations}
            where ${consultationOrganisations.consultation} = ${id}
          )`,
        )
        .orderBy(asc(organisations.name), asc(organisations.id));
    },

    async addOrganisation(consultation, organisation) {
      await database.insert(consultationOrganisations).values({consultation, organisation}).onConflictDoNothing();
    },
  };
}
