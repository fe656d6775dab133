import {z} from 'zod';
import {constituencies, regions} from '@plenary/domain/organisations/organisation';
import {phases} from '@plenary/domain/consultations/consultation';
import {mandateRoles} from '@plenary/domain/rights/roles';
import {languages} from '@plenary/domain/languages';
import {slug, instant, paperSummary} from './papers.ts';

export const handle = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._'’-]*$/u);

export const demoSignIn = z.object({
  as: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  role: z.enum(mandateRoles).optional(),
  /** Slug. */
  organisation: slug.optional(),
});
export type DemoSignIn = z.infer<typeof demoSignIn>;

export const organisation = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  constituency: z.enum(constituencies),
  region: z.enum(regions),
});
export type OrganisationJson = z.infer<typeof organisation>;
export const createOrganisation = z.object({
  slug,
  name: z.string().trim().min(1).max(200),
  constituency: z.enum(constituencies),
  region: z.enum(regions),
});

export const consultation = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  mandate: z.string(),
  phase: z.enum(phases),
  phaseEndsAt: instant.nullable(),
  papers: z.number().int(),
  organisations: z.number().int(),
});
export type ConsultationJson = z.infer<typeof consultation>;
export const createConsultation = z.object({
  slug,
  title: z.string().trim().min(1).max(300),
  mandate: z.string().trim().max(2000).default(''),
  phase: z.enum(phases).default('drafting'),
  phaseEndsAt: instant.nullable().default(null),
});
export const consultationDetails = consultation.extend({
  /** Only those whose existence the reader may know. */
  paperList: z.array(paperSummary.extend({mayRead: z.boolean()})),
  organisationList: z.array(organisation),
  you: z.object({
    role: z.enum([...mandateRoles, 'follower']),
    organisation: z.string().nullable(),
    mayInvite: z.boolean(),
    mayCreatePapers: z.boolean(),
  }),
});
export type ConsultationDetails = z.infer<typeof consultationDetails>;

export const me = z.object({
  member: z
    .object({
      id: z.string(),
      handle: z.string(),
      language: z.enum(languages).nullable(),
      instanceSecretariat: z.boolean(),
      mandates: z.array(
        z.object({
          consultation: z.object({id: z.string(), slug: z.string(), title: z.string()}),
          role: z.enum(mandateRoles),
          organisation: organisation.nullable(),
        }),
      ),
    })
    .nullable(),
  demonstration: z.boolean(),
  /** The cast that one click signs in as; empty outside demonstration mode. */
  cast: z.array(
    z.object({
      as: z.string(),
      handle: z.string(),
      role: z.enum(mandateRoles),
      constituency: z.enum(constituencies).nullable(),
    }),
  ),
});
export type Me = z.infer<typeof me>;
export const changeMe = z.object({handle, language: z.enum(languages).nullable()}).partial();

export const createInvitation = z.object({
  role: z.enum(mandateRoles),
  /** Slug or id; needed for a delegate. */
  organisation: z.string().max(80).nullable().default(null),
});
export const invitation = z.object({
  id: z.string(),
  role: z.enum(mandateRoles),
  organisation: organisation.nullable(),
  consultation: z.object({slug: z.string(), title: z.string()}).nullable(),
  state: z.enum(['open', 'used', 'expired']),
  expiresAt: instant,
  /** The link, shown once, when it is made. */
  link: z.string().optional(),
});
export type InvitationJson = z.infer<typeof invitation>;
export const memberJson = z.object({
  id: z.string(),
  handle: z.string(),
  role: z.enum(mandateRoles),
  organisation: organisation.nullable(),
});
export type MemberJson = z.infer<typeof memberJson>;
