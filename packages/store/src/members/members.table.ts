import {boolean, index, integer, pgTable, text, unique} from 'drizzle-orm/pg-core';
import type {ConsultationId, MemberId, OrganisationId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {MandateRole} from '@plenary/domain/rights/roles';
import {accounts} from '../accounts/accounts.table.ts';
import {instant} from '../columns.ts';
import {consultations} from '../consultations/consultations.table.ts';
import {organisations} from '../organisations/organisations.table.ts';

export const members = pgTable('members', {
  id: text('id').$type<MemberId>().primaryKey(),
  /** In the update logs; 0 is the server. */
  number: integer('number').notNull().unique().generatedAlwaysAsIdentity({startWith: 1}),
  handle: text('handle').notNull(),
  /** The handle as it is compared. */
  handleKey: text('handle_key').notNull().unique(),
  language: text('language').$type<Language>(),
  instanceSecretariat: boolean('instance_secretariat').notNull(),
  castName: text('cast_name').unique(),
  account: text('account')
    .unique()
    .references(() => accounts.id, {onDelete: 'set null'}),
  /** Null while there is a person behind it. */
  erasedAt: instant('erased_at'),
});

export const mandates = pgTable(
  'mandates',
  {
    member: text('member')
      .$type<MemberId>()
      .notNull()
      .references(() => members.id),
    consultation: text('consultation')
      .$type<ConsultationId>()
      .notNull()
      .references(() => consultations.id),
    role: text('role').$type<MandateRole>().notNull(),
    organisation: text('organisation')
      .$type<OrganisationId>()
      .references(() => organisations.id),
    holdsFrom: instant('holds_from').notNull(),
    holdsTo: instant('holds_to'),
  },
  table => [
    unique('mandates_once')
      .on(table.member, table.consultation, table.role, table.organisation, table.holdsFrom)
      .nullsNotDistinct(),
    index('mandates_by_consultation').on(table.consultation),
  ],
);
