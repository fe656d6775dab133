import {pgTable, primaryKey, text} from 'drizzle-orm/pg-core';
import type {Phase} from '@plenary/domain/consultations/consultation';
import type {ConsultationId, OrganisationId} from '@plenary/domain/ids';
import {instant} from '../columns.ts';
import {organisations} from '../organisations/organisations.table.ts';

export const consultations = pgTable('consultations', {
  id: text('id').$type<ConsultationId>().primaryKey(),
  slug: text('slug').notNull().unique(),
  title: text('title').notNull(),
  mandate: text('mandate').notNull(),
  phase: text('phase').$type<Phase>().notNull(),
  phaseEndsAt: instant('phase_ends_at'),
});

/** Organisations that were invited, whether or not anybody speaks for them yet. */
export const consultationOrganisations = pgTable(
  'consultation_organisations',
  {
    consultation: text('consultation')
      .$type<ConsultationId>()
      .notNull()
      .references(() => consultations.id),
    organisation: text('organisation')
      .$type<OrganisationId>()
      .notNull()
      .references(() => organisations.id),
  },
  table => [primaryKey({columns: [table.consultation, table.organisation]})],
);
