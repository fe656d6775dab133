import {expect, test} from 'vitest';
import {suggestSlug} from './slug.ts';
import {safePath} from './use-sign-in.ts';

test('after signing in one stays on this site, whatever the address asks for', () => {
  expect(safePath('/papers/joint-statement?x=1')).toBe('/papers/joint-statement?x=1');
  for (const elsewhere of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    null,
  ])
    expect(safePath(elsewhere, '/account')).toBe('/account');
});

test('a short name is suggested from the Latin letters of a title, and none where there are none', () => {
  expect(suggestSlug('Émile: rules & rooms (2)')).toBe('emile-rules-rooms-2');
  expect(suggestSlug('بيان مشترك')).toBe('');
  expect(suggestSlug('a'.repeat(200))).toHaveLength(80);
});
