import {expect, test} from 'vitest';
import {erasedHandle} from '@plenary/domain/members/erased';
import {languages} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import {shownHandle} from './handle.ts';

test('an erased member is called so in every language, and everybody else by their handle', () => {
  const said = languages.map(language => shownHandle(erasedHandle, translatorFor(language)));
  expect(new Set(said).size).toBe(languages.length);
  expect(shownHandle('Ana', translatorFor('ar'))).toBe('Ana');
});
