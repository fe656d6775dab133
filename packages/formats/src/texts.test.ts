import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {lostWords} from './testing/words.ts';
import {importFile} from './registry.ts';

/** Real texts that lie beside a checkout where there are any; they are not ours to keep in it. */
const folder = fileURLToPath(new URL('../../../../shared/data/texts/', import.meta.url));
const files = existsSync(folder)
  ? readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => /\.(?:md|txt)$/.test(name))
  : [];
if (files.length === 0) process.stderr.write(`No real texts at ${folder}: their import is not tried.\n`);

const languageOf: Record<string, string> = {'pt-BR': 'pt'};

/** What readers of a Markdown file see of it: no addresses, no tags, no front matter. */
function visible(source: string): string {
  return source
    .replace(/^---\n(?:[A-Za-z_][\w-]*:.*\n|\s+- .*\n)+---$/gm, '')
    .replace(/^ {0,3}\[[^^\]][^\]]*\]:\s*\S+.*$/gm, '')
    .replace(/\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)/g, '](')
    .replace(/(\]\[)[^\]\s]+\]/g, '$1]')
    .replace(/<\/?[A-Za-z][^<>]*>/g, '')
    .replace(/\*/g, '')
    .replace(/^\s*\([ivx]+\) /gm, '');
}

describe.skipIf(files.length === 0)('real texts', () => {
  it.each(files)('%s comes in complete and within a second', async name => {
    const bytes = readFileSync(`${folder}${name}`);
    const started = process.cpuUsage();
    const {content, language, report} = await importFile(bytes, name);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
    expect(content.length).toBeGreaterThan(3);
    expect(report.paragraphs).toBe(content.length);
    const source = bytes.toString('utf8');
    const lost = lostWords(name.endsWith('.md') ? visible(source) : source, content);
    expect(lost).toEqual([]);
    const declaration = /udhr\/(.+)\.md$/.exec(name)?.[1];
    expect(language).toBe(declaration === undefined ? 'en' : (languageOf[declaration] ?? declaration));
  });
});
