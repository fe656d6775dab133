import {z} from 'zod';
import {createOrganisation as wanted, organisation} from '@plenary/protocol/api/people';
import {route, type Web} from '../core/route.ts';
import {createOrganisation} from './organisations.service.ts';

export function openOrganisations(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/organisations',
    {summary: 'Organisations that take part', answer: z.object({organisations: z.array(organisation)})},
    async () => ({organisations: await app.store.organisations.all()}),
  );
  route(
    web,
    'POST /api/organisations',
    {summary: 'Creates an organisation', body: wanted, answer: organisation, status: 201},
    ({actor, body}) => createOrganisation(app, actor, body),
  );
}
