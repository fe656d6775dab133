import {expect, test} from 'vitest';
import {translatorFor} from '@plenary/locales/translate';
import {labelsOf} from './labels.ts';
import type {ReadParagraph} from './paragraphs.ts';

function says(text: string, label = '', className = 'pp'): ReadParagraph {
  const words = text === '' ? [] : [{text, within: [], href: null}];
  return {name: 'a', label, className, lang: null, dir: null, words};
}

test('paragraphs are called by their numbers, with what they belong to, or by their first words', () => {
  const labels = labelsOf(
    [
      says('Joint statement on civic participation in digital governance'),
      says('Scope'),
      says('Calls upon conveners:', 'OP 4'),
      says('to publish;', '(a)', 'pp lev lev-1'),
      says('a point', '•', 'pp lev lev-1'),
      says(''),
    ],
    translatorFor('en'),
  );
  expect(labels).toEqual([
    'Joint statement on civic participation…',
    'Scope',
    'OP 4',
    'OP 4 (a)',
    'a point',
    'Paragraph 6',
  ]);
});
