import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {canonicalText} from '@plenary/paper/canonical';
import {importMarkdown} from '../import/markdown.ts';
import {named} from '../testing/papers.ts';
import {docxParts, exportDocx} from './export.ts';
import {importDocx} from './import.ts';

function found(program: string, forWhat: string): string | null {
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .find(existsSync);
  if (path === undefined) process.stderr.write(`There is no ${program} here: ${forWhat}.\n`);
  return path ?? null;
}

const soffice = found('soffice', 'whether LibreOffice opens our Word files is not tried');
const xmllint = found('xmllint', 'whether their XML is well-formed is judged by our own reader alone');

const source = readFileSync(new URL('../golden/resolution.md', import.meta.url), 'utf8');
const {content} = importMarkdown(source);
const paper = {paragraphs: named(content), title: 'A resolution', symbol: 'TFD/IE/L.3', language: 'en'};
const folder = mkdtempSync(join(tmpdir(), 'plenary-word-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe.skipIf(xmllint === null)('xmllint', () => {
  it.each(docxParts(paper))('reads %s', (name, part) => {
    const path = join(folder, name.replaceAll('/', '-'));
    writeFileSync(path, part);
    execFileSync(xmllint ?? '', ['--noout', path]);
  });
});

describe.skipIf(soffice === null)('R36: a Word file that LibreOffice opened and saved', () => {
  const at = join(folder, 'paper.docx');
  beforeAll(() => {
    writeFileSync(at, exportDocx(paper));
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    execFileSync(
      soffice ?? '',
      [profile, '--headless', '--convert-to', 'docx:MS Word 2007 XML', '--outdir', join(folder, 'saved'), at],
      {
        stdio: 'ignore',
      },
    );
  }, 240_000);

  it('comes back with every word, kind and level', async () => {
    const back = await importDocx(readFileSync(join(folder, 'saved/paper.docx')));
    expect(canonicalText(back.content)).toBe(canonicalText(content));
    expect(back.content.map(({kind, level}) => `${kind} ${level}`)).toEqual(
      content.map(({kind, level}) => `${kind} ${level}`),
    );
    expect(back.content.map(({runs}) => runs)).toEqual(content.map(({runs}) => runs));
  });
});
