import {createHash} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {exportFormats, exportFormatNames, importExtensions, importFile} from '@plenary/formats/registry';
import {formatList} from '@plenary/protocol/api/exchange';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';

let instance: TestInstance;
let ana: string;
let dina: string;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  ana = await instance.signIn('ana');
  dina = await instance.signIn('dina');
});
afterAll(() => instance.close());

const text = '# On drafts\n\n*Recalling* all,\n\n1. *Decides* to publish:\n\n(a) drafts;\n\n2. *Requests* a report.\n';

async function create(body: object = {}): Promise<string> {
  const asked = {consultation: 'copenhagen', title: 'On drafts', symbol: 'TFD/IE/L.3', text, ...body};
  const created = await instance.call<{id: string}>('POST', '/api/papers', {as: dina, body: asked});
  expect(created.status).toBe(201);
  return created.body.id;
}

async function save(paper: string, query: string, as?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${instance.url}/api/papers/${paper}/export?${query}`, {
    headers: {...(as !== undefined && {cookie: as}), ...headers},
  });
  return {status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer())};
}

async function moveSecondUp(paper: string): Promise<void> {
  const row = await instance.store.papers.find(paper);
  const [, second] = row ? (await instance.app.rooms.read(row)).paragraphs : [];
  const moved = await instance.call('POST', `/api/papers/${paper}/moves`, {
    as: dina,
    body: {paragraph: second?.name, after: null},
  });
  expect(moved.status).toBe(200);
}

describe('R35: a paper as a file', () => {
  test('leaves in every format of the registry, with its type and a name that file systems take', async () => {
    const paper = await create();
    for (const format of exportFormatNames) {
      const {extension, mediaType} = exportFormats[format];
      const file = await save(paper, `format=${format}`);
      expect(file.status).toBe(200);
      expect(file.headers.get('content-type')).toBe(mediaType);
      expect(file.headers.get('content-disposition')).toBe(
        `attachment; filename="TFD-IE-L.3${extension}"; filename*=UTF-8''TFD-IE-L.3${extension}`,
      );
      const back = format === 'html' ? null : await importFile(file.bytes, `a${extension}`);
      if (back) expect(back.content.slice(0, 2).map(({kind}) => kind)).toEqual(['title', 'preambular']);
    }
    const html = (await save(paper, 'format=html')).bytes.toString();
    expect(html).toContain('<em>Recalling</em> all,');
    expect(html).not.toMatch(/<script|<link|src=/);
    const canonical = await instance.call<string>('GET', `/read/${paper}.txt`);
    expect((await save(paper, 'format=text')).bytes.toString()).toBe(canonical.body);
  });

  test('names itself in any script', async () => {
    const paper = await create({symbol: 'وثيقة/١'});
    const {headers} = await save(paper, 'format=docx');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="paper.docx"; filename*=UTF-8''${encodeURIComponent('وثيقة-١.docx')}`,
    );
  });

  test('is the working text of the moment, or a revision as it was issued', async () => {
    const paper = await create({symbol: 'TFD/IE/L.4'});
    const issued = await instance.call<{id: string; symbol: string; sha256: string}>(
      'POST',
      `/api/papers/${paper}/revisions`,
      {as: dina, body: {}},
    );
    expect(issued.status).toBe(201);
    await moveSecondUp(paper);

    const revision = await save(paper, `format=text&revision=${issued.body.id}`);
    expect(createHash('sha256').update(revision.bytes).digest('hex')).toBe(issued.body.sha256);
    expect(revision.bytes.toString()).toMatch(/^On drafts\nRecalling/);
    expect((await save(paper, 'format=text')).bytes.toString()).toMatch(/^Recalling all,\nOn drafts/);
    const bySymbol = await save(paper, `format=docx&revision=${encodeURIComponent(issued.body.symbol)}`);
    expect((await importFile(bySymbol.bytes, 'a.docx')).content[0]?.kind).toBe('title');
    expect((await save(paper, 'format=docx&revision=Rev.9')).status).toBe(404);
  });

  test('is for those who may read the paper', async () => {
    const closed = await create({publication: 'closed'});
    expect(await save(closed, 'format=docx')).toMatchObject({status: 403});
    expect((await save(closed, 'format=docx', ana)).status).toBe(200);
    const unlisted = await create({publication: 'unlisted'});
    expect(await save(unlisted, 'format=docx')).toMatchObject({status: 404});
    expect((await save(closed, 'format=docx')).bytes.toString()).toContain('paper.closed');
  });

  test('is not sent again to those who have it, and is when a word changed', async () => {
    const paper = await create({symbol: ''});
    const first = await save(paper, 'format=docx');
    const etag = first.headers.get('etag') ?? '';
    const again = await save(paper, 'format=docx', undefined, {'if-none-match': etag});
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    await moveSecondUp(paper);
    const moved = await save(paper, 'format=docx', undefined, {'if-none-match': etag});
    expect(moved.status).toBe(200);
    expect(moved.headers.get('etag')).not.toBe(etag);
  });

  test('comes in formats that the registry has, and the registry says which', async () => {
    const listed = await instance.call('GET', '/api/formats');
    const {exports, imports} = formatList.parse(listed.body);
    expect(exports.map(({name}) => name)).toEqual(exportFormatNames);
    expect(imports.flatMap(({extensions}) => extensions)).toEqual(importExtensions);
    expect(await save(await create(), 'format=pdf')).toMatchObject({status: 400});
  });

  test('is written while others are served', async () => {
    const long = Array.from({length: 800}, (_nothing, n) => `Paragraph ${n} **of** a long text; it goes on.`);
    const paper = await create({title: 'Long', symbol: '', text: long.join('\n\n')});
    const state = {isDone: false, turns: 0};
    const saving = save(paper, 'format=docx').finally(() => (state.isDone = true));
    for (; !state.isDone; state.turns++) await new Promise(resolve => setImmediate(resolve));
    expect((await saving).status).toBe(200);
    expect(state.turns).toBeGreaterThan(50);
  });
});
