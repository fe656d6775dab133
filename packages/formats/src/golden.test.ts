import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {docxParts} from './docx/export.ts';
import {importMarkdown} from './import/markdown.ts';
import {exportFormats} from './registry.ts';
import {named} from './testing/papers.ts';
import {outline} from './testing/words.ts';

const source = readFileSync(new URL('./golden/resolution.md', import.meta.url), 'utf8');
const {content, title, language, report} = importMarkdown(source);
const paper = {paragraphs: named(content), title: title ?? '', symbol: '', language: language ?? 'en'};

describe('a resolution', () => {
  it('is read as it was always read', async () => {
    expect(language).toBe('en');
    expect(report.left).toEqual([]);
    await expect(`${outline(content).join('\n')}\n`).toMatchFileSnapshot('./golden/resolution.outline.txt');
  });

  it('is written as Markdown sign by sign as it was read', () => {
    expect(exportFormats.markdown.write(paper)).toBe(source);
  });

  it('is written as text and as HTML as it always was', async () => {
    await expect(exportFormats.text.write(paper)).toMatchFileSnapshot('./golden/resolution.txt');
    await expect(exportFormats.html.write(paper)).toMatchFileSnapshot('./golden/resolution.html');
  });

  it('is written as a Word file part by part as it always was', async () => {
    const parts = docxParts({...paper, symbol: 'TFD/IE/L.3'});
    const shown = parts.map(([name, content]) => `--- ${name}\n${content.replaceAll('<w:p>', '\n<w:p>')}`).join('\n');
    await expect(shown).toMatchFileSnapshot('./golden/resolution.docx.xml.txt');
  });
});
