import {expect, test} from 'vitest';
import {Turnstile} from './turnstile.ts';

test('a crowd passes in the order of its coming, so many at a time, and what fails makes room too', async () => {
  const turnstile = new Turnstile(3, 100);
  const passed: number[] = [];
  let inside = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({length: 40}, (_, number) =>
      turnstile.pass(async () => {
        most = Math.max(most, ++inside);
        await Promise.resolve();
        passed.push(number);
        inside--;
        if (number % 7 === 0) throw new Error('no');
      }),
    ),
  );
  expect(most).toBe(3);
  expect(passed).toEqual(Array.from({length: 40}, (_, number) => number));
  expect(results.filter(({status}) => status === 'rejected')).toHaveLength(6);
  expect(await turnstile.pass(async () => 'free')).toBe('free');
});

test('whoever finds the queue full is told to come again', async () => {
  const turnstile = new Turnstile(1, 1);
  let open = (): void => undefined;
  const first = turnstile.pass(() => new Promise<void>(go => (open = go)));
  const second = turnstile.pass(async () => 'second');
  await expect(turnstile.pass(async () => 'third')).rejects.toMatchObject({code: 'server.busy'});
  open();
  await first;
  expect(await second).toBe('second');
});
