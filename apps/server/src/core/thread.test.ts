import {afterAll, expect, test} from 'vitest';
import {createThread} from './thread.ts';

const slow = createThread<unknown, unknown>({
  sources: '../testing/slow-worker.ts',
  bundle: './none.js',
  longest: 1_000,
  tooMuch: 'format.too-large',
});
afterAll(() => slow.close());

test('R37: work that takes too long is ended, and what waits behind it is done', async () => {
  const started = performance.now();
  const [long, short] = await Promise.allSettled([slow.ask({for: 'ever'}), slow.ask({for: 0})]);
  expect(long).toMatchObject({status: 'rejected', reason: {name: 'Refusal', code: 'format.too-large'}});
  expect(short).toMatchObject({status: 'fulfilled', value: 'done'});
  expect(performance.now() - started).toBeLessThan(30_000);
});

test('R37: work that takes too much memory is ended by itself', async () => {
  await slow.ask({for: 0});
  await expect(slow.ask({for: 'memory'})).rejects.toMatchObject({name: 'Refusal', code: 'format.too-large'});
  expect(await slow.ask({for: 0})).toBe('done');
});

test('work that nobody waits for any more makes way', async () => {
  const leaving = new AbortController();
  const left = slow.ask({for: 'ever'}, leaving.signal);
  const next = slow.ask({for: 0});
  leaving.abort(new Error('They left.'));
  await expect(left).rejects.toThrow('They left.');
  expect(await next).toBe('done');
});
