import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {XMLParser} from 'fast-xml-parser';
import {languages} from '@plenary/domain/languages';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import yauzl from 'yauzl';
import {minutesDocx} from './minutes-docx.ts';
import {minutesHtml} from './minutes-html.ts';
import {minutesJson} from './minutes-json.ts';
import {minutesText} from './minutes-text.ts';
import {lengthOf, minutesTimes} from './minutes-times.ts';
import {meetingMinutes} from './testing/a-meeting.ts';

describe('R59: the minutes as a page', () => {
  test.each(['en', 'ar'] as const)('are in %s what was read and found right', async language => {
    await expect(minutesHtml(minutesText(meetingMinutes(), language))).toMatchFileSnapshot(
      `./golden/minutes.${language}.html`,
    );
  });

  test('for programs are in codes what was read and found right', async () => {
    await expect(minutesJson(meetingMinutes())).toMatchFileSnapshot('./golden/minutes.json');
  });

  test.each(languages)('are whole in %s: no sentence is missing, no markup of a text gets through', language => {
    const html = minutesHtml(minutesText(meetingMinutes(), language));
    expect(html).not.toMatch(/minutes\.[a-z]|undefined|\[object|NaN|\{\w+\}(?! )[^}]*<\/td>/);
    expect(html).toContain('&lt;today&gt;');
    expect(html).toContain('CPH/2026/L.1/Rev.1');
    expect(html).toContain('<bdi dir="ltr" class="n">14:05:01');
    expect(html).not.toContain('insult');
  });

  test('R60: without the right to names there is no name in them, in any format', async () => {
    const named = meetingMinutes(false);
    const all = [
      ...languages.map(language => minutesHtml(minutesText(named, language))),
      minutesJson(named),
      (await partsOf(await minutesDocx(minutesText(named, 'en'))))['word/document.xml'] ?? '',
    ].join('\n');
    const names = ['Ana', 'Ben', 'تشو', 'Dina', 'Coalition', 'Meridian', 'Valmora', '"ana"', 'coalition', 'meridian'];
    expect(names.filter(name => all.includes(name))).toEqual([]);
    expect(['Participant 2', 'Civil society'].filter(words => !all.includes(words))).toEqual([]);
  });
});

describe('R59: the minutes as a Word file', () => {
  test('in each language are the same bytes whenever they are made', {timeout: 20_000}, async () => {
    const made = () => Promise.all(languages.map(language => minutesDocx(minutesText(meetingMinutes(), language))));
    const once = await made();
    // Archives count time in steps of two seconds.
    await new Promise(resolve => setTimeout(resolve, 2100));
    const again = await made();
    expect(once.map((bytes, index) => Buffer.compare(bytes, again[index] ?? new Uint8Array()))).toEqual(
      languages.map(() => 0),
    );
  });

  test('are well-formed, say every cell, and run from right to left in Arabic', async () => {
    const parts = await partsOf(await minutesDocx(minutesText(meetingMinutes(), 'ar')));
    const parser = new XMLParser({ignoreAttributes: false});
    for (const [name, xml] of Object.entries(parts)) {
      if (/\.(?:xml|rels)$/.test(name)) expect(() => parser.parse(xml, true), name).not.toThrow();
    }
    const document = parts['word/document.xml'] ?? '';
    expect(document).toContain('<w:bidi/>');
    expect(document).toContain('<w:bidiVisual/>');
    expect(document).toContain('&lt;today&gt;');
    expect(document).toContain('Republic of Valmora');
    expect(document).not.toContain('insult');
    expect(parts['docProps/core.xml']).not.toMatch(/created|modified|creator/i);
  });

  describe.skipIf(!soffice())('in LibreOffice', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'plenary-minutes-'));
    });
    afterAll(() => rmSync(folder, {recursive: true, force: true}));

    test('open, with every intervention in its row', {timeout: 120_000}, async () => {
      writeFileSync(join(folder, 'minutes.docx'), await minutesDocx(minutesText(meetingMinutes(), 'en')));
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          'txt:Text',
          '--outdir',
          folder,
          join(folder, 'minutes.docx'),
        ],
        {stdio: 'ignore', timeout: 110_000},
      );
      const text = readFileSync(join(folder, 'minutes.txt'), 'utf8');
      for (const words of [
        'First reading of the joint statement',
        'Republic of Valmora',
        'Point of order',
        'ended by the chair',
      ]) {
        expect(text).toContain(words);
      }
    });
  });
});

describe('the times in minutes', () => {
  const day = Date.UTC(2026, 10, 25, 22, 30);

  test('are in UTC and on the clocks of the meeting, with the date where it is another', () => {
    const times = minutesTimes(day, 'Asia/Kolkata', 'en');
    expect(times.day(day)).toBe('25 November 2026');
    expect(times.second(day)).toBe('22:30:00 (2026-11-26 04:00:00)');
    expect(times.moment(day + 2 * 3_600_000)).toBe('2026-11-26 00:30 (2026-11-26 06:00)');
    expect(times.span({from: day, to: null})).toBe('22:30– (2026-11-26 04:00–)');
    expect(minutesTimes(day, 'UTC', 'en').span({from: day, to: day + 60_000})).toBe('22:30–22:31');
  });

  test('are written as lengths down to the second', () => {
    expect([0, 999, 61_500, 3_599_999, 3_600_000].map(lengthOf)).toEqual(['0:00', '0:00', '1:01', '59:59', '1:00:00']);
  });
});

function soffice(): boolean {
  try {
    execFileSync('which', ['soffice'], {stdio: 'ignore'});
    return true;
  } catch {
    // oxlint-disable-next-line no-console
    console.log('LibreOffice is not installed: minutes are not opened in it.');
    return false;
  }
}

function partsOf(bytes: Uint8Array): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(Buffer.from(bytes), {lazyEntries: true}, (error, zip) => {
      if (error) return reject(error);
      const parts: Record<string, string> = {};
      zip.on('error', reject);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            parts[entry.fileName] = Buffer.concat(chunks).toString('utf8');
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}
