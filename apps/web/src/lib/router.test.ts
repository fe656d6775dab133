import {expect, test} from 'vitest';
import {matchPath} from './router.tsx';

test('a pattern fits its path and names its parts, decoded', () => {
  expect(matchPath('/consultations/:slug/people', '/consultations/copenhagen/people')).toEqual({slug: 'copenhagen'});
  expect(matchPath('/papers/:paper', '/papers/a%20b')).toEqual({paper: 'a b'});
  expect(matchPath('/', '/')).toEqual({});
  expect(matchPath('/account', '/account/')).toEqual({});
});

test('another length, an empty part or a broken escape is another path', () => {
  expect(matchPath('/papers/:paper', '/papers')).toBeNull();
  expect(matchPath('/papers/:paper', '/papers/')).toBeNull();
  expect(matchPath('/papers/:paper', '/papers/a/b')).toBeNull();
  expect(matchPath('/papers/:paper', '/papers/%E0%A4%A')).toBeNull();
});
