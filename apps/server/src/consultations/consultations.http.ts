import {z} from 'zod';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {
  consultation,
  consultationDetails,
  createConsultation as wanted,
  createInvitation,
  invitation,
  memberJson,
} from '@plenary/protocol/api/people';
import type {ConsultationSummary} from '@plenary/store/store';
import type {App} from '../app.ts';
import {route, type Web} from '../core/route.ts';
import {instant} from '../core/instant.ts';
import {summaryJson} from '../papers/paper-json.ts';
import {invitationJson} from '../people/invitation-json.ts';
import {
  createConsultation,
  findConsultation,
  inviteInto,
  listInvitations,
  membersOf,
  seeConsultation,
} from './consultations.service.ts';

export function openConsultations(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/consultations',
    {summary: 'All consultations', answer: z.object({consultations: z.array(consultation)})},
    async () => ({consultations: (await app.store.consultations.all()).map(consultationJson)}),
  );
  route(
    web,
    'POST /api/consultations',
    {summary: 'Creates a consultation', body: wanted, answer: consultation, status: 201},
    async ({actor, body}) => {
      const phaseEndsAt = body.phaseEndsAt === null ? null : Date.parse(body.phaseEndsAt);
      const {slug} = await createConsultation(app, actor, {...body, phaseEndsAt});
      return consultationJson(await findConsultation(app, slug));
    },
  );
  route(
    web,
    'GET /api/consultations/:consultation',
    {summary: 'A consultation with its papers and organisations', answer: consultationDetails},
    async ({actor, param}) => {
      const seen = await seeConsultation(app, actor, param('consultation'));
      return {
        ...consultationJson(seen.consultation),
        paperList: seen.papers.map(({paper, mayRead}) => ({...summaryJson(paper, seen.consultation), mayRead})),
        organisationList: [...seen.organisations],
        you: seen.you,
      };
    },
  );
  route(
    web,
    'GET /api/consultations/:consultation/members',
    {summary: 'Members with a mandate in it', answer: z.object({members: z.array(memberJson)})},
    async ({actor, param}) => {
      const members = await membersOf(app, actor, param('consultation'));
      const named = await organisationsById(app);
      return {
        members: members.map(({id, handle, role, organisation}) => ({
          id,
          handle,
          role,
          organisation: organisation === null ? null : (named.get(organisation) ?? null),
        })),
      };
    },
  );
  route(
    web,
    'GET /api/consultations/:consultation/invitations',
    {summary: 'Invitations into it', answer: z.object({invitations: z.array(invitation)})},
    async ({actor, param}) => {
      const {consultation: into, invitations} = await listInvitations(app, actor, param('consultation'));
      const named = await organisationsById(app);
      return {invitations: invitations.map(one => invitationJson(app, one, into, named))};
    },
  );
  route(
    web,
    'POST /api/consultations/:consultation/invitations',
    {summary: 'Makes an invitation; its link is shown once', body: createInvitation, answer: invitation, status: 201},
    async ({actor, param, body}) => {
      const {consultation: into, made} = await inviteInto(app, actor, param('consultation'), body);
      return {
        ...invitationJson(app, made.invitation, into, await organisationsById(app)),
        link: `${app.address()}/invitations/${made.token}`,
      };
    },
  );
}

function consultationJson(from: ConsultationSummary): z.input<typeof consultation> {
  const {id, slug, title, mandate, phase, papers, organisations} = from;
  return {id, slug, title, mandate, phase, papers, organisations, phaseEndsAt: instant(from.phaseEndsAt)};
}

async function organisationsById(app: App): Promise<ReadonlyMap<string, Organisation>> {
  return new Map((await app.store.organisations.all()).map(one => [one.id, one]));
}
