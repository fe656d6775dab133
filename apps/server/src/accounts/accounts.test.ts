import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cookieOf, seatCast, startInstance, type TestInstance} from '../testing/instance.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
});
afterAll(() => instance.close());

interface Me {
  member: {
    id: string;
    handle: string;
    language: string | null;
    mandates: {role: string; organisation: unknown}[];
  } | null;
  demonstration: boolean;
}

async function signUp(handle: string, email: string, more: object = {}) {
  return instance.call('POST', '/api/auth/sign-up/email', {
    body: {handle, email, password: 'a long password', ...more},
  });
}

async function me(cookie?: string): Promise<Me> {
  return (await instance.call<Me>('GET', '/api/me', {as: cookie})).body;
}

describe('an account', () => {
  test('begins with a handle, an address and a password, and without a mandate', async () => {
    const answer = await signUp('Eve', 'eve@example.org', {language: 'fr'});
    expect(answer).toMatchObject({status: 200, body: {done: true}});
    const cookie = cookieOf(answer.headers);
    expect(await me(cookie)).toMatchObject({member: {handle: 'Eve', language: 'fr', mandates: []}});
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/i);
  });

  test('signs in with its password, out again, and not with another', async () => {
    await signUp('Frank', 'frank@example.org');
    const wrong = await instance.call('POST', '/api/auth/sign-in/email', {
      body: {email: 'frank@example.org', password: 'another password'},
    });
    expect(wrong).toMatchObject({status: 401, body: {refusal: 'sign-in.wrong'}});
    const right = await instance.call('POST', '/api/auth/sign-in/email', {
      body: {email: 'Frank@example.org', password: 'a long password'},
    });
    const cookie = cookieOf(right.headers);
    expect((await me(cookie)).member?.handle).toBe('Frank');
    expect((await instance.call('POST', '/api/auth/sign-out', {as: cookie})).status).toBe(200);
    expect((await me(cookie)).member).toBeNull();
    const later = await instance.call('PATCH', '/api/me', {as: cookie, body: {handle: 'Frances'}});
    expect(later).toMatchObject({status: 401, body: {refusal: 'sign-in.again'}});
  });

  test('shares neither address nor handle, however it is written', async () => {
    await signUp('Grace', 'grace@example.org');
    expect(await signUp('Grace the second', 'GRACE@example.org')).toMatchObject({
      status: 409,
      body: {refusal: 'email.taken'},
    });
    expect(await signUp('GRACE', 'another@example.org')).toMatchObject({status: 409, body: {refusal: 'handle.taken'}});
    expect((await signUp('Another', 'another@example.org')).status).toBe(200);
  });

  test('of two who want one handle at once, one gets it, and the other address is free again', async () => {
    const answers = await Promise.all([signUp('Heidi', 'h1@example.org'), signUp('Heidi', 'h2@example.org')]);
    expect(answers.map(({status}) => status).toSorted()).toEqual([200, 409]);
    const left = answers[0].status === 409 ? 'h1@example.org' : 'h2@example.org';
    expect((await signUp('Heidi B', left)).status).toBe(200);
  });

  test('names what is wrong with what was entered', async () => {
    expect(await signUp('', 'x@example.org')).toMatchObject({status: 400, body: {refusal: 'input.invalid'}});
    expect(await signUp('Ivan', 'no address')).toMatchObject({
      status: 400,
      body: {refusal: 'input.invalid', details: {fields: ['email']}},
    });
    expect(await signUp('Ivan', 'ivan@example.org', {password: 'short'})).toMatchObject({
      body: {details: {fields: ['password']}},
    });
    expect(await instance.call('POST', '/api/auth/sign-in/email', {text: '{"email": '})).toMatchObject({
      status: 400,
      body: {refusal: 'input.unreadable'},
    });
  });

  test('gets a new password by mail, in its own language, and older sign-ins end', async () => {
    const old = cookieOf((await signUp('Judy', 'judy@example.org', {language: 'es'})).headers);
    const ask = (email: string) => instance.call('POST', '/api/auth/request-password-reset', {body: {email}});
    expect((await ask('nobody@example.org')).status).toBe(200);
    expect((await ask('judy@example.org')).status).toBe(200);
    await expect.poll(() => instance.mails.length).toBe(1);
    const [mail] = instance.mails;
    expect(mail).toMatchObject({to: 'judy@example.org', subject: 'Elija una nueva contraseña para Plenary'});
    const token = /new-password\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
    const body = {token, newPassword: 'a longer password'};
    expect((await instance.call('POST', '/api/auth/reset-password', {body})).status).toBe(200);
    expect((await me(old)).member).toBeNull();
    expect((await instance.call('POST', '/api/auth/reset-password', {body})).status).toBe(404);
    const signIn = await instance.call('POST', '/api/auth/sign-in/email', {
      body: {email: 'judy@example.org', password: 'a longer password'},
    });
    expect(signIn.status).toBe(200);
  });

  test('a cookie that was tampered with signs nobody in', async () => {
    const cookie = await instance.signIn('ana');
    for (const broken of [cookie.slice(0, -6), cookie.replace(/=./, '=x'), 'plenary.session_token=x', `${cookie}%`]) {
      expect((await me(broken)).member).toBeNull();
    }
  });
});

describe('R5: the demonstration', () => {
  test('signs in as one of the cast, and as somebody new with a role', async () => {
    expect((await me(await instance.signIn('ana'))).member).toMatchObject({
      handle: 'ana',
      mandates: [{role: 'delegate', organisation: {slug: 'open-assemblies'}}],
    });
    const once = await me(await instance.signIn('w17', 'delegate', 'valmora'));
    const twice = await me(await instance.signIn('w17', 'delegate', 'valmora'));
    expect(once.member).toMatchObject({mandates: [{role: 'delegate', organisation: {slug: 'valmora'}}]});
    expect(twice).toEqual(once);
    expect((await me(await instance.signIn('w18', 'observer'))).member?.mandates).toMatchObject([{role: 'observer'}]);
  });

  test('knows nobody who was neither cast nor given a role', async () => {
    const answer = await instance.call('POST', '/api/demo/sign-in', {body: {as: 'nobody'}});
    expect(answer).toMatchObject({status: 404, body: {refusal: 'not-found'}});
    const nowhere = {as: 'w19', role: 'delegate', organisation: 'no-such'};
    expect((await instance.call('POST', '/api/demo/sign-in', {body: nowhere})).status).toBe(404);
  });

  test('makes one member for many who ask at once', async () => {
    const cookies = await Promise.all(Array.from({length: 8}, () => instance.signIn('w20', 'delegate', 'valmora')));
    const ids = await Promise.all(cookies.map(async cookie => (await me(cookie)).member?.id));
    expect(new Set(ids).size).toBe(1);
    expect((await me(cookies[0])).member?.mandates).toHaveLength(1);
  });

  test('takes another name where a member goes by it already', async () => {
    await signUp('w21', 'w21@example.org');
    expect((await me(await instance.signIn('w21', 'observer'))).member?.handle).toBe('w21 2');
  });
});

test('R5: outside demonstration mode nobody is signed in by name', async () => {
  const plain = await startInstance({DEMO: '0'});
  try {
    const answer = await plain.call('POST', '/api/demo/sign-in', {body: {as: 'ana', role: 'chair'}});
    expect(answer).toMatchObject({status: 404, body: {refusal: 'demonstration.off'}});
    expect((await plain.call<Me>('GET', '/api/me')).body).toMatchObject({demonstration: false, cast: [], member: null});
  } finally {
    await plain.close();
  }
});
