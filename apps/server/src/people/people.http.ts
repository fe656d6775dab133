import {z} from 'zod';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {changeMe, invitation, me, type Me} from '@plenary/protocol/api/people';
import type {App} from '../app.ts';
import {eraseMe as erasureWanted} from '@plenary/protocol/api/ledger';
import {route, type Web} from '../core/route.ts';
import {consultationLine} from '../consultations/consultations.service.ts';
import {invitationJson} from './invitation-json.ts';
import {eraseMe} from './erasure.service.ts';
import {acceptInvitation, findInvitation} from './invitations.service.ts';
import {changeMember} from './members.service.ts';
import {describeMe} from './me.service.ts';
import {whoIs} from '../core/who.ts';

export function openPeople(web: Web): void {
  const {app} = web;
  route(web, 'GET /api/me', {summary: 'Who is signed in', answer: me}, async ({request}): Promise<Me> => {
    return describeMe(app, await whoIs(app, request));
  });
  route(
    web,
    'PATCH /api/me',
    {summary: 'Changes handle and language', body: changeMe, answer: me},
    async ({actor, body, request}) => {
      await changeMember(app, actor, body);
      return describeMe(app, await whoIs(app, request));
    },
  );
  route(
    web,
    'POST /api/me/erasure',
    {
      summary: 'Erases the person behind the account; their acts stay under an opaque id',
      body: erasureWanted,
      answer: z.object({erased: z.literal(true)}),
      rate: 'sign-in',
    },
    async ({actor, body, response}) => {
      await eraseMe(app, actor, body.handle);
      for (const cookie of app.accounts.signOut()) response.append('Set-Cookie', cookie);
      return {erased: true as const};
    },
  );
  route(
    web,
    'GET /api/invitations/:token',
    {summary: 'What an invitation promises', answer: invitation, rate: 'sign-in'},
    async ({param}) => {
      const found = await findInvitation(app, param('token'));
      const into = found.consultation && (await consultationLine(app, found.consultation));
      return invitationJson(app, found, into, await organisationOf(app, found.organisation));
    },
  );
  route(
    web,
    'POST /api/invitations/:token/accept',
    {
      summary: 'Takes what an invitation promises, once',
      answer: z.object({consultation: z.object({slug: z.string(), title: z.string()}).nullable()}),
    },
    async ({actor, param}) => {
      const accepted = await acceptInvitation(app, actor, param('token'));
      const into = accepted.consultation && (await consultationLine(app, accepted.consultation));
      return {consultation: into && {slug: into.slug, title: into.title}};
    },
  );
}

async function organisationOf(app: App, id: string | null): Promise<ReadonlyMap<string, Organisation>> {
  const found = id === null ? null : await app.store.organisations.find(id);
  return new Map(found ? [[found.id, found]] : []);
}
