import {describe, expect, it} from 'vitest';
import {outline} from '../testing/words.ts';
import {importText} from './text.ts';

function read(...lines: string[]): string[] {
  return outline(importText(lines.join('\n')).content);
}

describe('reading plain text', () => {
  it('takes each line for a paragraph where lines are long or short', () => {
    expect(read('A title', 'One sentence stands here.', 'Another one stands here.')).toEqual([
      'title 0 | A title',
      'text 0 | One sentence stands here.',
      'text 0 | Another one stands here.',
    ]);
  });

  it('joins lines that were wrapped by hand', () => {
    expect(
      read(
        'The first paragraph of this letter goes on for more than a single line of the',
        'page that it was typed on, and it is wrapped at about eighty characters, as was',
        'usual.',
        '',
        'The second begins here and is likewise wrapped, so that there are two lines of',
        'it.',
      ),
    ).toEqual([
      'text 0 | The first paragraph of this letter goes on for more than a single line of the page that it was typed on, and it is wrapped at about eighty characters, as was usual.',
      'text 0 | The second begins here and is likewise wrapped, so that there are two lines of it.',
    ]);
  });

  it('finds the paragraphs of a wrapped resolution that has no empty lines', () => {
    expect(
      read(
        'The General Assembly,',
        'Guided by the Charter of the United Nations, as well as the Universal Declaration',
        'of Human Rights and other international instruments,',
        'Recalling its previous resolutions on the publication of drafts, the most recent',
        'of which is the one of last year,',
        '1. Takes note of the report of the Secretary-General that was submitted pursuant',
        'to that resolution, and requests that it be published;',
        '2. Decides to remain seized of the matter, and to hold a session upon it within',
        'the year.',
      ),
    ).toEqual([
      'organ 0 | The General Assembly,',
      'preambular 0 | Guided by the Charter of the United Nations, as well as the Universal Declaration of Human Rights and other international instruments,',
      'preambular 0 | Recalling its previous resolutions on the publication of drafts, the most recent of which is the one of last year,',
      'operative 0 | Takes note of the report of the Secretary-General that was submitted pursuant to that resolution, and requests that it be published;',
      'operative 0 | Decides to remain seized of the matter, and to hold a session upon it within the year.',
    ]);
  });

  it('puts no spaces between Chinese lines', () => {
    const lines = [
      '这是第一行文字这是第一行文字这是第一行文字这是第一行文字这是第一行文字这是第一行文字',
      '这是第二行。',
    ];
    expect(read(...lines)).toEqual([`text 0 | ${lines.join('')}`]);
  });

  it('leaves Markdown signs alone', () => {
    expect(read('A *star* and [brackets](x).')).toEqual(['text 0 | A *star* and [brackets](x).']);
  });
});
