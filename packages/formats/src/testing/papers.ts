import fc from 'fast-check';
import type {Marks, Paragraph, ParagraphContent, Run} from '@plenary/paper/view';
import {paragraphKinds} from '@plenary/paper/view';

/** Paragraphs with names, as a paper shows them. */
export function named(content: readonly ParagraphContent[]): Paragraph[] {
  return content.map((paragraph, index) => ({...paragraph, name: `p${index}`, gone: false}));
}

const word = fc.stringMatching(/^[a-z]{3,9}$/);
const phrase = fc.array(word, {minLength: 2, maxLength: 8}).map(words => words.join(' '));
const marks = fc.constantFrom<Marks>(
  {},
  {},
  {},
  {b: true},
  {i: true},
  {u: true},
  {s: true},
  {b: true, i: true},
  {link: 'https://example.org/a?b=c&d=(e)'},
  {b: true, link: 'mailto:a@example.org'},
);

function joined(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (last && JSON.stringify(last.marks) === JSON.stringify(run.marks)) {
      kept[kept.length - 1] = {...last, text: last.text + run.text};
    } else if (run.text !== '') kept.push(run);
  }
  return kept;
}

/** Upright first, so that nothing looks like an opening; then under any marks. */
function sentence(start: string, end: string): fc.Arbitrary<Run[]> {
  return fc.tuple(phrase, fc.array(fc.tuple(phrase, marks), {maxLength: 3}), phrase).map(([first, middle, last]) =>
    joined([
      {text: `${start}${first} `, marks: {}},
      ...middle.flatMap(([text, of]) => [
        {text, marks: of},
        {text: ' ', marks: {}},
      ]),
      {text: `${last}${end}`, marks: {}},
    ]),
  );
}

function paragraph(kind: ParagraphContent['kind'], level: number, runs: fc.Arbitrary<Run[]>) {
  return runs.map((of): ParagraphContent => ({kind, level, dir: null, lang: null, runs: of}));
}

const operative = fc
  .tuple(
    paragraph('operative', 0, sentence('Decides that ', ':')),
    fc.array(
      fc.tuple(
        paragraph('operative', 1, sentence('Drafts ', ';')),
        fc.array(paragraph('operative', 2, sentence('Long ', ';')), {maxLength: 3}),
      ),
      {maxLength: 4},
    ),
  )
  .map(([head, subs]) => [head, ...subs.flatMap(([sub, deeper]) => [sub, ...deeper])]);

const section = fc
  .tuple(
    paragraph('heading', 0, sentence('Part ', '')),
    fc.array(
      fc.oneof(
        operative,
        paragraph('text', 0, sentence('Text ', '.')).map(one => [one]),
        paragraph('quote', 0, sentence('Said ', '.')).map(one => [one]),
        paragraph('heading', 1, sentence('Part ', '')).map(one => [one]),
        paragraph('item', 0, sentence('Point ', ';')).map(one => [one]),
      ),
      {maxLength: 5},
    ),
  )
  .map(([head, rest]) => [head, ...rest.flat()]);

/** A resolution as one would write it. */
export const resolution: fc.Arbitrary<ParagraphContent[]> = fc
  .tuple(
    paragraph('title', 0, sentence('On ', '')),
    fc.option(
      fc.constant({
        kind: 'organ',
        level: 0,
        dir: null,
        lang: null,
        runs: [{text: 'The Assembly,', marks: {}}],
      }),
    ),
    fc.array(paragraph('preambular', 0, sentence('Recalling that ', ',')), {minLength: 1, maxLength: 4}),
    fc.array(operative, {maxLength: 4}),
    fc.array(section, {maxLength: 3}),
  )
  .map(([title, organ, preamble, first, sections]) => [
    title,
    ...(organ ? [organ] : []),
    ...preamble,
    ...first.flat(),
    ...sections.flat(),
  ]);

const sign = fc.constantFrom(
  ...'*_~`#>-+=|[](){}<>!&\\/:;.,1a'.split(''),
  ' ',
  '\n',
  '1. ',
  '(a) ',
  '- ',
  'Recalling ',
  'words',
  'été',
  '和平',
  'سلام',
  'https://example.org ',
  '<b>',
  '</u>',
  '---',
  '![',
  '](x)',
  '&amp;',
  '\u00A0',
  '[^1]',
  '\u200F',
);

/** Anything at all that the shape of a paper allows. */
export const anyPaper: fc.Arbitrary<ParagraphContent[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...paragraphKinds),
    level: fc.integer({min: 0, max: 8}),
    dir: fc.constant(null),
    lang: fc.constant(null),
    runs: fc
      .array(fc.record({text: fc.array(sign, {maxLength: 6}).map(signs => signs.join('')), marks}), {maxLength: 4})
      .map(joined),
  }),
  {maxLength: 12},
);
