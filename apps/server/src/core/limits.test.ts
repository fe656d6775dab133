import {expect, test} from 'vitest';
import {Refusal} from '@plenary/domain/refusal';
import {seatCast, startInstance} from '../testing/instance.ts';
import {createLimits, rates} from './limits.ts';

function spent(work: () => void): Refusal | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

test('a bucket empties, says how long to wait, and fills again; others are not affected', () => {
  let now = 0;
  const limits = createLimits({now: () => now}, true);
  const {burst, perSecond} = rates['sign-in-account'];
  for (let n = 0; n < burst; n++) limits.spend('sign-in-account', 'ana');
  expect(spent(() => limits.spend('sign-in-account', 'ana'))).toMatchObject({
    code: 'rate.limited',
    details: {seconds: 1 / perSecond},
  });
  expect(spent(() => limits.spend('sign-in-account', 'ben'))).toBeNull();
  expect(spent(() => limits.spend('read', 'ana'))).toBeNull();
  now += 1000 / perSecond;
  expect(spent(() => limits.spend('sign-in-account', 'ana'))).toBeNull();
  expect(spent(() => limits.spend('sign-in-account', 'ana'))).not.toBeNull();
});

test('memory is bounded, however many ask', () => {
  let now = 0;
  const limits = createLimits({now: () => now++}, true);
  for (let n = 0; n < 130_000; n++) limits.spend('sign-up', `address ${n}`);
  expect(limits.size).toBeLessThanOrEqual(100_000);
});

test('guessing a password is slowed down per account, whoever guesses, and LIMITS=off switches that off', async () => {
  const guess = async (environment: Record<string, string>): Promise<number[]> => {
    const instance = await startInstance({...environment, TRUST_PROXY: '1'});
    try {
      const statuses = [];
      for (let n = 0; n < rates['sign-in-account'].burst + 2; n++) {
        const answer = await instance.call('POST', '/api/auth/sign-in/email', {
          body: {email: 'ana@example.org', password: 'a guess'},
          headers: {'x-forwarded-for': `192.0.2.${n}`},
        });
        statuses.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      return statuses;
    } finally {
      await instance.close();
    }
  };
  expect((await guess({LIMITS: 'on'})).slice(-3)).toEqual([401, 429, 429]);
  expect(new Set(await guess({LIMITS: 'off'}))).toEqual(new Set([401]));
});

test('one address does not use up another’s share, nor one member another’s', async () => {
  const instance = await startInstance({LIMITS: 'on', TRUST_PROXY: '1'});
  try {
    await seatCast(instance);
    const [ana, ben] = [await instance.signIn('ana'), await instance.signIn('ben')];
    const create = (as: string) =>
      instance.call('POST', '/api/papers', {as, body: {consultation: 'copenhagen', title: 'One of many'}});
    const {burst} = rates['create-paper'];
    const statuses = [];
    for (let n = 0; n < burst + 1; n++) statuses.push((await create(ana)).status);
    expect(statuses.slice(-2)).toEqual([201, 429]);
    expect((await create(ben)).status).toBe(201);
  } finally {
    await instance.close();
  }
});
