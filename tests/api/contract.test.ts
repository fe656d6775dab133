import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {call, signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';

let server: TestServer;
let ana: string;
let dina: string;

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  ana = await signIn(server.url, 'ana');
  dina = await signIn(server.url, 'dina');
});
afterAll(() => server?.remove());

const scenePapers = [
  'joint-statement',
  'draft-resolution',
  'udhr-ar',
  'udhr-zh',
  'udhr-en',
  'udhr-fr',
  'udhr-ru',
  'udhr-es',
];

describe('what outsiders may rely on', () => {
  test('R3: the instance says how it is, and describes its routes', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await call(server.url, null, 'GET', path)).status, path).toBe(200);
    const metrics = await call<string>(server.url, null, 'GET', '/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/text\/plain/);
    expect(metrics.body).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
    const {body: openapi} = await call<{openapi: string; paths: Record<string, unknown>}>(
      server.url,
      null,
      'GET',
      '/api/openapi.json',
    );
    expect(openapi.openapi).toMatch(/^3\./);
    expect(Object.keys(openapi.paths)).toContain('/api/papers/{paper}');
  });

  test('R5: one call signs in as one of the cast, another creates a delegate first', async () => {
    const me = await call<{member: {handle: string; mandates: {role: string}[]}}>(server.url, ana, 'GET', '/api/me');
    expect(me.body.member.mandates.map(mandate => mandate.role)).toEqual(['delegate']);
    const {body: organisations} = await call<{organisations: {slug: string}[]}>(
      server.url,
      null,
      'GET',
      '/api/organisations',
    );
    const organisation = organisations.organisations[0]?.slug ?? '';
    const w17 = await signIn(server.url, 'w17', {role: 'delegate', organisation});
    const other = await call<typeof me.body>(server.url, w17, 'GET', '/api/me');
    expect(other.body.member.mandates).toMatchObject([{role: 'delegate', organisation: {slug: organisation}}]);
    const again = await signIn(server.url, 'w17', {role: 'delegate', organisation});
    const same = await call<{member: {id: string}}>(server.url, again, 'GET', '/api/me');
    expect(same.body.member.id).toBe((other.body.member as unknown as {id: string}).id);
  });

  test('R7: a foreign origin changes nothing', async () => {
    const answer = await call(
      server.url,
      dina,
      'PATCH',
      '/api/papers/joint-statement',
      {mode: 'frozen'},
      {origin: 'https://elsewhere.example'},
    );
    expect(answer).toMatchObject({status: 403, body: {refusal: 'origin.refused'}});
    const mine = await call(server.url, ana, 'GET', '/api/papers/joint-statement', undefined, {origin: server.url});
    expect(mine.body).toMatchObject({mode: 'open'});
  });

  test('R8: the scene is there, by slug and by id', async () => {
    const {body} = await call<{paperList: {slug: string; id: string}[]; organisations: number}>(
      server.url,
      null,
      'GET',
      '/api/consultations/copenhagen',
    );
    expect(body.paperList.map(paper => paper.slug)).toEqual(expect.arrayContaining(scenePapers));
    expect(body.organisations).toBe(12);
    for (const {slug, id} of body.paperList) {
      const bySlug = await call<{id: string}>(server.url, null, 'GET', `/api/papers/${slug}`);
      const byId = await call<{slug: string}>(server.url, null, 'GET', `/api/papers/${id}`);
      expect([bySlug.status, bySlug.body.id, byId.body.slug]).toEqual([200, id, slug]);
    }
  });

  test('R9, R10: a delegate creates a paper from Markdown, and is told what was not carried over', async () => {
    const created = await call<{
      id: string;
      slug: string;
      room: string;
      report: {paragraphs: number; left: {what: string; count: number}[]};
    }>(server.url, ana, 'POST', '/api/papers', {
      consultation: 'copenhagen',
      slug: 'from-markdown',
      title: 'From Markdown',
      mode: 'open',
      publication: 'public',
      text: '# From Markdown\n\n*Recalling* the **charter**,\n\n1. *Calls upon* all to [read](https://example.org/a);\n\n![A chart](chart.png)\n',
    });
    expect(created.status).toBe(201);
    expect(created.body.room).toContain(created.body.id);
    expect(created.body.report.left.length).toBeGreaterThan(0);
    const paper = await call(server.url, ana, 'GET', '/api/papers/from-markdown');
    expect(paper.body).toMatchObject({slug: 'from-markdown', mode: 'open', publication: 'public', epoch: 1, schema: 1});
    expect(paper.body.seq).toBeGreaterThan(0);
    const text = await call<string>(server.url, null, 'GET', '/read/from-markdown.txt');
    expect(text.body).toContain('Recalling the charter,\n');
    expect(
      (
        await call(server.url, ana, 'POST', '/api/papers', {
          consultation: 'copenhagen',
          slug: 'from-markdown',
          title: 'Twice',
        })
      ).body,
    ).toMatchObject({
      refusal: 'slug.taken',
    });
  });

  test('R9: a file travels as multipart', async () => {
    const form = new FormData();
    form.set('consultation', 'copenhagen');
    form.set('slug', 'from-a-file');
    form.set('title', 'From a file');
    form.set('file', new Blob(['First paragraph.\n\nSecond paragraph.\n'], {type: 'text/plain'}), 'words.txt');
    const response = await fetch(`${server.url}/api/papers`, {method: 'POST', headers: {cookie: ana}, body: form});
    expect(response.status).toBe(201);
    const text = await call<string>(server.url, null, 'GET', '/read/from-a-file.txt');
    expect(text.body).toContain('First paragraph.\nSecond paragraph.\n');
  });

  test('R11, R12: only the chair sets the mode, and it stands in the record', async () => {
    const path = '/api/papers/draft-resolution';
    expect(await call(server.url, ana, 'PATCH', path, {mode: 'frozen'})).toMatchObject({
      status: 403,
      body: {refusal: 'not-permitted'},
    });
    const before = (await call<{mode: string}>(server.url, dina, 'GET', path)).body.mode;
    expect((await call(server.url, dina, 'PATCH', path, {mode: 'frozen'})).status).toBe(200);
    expect((await call(server.url, ana, 'GET', path)).body).toMatchObject({
      mode: 'frozen',
      you: {mayWrite: false, refusal: 'paper.frozen'},
    });
    const record = await call<{entries: {act: string; seq: number}[]}>(server.url, null, 'GET', `${path}/record`);
    expect(record.body.entries.map(entry => entry.act)).toContain('paper.mode-set');
    expect(record.body.entries.map(entry => entry.seq)).toEqual(record.body.entries.map((_entry, index) => index + 1));
    await call(server.url, dina, 'PATCH', path, {mode: before});
  });

  test('R13: what one may not know of is answered like what is not there', async () => {
    const create = (slug: string, publication: string) =>
      call(server.url, dina, 'POST', '/api/papers', {
        consultation: 'copenhagen',
        slug,
        title: 'A title to keep',
        publication,
        text: 'Words to keep.',
      });
    await create('kept-unlisted', 'unlisted');
    await create('kept-closed', 'closed');
    const unlisted = await call(server.url, null, 'GET', '/api/papers/kept-unlisted');
    const missing = await call(server.url, null, 'GET', '/api/papers/nothing-here');
    expect([unlisted.status, unlisted.body]).toEqual([missing.status, missing.body]);
    const page = await call<string>(server.url, null, 'GET', '/read/kept-unlisted');
    expect([page.status, page.body.includes('A title to keep')]).toEqual([404, false]);
    const closed = await call<string>(server.url, null, 'GET', '/read/kept-closed');
    expect([closed.status, closed.body.includes('A title to keep'), closed.body.includes('Words to keep')]).toEqual([
      403,
      true,
      false,
    ]);
    expect((await call<string>(server.url, null, 'GET', '/read/kept-closed.txt')).status).toBe(403);
    expect((await call<string>(server.url, ana, 'GET', '/read/kept-closed.txt')).body).toContain('Words to keep.');
  });

  test('R14: a refusal is a code and a sentence in the language of its reader', async () => {
    const sentences = new Set<string>();
    for (const language of ['ar', 'zh', 'en', 'fr', 'ru', 'es']) {
      const answer = await call<{refusal: string; sentence: string}>(
        server.url,
        null,
        'GET',
        `/api/papers/nothing-here?lang=${language}`,
      );
      expect(answer).toMatchObject({status: 404, body: {refusal: 'not-found'}});
      sentences.add(answer.body.sentence);
    }
    expect(sentences.size).toBe(6);
    const broken = await fetch(`${server.url}/api/papers`, {
      method: 'POST',
      headers: {cookie: ana, 'content-type': 'application/json'},
      body: '{"consultation": ',
    });
    expect([broken.status, ((await broken.json()) as {refusal: string}).refusal]).toEqual([400, 'input.unreadable']);
  });

  test('R15: the text is canonical, and its digest is that of what sha256sum reads', async () => {
    for (const slug of scenePapers) {
      const {body, status} = await call<string>(server.url, null, 'GET', `/read/${slug}.txt`);
      expect(status, slug).toBe(200);
      expect(body, slug).toBe(body.normalize('NFC'));
      expect(body.endsWith('\n') && !body.includes('\r') && !body.includes('\n\n'), slug).toBe(true);
      const summed = spawnSync('sha256sum', {input: body}).stdout.toString().slice(0, 64);
      expect(createHash('sha256').update(body).digest('hex'), slug).toBe(summed);
    }
  });

  test('R24: every page forbids what it does not need', async () => {
    for (const path of ['/', '/read/joint-statement', '/papers/joint-statement', '/nowhere', '/read/nothing-here']) {
      const {headers} = await call<string>(server.url, null, 'GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toMatch(/unsafe-(inline|eval)|\*|https?:\/\/(?!127|localhost)/);
    }
  });
});

describe('the process', () => {
  test('R1: a value that cannot be used is named in a sentence', () => {
    const serve = join(import.meta.dirname, '../../apps/server/dist/serve.js');
    const {status, stdout, stderr} = spawnSync(process.execPath, [serve], {
      env: {...process.env, PORT: 'eighty'},
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('PORT');
    expect(stdout + stderr).not.toContain('    at ');
  });

  test('R2: a second process on the same data is refused with a sentence, and SIGTERM ends with 0', async () => {
    const first = await startServer();
    try {
      const serve = join(import.meta.dirname, '../../apps/server/dist/serve.js');
      const second = spawnSync(process.execPath, [serve], {
        env: {...process.env, PORT: '0', DATA_DIR: first.dataDir},
        encoding: 'utf8',
        timeout: 30_000,
      });
      expect(second.status).toBe(1);
      expect(second.stdout + second.stderr).toContain(first.dataDir);
      expect(second.stdout + second.stderr).not.toContain('    at ');
      expect((await call(first.url, null, 'GET', '/readyz')).status).toBe(200);
      expect(await first.stop()).toBe(0);
    } finally {
      await first.remove();
    }
  });

  test('R5, R6: outside demonstration mode the first start prints a link for the first secretariat, and the cast stays out', async () => {
    const plain = await startServer({DEMO: '0'});
    try {
      expect(plain.output()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/invitations\/[\w-]{20,}/);
      const answer = await call(plain.url, null, 'POST', '/api/demo/sign-in', {as: 'ana'});
      expect(answer).toMatchObject({status: 404, body: {refusal: 'demonstration.off'}});
    } finally {
      await plain.remove();
    }
  });
});
