import {afterAll, expect, test} from 'vitest';
import {createImporter} from './importing.ts';

const importer = createImporter();
afterAll(() => importer.close());

const paragraphs = (count: number): string =>
  Array.from(
    {length: count},
    (_, n) => `${n + 1}. *Calls upon* all to read **paragraph ${n}** of this long text;`,
  ).join('\n\n');

test('short and long texts are read alike', async () => {
  const short = await importer.read({text: paragraphs(3)}, 'en');
  const long = await importer.read({text: paragraphs(1000)}, 'en');
  expect(short.content).toHaveLength(3);
  expect(long.content).toHaveLength(1000);
  expect(long.content.slice(0, 3)).toEqual(short.content);
});

test('while a long text is read, others are served', async () => {
  await importer.read({text: paragraphs(1000)}, 'en');
  const state = {isRead: false, turns: 0};
  const reading = importer.read({text: paragraphs(10_000)}, 'en').finally(() => (state.isRead = true));
  for (; !state.isRead; state.turns++) await new Promise(resolve => setImmediate(resolve));
  expect((await reading).content).toHaveLength(10_000);
  expect(state.turns).toBeGreaterThan(50);
});

test('a refusal comes back as one, and the next text is read', async () => {
  const bytes = new Uint8Array(20_000).fill(0);
  await expect(importer.read({bytes, name: 'a.txt'}, null)).rejects.toMatchObject({
    name: 'Refusal',
    code: 'format.not-text',
  });
  await expect(importer.read({bytes: Buffer.from(paragraphs(500)), name: 'a.exe'}, null)).rejects.toMatchObject({
    code: 'format.unknown',
  });
  expect((await importer.read({bytes: Buffer.from(paragraphs(500)), name: 'a.md'}, null)).report.format).toBe(
    'markdown',
  );
});
