import fc from 'fast-check';
import type {ParagraphContent} from '@plenary/paper/view';
import {describe, expect, it} from 'vitest';
import {exportMarkdown} from './export/markdown.ts';
import {exportText} from './export/text.ts';
import {importMarkdown} from './import/markdown.ts';
import {importText} from './import/text.ts';
import {anyPaper, named, resolution} from './testing/papers.ts';
import {lostWords, outline} from './testing/words.ts';

function throughMarkdown(content: readonly ParagraphContent[]): ParagraphContent[] {
  return importMarkdown(exportMarkdown({paragraphs: named(content), title: 'A paper', symbol: '', language: 'en'}))
    .content;
}

describe('a paper that goes out as Markdown and comes back', () => {
  it('is the same when it is a resolution', () => {
    fc.assert(
      fc.property(resolution, content => {
        expect(outline(throughMarkdown(content))).toEqual(outline(content));
      }),
      {numRuns: 150},
    );
  });

  it('has lost no word, whatever it was', () => {
    fc.assert(
      fc.property(anyPaper, content => {
        const source = content.map(({runs}) => runs.map(run => run.text).join('')).join('\n');
        expect(lostWords(source, throughMarkdown(content))).toEqual([]);
      }),
      {numRuns: 400},
    );
  });

  it('changes no more the second time', () => {
    fc.assert(
      fc.property(anyPaper, content => {
        const once = throughMarkdown(content);
        expect(outline(throughMarkdown(once))).toEqual(outline(once));
      }),
      {numRuns: 400},
    );
  });
});

describe('a paper that goes out as text and comes back', () => {
  it('has lost no word', () => {
    fc.assert(
      fc.property(resolution, content => {
        const text = exportText({paragraphs: named(content), title: 'A paper', symbol: '', language: 'en'});
        expect(lostWords(text, importText(text).content)).toEqual([]);
      }),
      {numRuns: 100},
    );
  });
});
