import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {importFile} from '@plenary/formats/registry';
import {copenhagen} from '@plenary/scenes/copenhagen';
import {seedScene} from '@plenary/scenes/scene';
import {copyMadeFolder} from '@plenary/store/testing/test-databases';
import {readConfig} from '../config.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {exportPapers} from './export-command.ts';
import {openInstance} from './opened.ts';
import {scenePort} from './scene-port.ts';
import {Usage} from './usage.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'plenary-data-'));
const folder = mkdtempSync(join(tmpdir(), 'plenary-export-'));
const before = {...process.env};
let instance: TestInstance;

beforeAll(async () => {
  await copyMadeFolder(dataDir);
  const {DATABASE_URL: _database, REDIS_URL: _redis, ...environment} = before;
  process.env = {...environment, DATA_DIR: dataDir, DEMO: '1'};
  const running = await openInstance(readConfig(process.env));
  await seedScene(scenePort(running.app), copenhagen, running.app.clock.now());
  await running.close();
  instance = await startInstance();
  await seatCast(instance);
}, 120_000);
afterAll(async () => {
  process.env = before;
  await instance.close();
  for (const made of [dataDir, folder]) rmSync(made, {recursive: true, force: true});
});

async function wrongWords(...args: string[]): Promise<string> {
  const error: unknown = await exportPapers(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Usage);
  return (error as Usage).message;
}

describe('R38: the export command', () => {
  test('saves a paper in a format of the registry', async () => {
    const out = join(folder, 'deep/draft.docx');
    expect(await exportPapers(['draft-resolution', '--out', out])).toBe(0);
    const {content, report} = await importFile(readFileSync(out), 'draft.docx');
    expect(content[0]?.kind).toBe('title');
    expect(report.left).toEqual([]);
  });

  test('saves every paper into a folder', async () => {
    expect(await exportPapers(['--all', join(folder, 'all'), '--format', 'text'])).toBe(0);
    expect(readdirSync(join(folder, 'all'))).toEqual(
      expect.arrayContaining(['joint-statement', 'draft-resolution', 'udhr-ar', 'udhr-zh']),
    );
    expect(readFileSync(join(folder, 'all/udhr-ar/working-text.txt'), 'utf8')).toContain('حقوق الإنسان');
  });

  test('says what is wrong with the words', async () => {
    expect(await wrongWords('draft-resolution', '--format', 'pdf')).toContain('docx, markdown, text, html');
    expect(await wrongWords()).toContain('Which paper?');
    expect(await wrongWords('nothing-here')).toContain('There is no paper “nothing-here”.');
    expect(await wrongWords('draft-resolution', '--revision', 'Rev.9')).toContain('has no revision “Rev.9”');
    expect(await wrongWords('a', '--all', 'b')).toContain('leave the rest out');
    expect(await wrongWords('a', '--url', 'http://127.0.0.1:9')).toContain('does not answer');
  });

  test('beside a server on the embedded database says so, and what to do instead', async () => {
    const running = await openInstance(readConfig(process.env));
    expect(await wrongWords('draft-resolution')).toMatch(/is in use by process .* --url/);
    await running.close();
  });

  test('asks a running instance for what the public may read, revisions too', async () => {
    const dina = await instance.signIn('dina');
    const create = (slug: string, publication: string) =>
      instance.call('POST', '/api/papers', {
        as: dina,
        body: {consultation: 'copenhagen', title: slug, slug, symbol: 'A/B.1', publication, text: 'Words of all.'},
      });
    await create('open-one', 'public');
    await create('closed-one', 'closed');
    expect((await instance.call('POST', '/api/papers/open-one/revisions', {as: dina, body: {}})).status).toBe(201);
    const here = join(folder, 'asked');
    expect(await exportPapers(['--all', here, '--format', 'text', '--url', instance.url])).toBe(0);
    expect(readdirSync(here)).toEqual(['open-one']);
    expect(readdirSync(join(here, 'open-one')).toSorted()).toEqual(['A-B.1.txt', 'working-text.txt']);
    expect(readFileSync(join(here, 'open-one/A-B.1.txt'), 'utf8')).toBe('Words of all.\n');
    expect(await wrongWords('closed-one', '--url', instance.url)).toContain('not open to you');
  });
});
