import {describe, expect, test} from 'vitest';
import {languages} from '@plenary/domain/languages';
import {numberParagraphs} from './numbering.ts';
import {openerLength} from './openers.ts';
import type {Numbered} from './numbering.ts';
import {says} from './testing/papers.ts';
import type {ParagraphKind} from './view.ts';

function shape(...kinds: (ParagraphKind | [ParagraphKind, number])[]): Numbered[] {
  return kinds.map(kind =>
    typeof kind === 'string' ? {kind, level: 0, gone: false} : {kind: kind[0], level: kind[1], gone: false},
  );
}

const resolution = shape(
  'title',
  'organ',
  'preambular',
  'preambular',
  'operative',
  ['operative', 1],
  ['operative', 1],
  ['operative', 2],
  ['operative', 2],
  ['operative', 1],
  'operative',
  ['operative', 1],
);

describe('labels', () => {
  test('count preambular and operative paragraphs through, sub-paragraphs anew under each', () => {
    expect(numberParagraphs(resolution, 'en')).toEqual([
      '',
      '',
      'PP\u00A01',
      'PP\u00A02',
      'OP\u00A01',
      '(a)',
      '(b)',
      '(i)',
      '(ii)',
      '(c)',
      'OP\u00A02',
      '(a)',
    ]);
  });

  test('are written in the signs of the language', () => {
    expect(numberParagraphs(resolution, 'fr').slice(5, 8)).toEqual(['a)', 'b)', 'i)']);
    expect(numberParagraphs(resolution, 'es-419').slice(5, 8)).toEqual(['a)', 'b)', 'i)']);
    expect(numberParagraphs(resolution, 'ru').slice(5, 8)).toEqual(['a)', 'b)', 'i)']);
    expect(numberParagraphs(resolution, 'ar').slice(5, 8)).toEqual(['(أ)', '(ب)', '(1)']);
    expect(numberParagraphs(resolution, 'zh').slice(5, 8)).toEqual(['(a)', '(b)', '(一)']);
  });

  test('PP and OP are the same in every language', () => {
    for (const language of languages) {
      expect(numberParagraphs(resolution, language).filter(label => /^[PO]P/.test(label))).toEqual([
        'PP\u00A01',
        'PP\u00A02',
        'OP\u00A01',
        'OP\u00A02',
      ]);
    }
  });

  test('list items have bullets, deeper ones letters; a heading starts anew', () => {
    expect(
      numberParagraphs(shape('item', 'item', ['item', 1], ['item', 1], 'heading', ['item', 1], 'quote', 'text'), 'en'),
    ).toEqual(['•', '•', '(a)', '(b)', '', '(a)', '', '']);
  });

  test('go on after z and do not count deleted paragraphs', () => {
    const many = numberParagraphs(shape(...Array.from({length: 28}, (): [ParagraphKind, number] => ['item', 1])), 'en');
    expect(many.slice(24)).toEqual(['(y)', '(z)', '(aa)', '(bb)']);
    expect(numberParagraphs([{kind: 'operative', level: 0, gone: true}, ...shape('operative')], 'en')).toEqual([
      '',
      'OP\u00A01',
    ]);
  });
});

describe('openings', () => {
  const opening = (text: string, language: string, kind: ParagraphKind = 'preambular') =>
    text.slice(0, openerLength(says(text, {kind}), language));

  test.each([
    ['en', 'preambular', 'Recalling that everyone has the right', 'Recalling'],
    ['en', 'preambular', 'Recognizing also the role of cities', 'Recognizing also'],
    ['en', 'preambular', 'Noting with concern that deadlines exclude', 'Noting with concern'],
    ['en', 'preambular', 'Deeply concerned by the fees', 'Deeply concerned'],
    ['en', 'preambular', 'Bearing in mind its resolution', 'Bearing in mind'],
    ['en', 'operative', 'Calls upon conveners to publish', 'Calls upon'],
    ['en', 'operative', 'Call upon conveners to publish', 'Call upon'],
    ['en', 'operative', 'Decide to review together', 'Decide'],
    ['en', 'operative', 'Further invites all States', 'Further invites'],
    ['en', 'operative', 'Participation is meaningful', ''],
    ['fr', 'preambular', 'Notant avec préoccupation que', 'Notant avec préoccupation'],
    ['fr', 'operative', 'Engage instamment les États', 'Engage instamment'],
    ['es', 'preambular', 'Recordando también que', 'Recordando también'],
    ['es', 'operative', 'Exhorta a los organizadores', 'Exhorta'],
    ['ru', 'preambular', 'отмечая с обеспокоенностью, что', 'отмечая с обеспокоенностью'],
    ['ru', 'operative', 'Призывает организаторов', 'Призывает'],
    ['ar', 'preambular', 'وإذ تلاحظ مع القلق أن المواعيد', 'وإذ تلاحظ مع القلق'],
    ['ar', 'preambular', 'إذ تشير إلى أن', 'إذ تشير'],
    ['ar', 'operative', 'تهيب بالجهات', 'تهيب'],
    ['zh', 'preambular', '回顾人人有权', '回顾'],
    ['zh', 'operative', '呼吁召集方', '呼吁'],
  ] as const)('%s %s: %s', (language, kind, text, expected) => {
    expect(opening(text, language, kind)).toBe(expected);
  });

  test('are found by the paragraph’s own language and only where such paragraphs stand', () => {
    expect(openerLength(says('Rappelant que', {kind: 'preambular', lang: 'fr'}), 'en')).toBe(9);
    expect(openerLength(says('Recalling that'), 'en')).toBe(0);
    expect(openerLength(says('Recallings of', {kind: 'preambular'}), 'en')).toBe(0);
    expect(openerLength(says('Recalling that', {kind: 'preambular'}), 'sw')).toBe(0);
  });
});
