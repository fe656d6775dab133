import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import {commitmentTo} from './commitment.ts';

test('a commitment can be recomputed with any SHA-256, and the salt keeps it from being guessed', () => {
  const salt = Uint8Array.from({length: 16}, (_, i) => i);
  const text = 'Working days of which country? أيام العمل';
  expect(commitmentTo(salt, text)).toBe(createHash('sha256').update(salt).update(text).digest('hex'));
  expect(commitmentTo(new Uint8Array(16), text)).not.toBe(commitmentTo(salt, text));
});
