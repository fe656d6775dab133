import {createServer} from 'node:http';
import fc from 'fast-check';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {describe, expect, it} from 'vitest';
import {importFile} from '../registry.ts';
import {hostileFiles} from '../testing/hostile-files.ts';
import {paragraph, run, wordFile} from '../testing/word-file.ts';

async function codeOf(bytes: Buffer, name = 'a.docx'): Promise<RefusalCode | null> {
  try {
    await importFile(bytes, name);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('R37: a hostile Word file', () => {
  it.each(Object.entries(hostileFiles))('%s is refused or harmless, within bounds', async (_what, file) => {
    const bytes = file.bytes();
    const started = process.cpuUsage();
    expect(await codeOf(bytes, file.name)).toBe(file.refused);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(8_000);
  });

  it('cannot make the server fetch anything, and the report says what it wanted', async () => {
    let asked = 0;
    const elsewhere = createServer((_request, response) => {
      asked++;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => elsewhere.once('listening', resolve));
    const address = elsewhere.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const relation = (id: string, type: string): string =>
      `<Relationship Id="${id}" Type="http://x/${type}" Target="${url}/${id}" TargetMode="External"/>`;
    const file = wordFile({
      body: paragraph(`${run('Words.')}<w:r><w:drawing><a:blip r:link="r1"/></w:drawing></w:r>`),
      relations: relation('r1', 'image') + relation('r2', 'attachedTemplate') + relation('r3', 'hyperlink'),
    });
    const {report} = await importFile(file, 'a.docx');
    elsewhere.close();
    expect(asked).toBe(0);
    expect(report.left).toEqual([
      {what: 'image', count: 1, lines: [1]},
      {what: 'external', count: 2, lines: []},
    ]);
  });

  it('of any one byte changed throws nothing but a refusal', async () => {
    const whole = wordFile({body: paragraph(run('Words of a text.')), footnotes: '<w:footnote w:id="1"/>'});
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({min: 1, max: 255}), async (place, change) => {
        const bytes = Buffer.from(whole);
        bytes[place] = (bytes[place] ?? 0) ^ change;
        await codeOf(bytes);
      }),
      {numRuns: 500},
    );
  });
});
