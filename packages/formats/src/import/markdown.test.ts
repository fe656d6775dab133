import {describe, expect, it} from 'vitest';
import {outline} from '../testing/words.ts';
import {importMarkdown} from './markdown.ts';

function read(...lines: string[]): string[] {
  return outline(importMarkdown(lines.join('\n')).content);
}

function left(source: string): string[] {
  return importMarkdown(source).report.left.map(({what, count, lines}) => `${what} ${count} @${lines.join(',')}`);
}

describe('reading Markdown', () => {
  it('takes the only first-level heading at the start for the title', () => {
    expect(read('# On drafts', '', '## Scope', '', 'Words.', '', '### Detail')).toEqual([
      'title 0 | On drafts',
      'heading 0 | Scope',
      'text 0 | Words.',
      'heading 1 | Detail',
    ]);
    expect(read('# One', '', 'Words.', '', '# Two', '', '## Under two')).toEqual([
      'heading 0 | One',
      'text 0 | Words.',
      'heading 0 | Two',
      'heading 1 | Under two',
    ]);
  });

  it('knows organ, preamble, operative paragraphs and their sub-paragraphs', () => {
    expect(
      read(
        '*The General Assembly,*',
        '',
        '*Recalling* its resolution 1,',
        '',
        'Noting with concern the delay,',
        '',
        '1. *Decides* to publish:',
        '',
        '   (a) Drafts;',
        '',
        '   (b) Reports:',
        '',
        '   (i) Long ones;',
        '',
        '   (ii) Short ones;',
        '',
        '   (c) Minutes;',
        '',
        '2. Requests a report.',
      ),
    ).toEqual([
      'organ 0 | The General Assembly,',
      'preambular 0 | Recalling its resolution 1,',
      'preambular 0 | Noting with concern the delay,',
      'operative 0 | Decides to publish:',
      'operative 1 | Drafts;',
      'operative 1 | Reports:',
      'operative 2 | Long ones;',
      'operative 2 | Short ones;',
      'operative 1 | Minutes;',
      'operative 0 | Requests a report.',
    ]);
  });

  it('writes a number out where the paper would compute another one', () => {
    expect(read('1. First', '2. Second', '', '## Again', '', '1. First again')).toEqual([
      'text 0 | 1. First',
      'text 0 | 2. Second',
      'heading 0 | Again',
      'text 0 | 1. First again',
    ]);
    expect(read('Text:', '', '(a) one', '', '(c) three')).toEqual([
      'text 0 | Text:',
      'item 1 | one',
      'text 0 | (c) three',
    ]);
  });

  it('keeps an ordinary sentence that begins with a participle as text', () => {
    expect(read('Considering all this, we agree.', '', 'Following up.')).toEqual([
      'text 0 | Considering all this, we agree.',
      'text 0 | Following up.',
    ]);
  });

  it('nests bullets and quotations by level', () => {
    expect(read('- one', '  - two', '- three', '', '> said', '>', '> > before')).toEqual([
      'item 0 | one',
      'item 1 | two',
      'item 0 | three',
      'quote 0 | said',
      'quote 1 | before',
    ]);
  });

  it('carries bold, italic, strike, underline and safe links', () => {
    expect(read('A **b** *c* ~~d~~ <u>e</u> [f](https://example.org) <mailto:g@example.org>')).toEqual([
      'text 0 | A {b:b} {i:c} {s:d} {u:e} {link:f} {link:mailto:g@example.org}',
    ]);
  });

  it('keeps the words of a link that leads where links may not, and says so', () => {
    const source = 'See [the script](javascript:alert(1)) and [above](#top).';
    expect(read(source)).toEqual(['text 0 | See the script and above.']);
    expect(left(source)).toEqual(['link 2 @1']);
  });

  it('keeps brackets before a colon, which look like the definition of a link', () => {
    expect(read('[Option]: Deleted', '', '[^1]: Note', '', '[a]: https://example.org', '', 'See [a].')).toEqual([
      'text 0 | [Option]: Deleted',
      'text 0 | [^1]: Note',
      'text 0 | See {link:a}.',
    ]);
  });

  it('names what it could not carry over, with lines', () => {
    const source = [
      '---',
      'title: Named above',
      'layout: page',
      '---',
      '',
      '![A map](map.png) shows it.',
      '',
      '| a | b |',
      '| - | - |',
      '| c | d |',
      '',
      '***',
      '',
      '<div class="x">Inside <b>bold</b></div>',
      '',
      '```js',
      'let it = be;',
      '```',
      '',
      'Said.[^1]',
      '',
      '[^1]: Where.',
    ].join('\n');
    expect(read(source)).toEqual([
      'title 0 | Named above',
      'text 0 | A map shows it.',
      'text 0 | a | b',
      'text 0 | c | d',
      'text 0 | Inside bold',
      'text 0 | let it = be;',
      'text 0 | Said.[^1]',
      'text 0 | [^1]: Where.',
    ]);
    expect(left(source)).toEqual([
      'front-matter 1 @1',
      'image 1 @6',
      'table 1 @8',
      'footnote 1 @22',
      'code 1 @16',
      'rule 1 @12',
      'html 1 @14',
    ]);
  });

  it('takes no script or style for words', () => {
    expect(read('<script>', 'steal()', '</script>', '', 'Words <img src=x onerror=alert(1)> here.')).toEqual([
      'text 0 | Words  here.',
    ]);
  });

  it('tells the language, and believes front matter over the text', () => {
    expect(importMarkdown('Das ist der Text und die Sprache ist nicht bekannt.').language).toBe('de');
    expect(importMarkdown('大会决定公布所有草案并回答每一项意见。').language).toBe('zh');
    expect(importMarkdown('---\nlang: fr\n---\n\nThe text of the paper.').language).toBe('fr');
  });

  it('reads sub-paragraph signs of the other languages', () => {
    const arabic = importMarkdown('1. تقرر ما يلي:\n\n(أ) نشر المشاريع؛\n\n(ب) نشر التقارير.', {language: 'ar'});
    expect(outline(arabic.content)).toEqual([
      'operative 0 | تقرر ما يلي:',
      'operative 1 | نشر المشاريع؛',
      'operative 1 | نشر التقارير.',
    ]);
    const french = importMarkdown('1. *Décide* :\n\na) Un ;\n\nb) Deux.', {language: 'fr'});
    expect(french.content.map(({kind, level}) => `${kind} ${level}`)).toEqual([
      'operative 0',
      'operative 1',
      'operative 1',
    ]);
  });
});
