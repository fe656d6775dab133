import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cookieOf, seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {inviteSecretariat} from './invitations.service.ts';

let instance: TestInstance;
let dina: string;
let ana: string;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  dina = await instance.signIn('dina');
  ana = await instance.signIn('ana');
});
afterAll(() => instance.close());

let count = 0;
async function newcomer(): Promise<string> {
  count++;
  const {headers} = await instance.call('POST', '/api/auth/sign-up/email', {
    body: {handle: `Newcomer ${count}`, email: `n${count}@example.org`, password: 'a long password'},
  });
  return cookieOf(headers);
}

const invitations = '/api/consultations/copenhagen/invitations';
async function inviteAsDina(body: object): Promise<string> {
  const {body: made} = await instance.call<{link: string}>('POST', invitations, {as: dina, body});
  return new URL(made.link).pathname.split('/').at(-1) ?? '';
}

async function mandates(cookie: string) {
  const {body} = await instance.call<{member: {mandates: unknown[]; instanceSecretariat: boolean}}>('GET', '/api/me', {
    as: cookie,
  });
  return body.member;
}

describe('R6: an invitation', () => {
  test('says what it promises, gives it once, and is told apart from none', async () => {
    const token = await inviteAsDina({role: 'delegate', organisation: 'valmora'});
    expect((await instance.call('GET', `/api/invitations/${token}`)).body).toMatchObject({
      role: 'delegate',
      organisation: {slug: 'valmora'},
      consultation: {slug: 'copenhagen'},
      state: 'open',
    });
    expect((await instance.call('POST', `/api/invitations/${token}/accept`)).body).toMatchObject({
      refusal: 'sign-in.required',
    });
    const guest = await newcomer();
    const accept = (as: string) => instance.call('POST', `/api/invitations/${token}/accept`, {as});
    expect(await accept(guest)).toMatchObject({status: 200, body: {consultation: {slug: 'copenhagen'}}});
    expect((await mandates(guest)).mandates).toMatchObject([{role: 'delegate', organisation: {slug: 'valmora'}}]);
    expect(await accept(await newcomer())).toMatchObject({status: 410, body: {refusal: 'invitation.used'}});
    expect((await instance.call('GET', `/api/invitations/${token}`)).body).toMatchObject({state: 'used'});
    expect(await instance.call('GET', '/api/invitations/none')).toMatchObject({
      status: 404,
      body: {refusal: 'invitation.invalid'},
    });
  });

  test('goes to one of two who accept it at once', async () => {
    const token = await inviteAsDina({role: 'observer'});
    const guests = [await newcomer(), await newcomer()];
    const answers = await Promise.all(
      guests.map(as => instance.call('POST', `/api/invitations/${token}/accept`, {as})),
    );
    expect(answers.map(({status}) => status).toSorted()).toEqual([200, 410]);
  });

  test('is the chair’s to give, and a delegate speaks for an organisation', async () => {
    expect(await instance.call('POST', invitations, {as: ana, body: {role: 'observer'}})).toMatchObject({
      status: 403,
      body: {refusal: 'not-permitted'},
    });
    expect(await instance.call('POST', invitations, {as: dina, body: {role: 'delegate'}})).toMatchObject({
      status: 400,
      body: {refusal: 'input.invalid', details: {fields: ['organisation']}},
    });
    expect((await instance.call('POST', invitations, {as: dina, body: {role: 'gavel'}})).status).toBe(400);
  });

  test('is listed without its link, and its token is not stored', async () => {
    const token = await inviteAsDina({role: 'observer'});
    const {body} = await instance.call<{invitations: object[]}>('GET', invitations, {as: dina});
    expect(body.invitations.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('link');
    const stored = JSON.stringify(await instance.store.ledger.readAll(0, 1000));
    expect(stored.includes(token)).toBe(false);
    expect((await instance.call('GET', invitations, {as: ana})).status).toBe(403);
  });
});

test('R6: the first secretariat creates organisations, consultations and papers, and others do not', async () => {
  const {token: earlier} = await inviteSecretariat(instance.app);
  const {token} = await inviteSecretariat(instance.app);
  const first = await newcomer();
  expect((await instance.call('POST', `/api/invitations/${earlier}/accept`, {as: first})).status).toBe(404);
  expect(await instance.call('POST', `/api/invitations/${token}/accept`, {as: first})).toMatchObject({
    status: 200,
    body: {consultation: null},
  });
  expect((await mandates(first)).instanceSecretariat).toBe(true);
  const organisation = {slug: 'new-one', name: 'A New One', constituency: 'academia', region: 'african'};
  const consultation = {slug: 'accra', title: 'Accra', mandate: 'To begin.', phase: 'input'};
  for (const as of [dina, ana]) {
    expect((await instance.call('POST', '/api/organisations', {as, body: organisation})).status).toBe(403);
    expect((await instance.call('POST', '/api/consultations', {as, body: consultation})).status).toBe(403);
  }
  expect((await instance.call('POST', '/api/organisations', {body: organisation})).status).toBe(401);
  expect((await instance.call('POST', '/api/organisations', {as: first, body: organisation})).status).toBe(201);
  expect(await instance.call('POST', '/api/organisations', {as: first, body: organisation})).toMatchObject({
    status: 409,
    body: {refusal: 'slug.taken'},
  });
  expect(await instance.call('POST', '/api/consultations', {as: first, body: consultation})).toMatchObject({
    status: 201,
    body: {slug: 'accra', phaseEndsAt: null},
  });
  const seen = await instance.call('GET', '/api/consultations/accra', {as: first});
  expect(seen.body).toMatchObject({you: {role: 'secretariat', mayInvite: true, mayCreatePapers: true}});
  const paper = {consultation: 'accra', title: 'Zero draft'};
  expect((await instance.call('POST', '/api/papers', {as: first, body: paper})).status).toBe(201);
  expect((await instance.call('POST', '/api/papers', {as: ana, body: paper})).status).toBe(403);
});

test('the chair sees the members of a consultation by handle, organisation and role, and nothing else of them', async () => {
  const {body} = await instance.call<{members: object[]}>('GET', '/api/consultations/copenhagen/members', {as: dina});
  expect(body.members).toContainEqual({
    id: expect.any(String),
    handle: 'ana',
    role: 'delegate',
    organisation: expect.objectContaining({slug: 'open-assemblies'}),
  });
  expect(Object.keys(body.members[0] ?? {}).toSorted()).toEqual(['handle', 'id', 'organisation', 'role']);
  expect((await instance.call('GET', '/api/consultations/copenhagen/members', {as: ana})).status).toBe(403);
});

test('a member changes handle and language, and nobody takes another’s handle', async () => {
  const guest = await newcomer();
  const change = (body: object) => instance.call('PATCH', '/api/me', {as: guest, body});
  expect((await change({handle: 'Ólafía', language: 'ru'})).body).toMatchObject({
    member: {handle: 'Ólafía', language: 'ru'},
  });
  expect(await change({handle: 'DINA'})).toMatchObject({status: 409, body: {refusal: 'handle.taken'}});
  expect((await change({language: null})).body).toMatchObject({member: {handle: 'Ólafía', language: null}});
  expect((await change({handle: '<b>'})).status).toBe(400);
});

test('every act of people stands in the ledger, without a name or an address', async () => {
  const entries = await instance.store.ledger.readAll(0, 1000);
  expect(new Set(entries.map(({act}) => act))).toEqual(
    new Set([
      'member.joined',
      'member.renamed',
      'organisation.created',
      'consultation.created',
      'mandate.granted',
      'invitation.made',
      'secretariat.granted',
      'paper.created',
    ]),
  );
  expect(entries.map(({index}) => index)).toEqual(entries.map((_entry, place) => place));
  const told = JSON.stringify(entries.map(({event, actor}) => ({event, actor})));
  for (const personal of ['Newcomer', 'example.org', 'Ólafía', 'Dina']) expect(told).not.toContain(personal);
});
