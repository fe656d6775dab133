import {index, pgTable, text} from 'drizzle-orm/pg-core';
import type {ConsultationId, InvitationId, MemberId, OrganisationId} from '@plenary/domain/ids';
import type {MandateRole} from '@plenary/domain/rights/roles';
import {instant} from '../columns.ts';
import {consultations} from '../consultations/consultations.table.ts';
import {members} from '../members/members.table.ts';
import {organisations} from '../organisations/organisations.table.ts';

export const invitations = pgTable(
  'invitations',
  {
    id: text('id').$type<InvitationId>().primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    consultation: text('consultation')
      .$type<ConsultationId>()
      .references(() => consultations.id),
    role: text('role').$type<MandateRole>().notNull(),
    organisation: text('organisation')
      .$type<OrganisationId>()
      .references(() => organisations.id),
    createdBy: text('created_by')
      .$type<MemberId>()
      .references(() => members.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedBy: text('used_by')
      .$type<MemberId>()
      .references(() => members.id),
    usedAt: instant('used_at'),
  },
  table => [index('invitations_by_consultation').on(table.consultation)],
);
