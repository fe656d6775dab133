import {pgTable, text} from 'drizzle-orm/pg-core';
import type {OrganisationId} from '@plenary/domain/ids';
import type {Constituency, Region} from '@plenary/domain/organisations/organisation';

export const organisations = pgTable('organisations', {
  id: text('id').$type<OrganisationId>().primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  constituency: text('constituency').$type<Constituency>().notNull(),
  region: text('region').$type<Region>().notNull(),
});
