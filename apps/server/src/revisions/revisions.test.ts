import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {readPaper} from '@plenary/paper/read';
import {textOf} from '@plenary/paper/view';
import {comparison, restored, revisionList, revisionSummary} from '@plenary/protocol/api/revisions';
import type {ComparisonAnswer, Restored, RevisionList, RevisionSummary} from '@plenary/protocol/api/revisions';
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

interface Made {
  readonly id: string;
  readonly slug: string;
}

let papers = 0;
async function aPaper(text: string, given: object = {}): Promise<Made> {
  papers += 1;
  const body = {consultation: 'copenhagen', title: `Paper ${papers}`, symbol: `CPH/T.${papers}`, text, ...given};
  return (await instance.call<Made>('POST', '/api/papers', {as: dina, body})).body;
}

const issue = (paper: Made, as: string | undefined = dina, body: object = {}) =>
  instance.call<RevisionSummary & {refusal?: string; sentence?: string; details?: Record<string, string>}>(
    'POST',
    `/api/papers/${paper.slug}/revisions`,
    {as, body},
  );

const list = async (paper: Made, as?: string) =>
  (await instance.call<RevisionList>('GET', `/api/papers/${paper.slug}/revisions`, {as})).body;

const restore = (paper: Made, revision: string, as: string | undefined = dina) =>
  instance.call<Restored & {refusal?: string}>('POST', `/api/papers/${paper.slug}/revisions/${revision}/restore`, {as});

async function textOfPaper(paper: Made, query = ''): Promise<string> {
  return (await instance.call<string>('GET', `/read/${paper.slug}.txt${query}`)).body;
}

/** Writes as a member's client would, through the room. */
async function write(paper: Made, change: (paragraphs: ReturnType<typeof readPaper>, doc: Y.Doc) => void) {
  const row = (await instance.store.papers.find(paper.id))!;
  const {state} = await instance.app.rooms.state(row);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = readPaper(doc);
  change(before, doc);
  await instance.app.rooms.restore(row, {state, seq: 0, paragraphs: before}, readPaper(doc), 1);
}

async function addWords(paper: Made, words: string): Promise<void> {
  await write(paper, (_paragraphs, doc) => {
    const body = doc.getText('body');
    body.insert(body.length, words, {});
  });
}

describe('R30: issuing', () => {
  test('the chair issues the Zero draft, then Rev.1, under the symbols that UN documents would have', async () => {
    const paper = await aPaper('We agree.');
    const zero = await issue(paper);
    expect(zero.status).toBe(201);
    expect(revisionSummary.parse(zero.body)).toMatchObject({
      kind: 'issued',
      number: 0,
      symbol: `CPH/T.${papers}`,
      title: 'Zero draft',
      issuedBy: 'Dina',
    });
    await addWords(paper, ' And more.');
    const next = await issue(paper, dina, {title: 'After the second reading'});
    expect(next.body).toMatchObject({
      number: 1,
      symbol: `CPH/T.${papers}/Rev.1`,
      title: 'After the second reading',
    });
    const listed = revisionList.parse(await list(paper));
    expect(listed.revisions.map(({id}) => id)).toEqual([next.body.id, zero.body.id]);
    expect(listed.next).toEqual({symbol: `CPH/T.${papers}/Rev.2`, title: 'Rev.2'});
    expect(listed.you).toEqual({mayIssue: false, mayReadHistory: false, mayRestore: false, mayWrite: false});
    const french = await instance.call<RevisionList>('GET', `/api/papers/${paper.slug}/revisions?lang=fr`);
    expect(french.body.revisions.map(({title}) => title)).toEqual(['After the second reading', 'Avant-projet']);
  });

  test('nobody else does', async () => {
    const paper = await aPaper('We agree.');
    expect(await issue(paper, ana)).toMatchObject({status: 403, body: {refusal: 'not-permitted'}});
    expect(await issue(paper, '')).toMatchObject({status: 401, body: {refusal: 'sign-in.required'}});
    expect((await list(paper)).revisions).toEqual([]);
  });

  test('the same words are not issued twice, and empty ones never', async () => {
    const paper = await aPaper('We agree.');
    const {body: zero} = await issue(paper);
    expect(await issue(paper)).toMatchObject({
      status: 409,
      body: {refusal: 'revision.unchanged', details: {revision: zero.id, symbol: zero.symbol}},
    });
    expect(await issue(await aPaper(''))).toMatchObject({status: 409, body: {refusal: 'revision.empty'}});
    expect(await issue(paper, dina, {title: 'x'.repeat(201)})).toMatchObject({status: 400});
  });

  test('two chairs at once issue one revision', async () => {
    const paper = await aPaper('We agree.');
    const answers = await Promise.all([issue(paper), issue(paper), issue(paper)]);
    expect(answers.map(({status}) => status).toSorted()).toEqual([201, 409, 409]);
    expect((await list(paper)).revisions).toHaveLength(1);
  });

  test('the record says who issued what, and holds no words', async () => {
    const paper = await aPaper('Secret words.');
    const {body} = await issue(paper, dina, {title: 'A title of ours'});
    const entries = await instance.store.ledger.read(`paper:${paper.id}`, 0, 50);
    const entry = entries.find(({act}) => act === 'revision.issued');
    expect(entry?.event).toEqual({revision: body.id, number: 0, sha256: body.sha256});
    expect(entry?.actor?.role).toBe('chair');
    expect(JSON.stringify(entries)).not.toMatch(/Secret|title of ours/);
  });

  test('the Yjs state that is kept holds the paper as it was', async () => {
    const paper = await aPaper('# Title\n\nWe *all* agree.');
    const {body} = await issue(paper);
    await addWords(paper, ' Later.');
    const stored = (await instance.store.revisions.find(paper.id as never, body.id))!;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, stored.state);
    expect(readPaper(doc).map(textOf)).toEqual(['Title', 'We all agree.']);
    expect(readPaper(doc)).toEqual(stored.content);
  });

  test('what no file can hold is issued as a replacement character, in the text and in its hash', async () => {
    const paper = await aPaper('We agree.');
    await addWords(paper, ' \0 \uD83D end');
    const {status, body} = await issue(paper);
    expect(status).toBe(201);
    const text = await textOfPaper(paper, `?revision=${body.id}`);
    expect(text).toBe('We agree. \uFFFD \uFFFD end\n');
    expect(createHash('sha256').update(text).digest('hex')).toBe(body.sha256);
  });
});

describe('R31: the hash', () => {
  test('is what sha256sum says of the bytes at the address of the plain text', async () => {
    const paper = await aPaper('# عنوان\n\nيولد جميع الناس أحراراً\n\n人人生而自由\n\nNous, e\u0301galement.', {
      language: 'ar',
    });
    const {body} = await issue(paper);
    await addWords(paper, ' Later.');
    for (const key of [body.id, encodeURIComponent(body.symbol), body.symbol]) {
      const response = await fetch(`${instance.url}/read/${paper.slug}.txt?revision=${key}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const said = execFileSync('sha256sum', {input: bytes, encoding: 'utf8'});
      expect(said.split(' ')[0]).toBe(body.sha256);
    }
    expect(await textOfPaper(paper, `?revision=${body.id}`)).toContain(
      'Nous, égalment.'.replace('galment', 'galement'),
    );
    expect(await textOfPaper(paper)).toContain('Later.');
  });
});

describe('R32: reading a revision', () => {
  test('a page without an account and without script, with symbol, hash, date and the others', async () => {
    const paper = await aPaper('# Title\n\nRecalling all of it,');
    const {body: zero} = await issue(paper);
    await addWords(paper, ' Later <b>.');
    const {body: rev1} = await issue(paper);
    const page = await instance.call<string>('GET', `/read/${paper.slug}?revision=${encodeURIComponent(rev1.symbol)}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain(rev1.sha256);
    expect(page.body).toContain(rev1.symbol);
    expect(page.body).toContain(`href="/read/${paper.slug}?revision=${zero.id}"`);
    expect(page.body).toContain(`href="/papers/${paper.slug}/compare?from=${zero.id}&amp;to=${rev1.id}"`);
    expect(page.body).toContain('Later &lt;b&gt;.');
    expect(page.body).not.toContain('<script');
    const old = await instance.call<string>('GET', `/read/${paper.slug}?revision=${zero.id}`);
    expect(old.body).not.toContain('Later');
    const arabic = await instance.call<string>('GET', `/read/${paper.slug}?revision=${zero.id}&lang=ar`);
    expect(arabic.body).toContain('<html lang="ar" dir="rtl">');
  });

  test('one that is not there says which there are', async () => {
    const paper = await aPaper('We agree.');
    const {body} = await issue(paper);
    const page = await instance.call<string>('GET', `/read/${paper.slug}?revision=nothing`);
    expect(page.status).toBe(404);
    expect(page.body).toContain(body.symbol);
    expect((await instance.call('GET', `/read/${paper.slug}.txt?revision=nothing`)).status).toBe(404);
  });

  test('the pages of the client answer as the paper itself does', async () => {
    const open = await aPaper('We agree.');
    const closed = await aPaper('We agree.', {publication: 'participants'});
    const status = async (path: string, as?: string) => (await instance.call('GET', path, {as})).status;
    for (const page of ['revisions', 'compare?from=x']) {
      expect(await status(`/papers/${open.slug}/${page}`)).toBe(200);
      expect(await status(`/papers/${closed.slug}/${page}`)).toBe(403);
      expect(await status(`/papers/${closed.slug}/${page}`, ana)).toBe(200);
      expect(await status(`/papers/nothing/${page}`)).toBe(404);
    }
  });

  test('is open to those alone who may read the paper', async () => {
    const paper = await aPaper('We agree.', {publication: 'participants'});
    const {body} = await issue(paper);
    const asked = (path: string, as?: string) => instance.call<string>('GET', path, {as});
    for (const path of [
      `/read/${paper.slug}?revision=${body.id}`,
      `/read/${paper.slug}.txt?revision=${body.id}`,
      `/api/papers/${paper.slug}/revisions`,
      `/api/papers/${paper.slug}/compare?from=${body.id}`,
    ]) {
      const refused = await asked(path);
      expect(refused.status, path).toBe(403);
      expect(JSON.stringify(refused.body)).not.toContain('We agree');
      expect((await asked(path, ana)).status, path).toBe(200);
    }
    const hidden = await aPaper('We agree.', {publication: 'unlisted'});
    const {body: secret} = await issue(hidden);
    expect((await asked(`/read/${hidden.slug}?revision=${secret.id}`)).status).toBe(404);
    expect((await asked(`/api/papers/${hidden.slug}/revisions`)).status).toBe(404);
  });

  test('kept ones are for participants, and names for those who see names', async () => {
    const paper = await aPaper('We agree.', {publication: 'public-text'});
    const {body: zero} = await issue(paper);
    await addWords(paper, ' Never issued.');
    const {body} = await restore(paper, zero.id);
    expect((await list(paper, ana)).revisions.map(({kind}) => kind)).toEqual(['kept', 'issued']);
    const seen = await list(paper);
    expect(seen.revisions.map(({kind, issuedBy}) => ({kind, issuedBy}))).toEqual([{kind: 'issued', issuedBy: null}]);
    for (const path of [
      `/read/${paper.slug}?revision=${body.kept.id}`,
      `/read/${paper.slug}.txt?revision=${body.kept.id}`,
    ]) {
      const follower = await instance.call<string>('GET', path);
      expect(follower.status).toBe(404);
      expect(JSON.stringify(follower.body)).not.toContain('Never issued');
      expect((await instance.call<string>('GET', path, {as: ana})).body).toContain('Never issued.');
    }
    const compared = await instance.call('GET', `/api/papers/${paper.slug}/compare?from=${zero.id}&to=${body.kept.id}`);
    expect(compared.status).toBe(404);
  });
});

describe('R33: comparing', () => {
  test('two revisions, or one and the working text', async () => {
    const paper = await aPaper('We shall agree.\n\nThe end.');
    const {body: zero} = await issue(paper);
    await addWords(paper, ' Later.');
    const {body: rev1} = await issue(paper);
    await addWords(paper, ' Not issued yet.');
    const ask = async (query: string) =>
      comparison.parse(
        (await instance.call<ComparisonAnswer>('GET', `/api/papers/${paper.slug}/compare?${query}`)).body,
      );
    const issued = await ask(`from=${zero.id}&to=${encodeURIComponent(rev1.symbol)}`);
    expect(issued.rows.map(({is}) => is)).toEqual(['unchanged', 'changed']);
    expect(issued.rows[1]?.pieces).toEqual([
      {is: 'same', text: 'The end.', marks: {}},
      {is: 'added', text: ' Later.', marks: {}},
    ]);
    const working = await ask(`from=${rev1.id}`);
    expect(working.to).toBeNull();
    expect(working.rows[1]?.pieces.at(-1)).toMatchObject({is: 'added', text: ' Not issued yet.'});
    expect((await instance.call('GET', `/api/papers/${paper.slug}/compare`)).status).toBe(400);
    expect((await instance.call('GET', `/api/papers/${paper.slug}/compare?from=nothing`)).status).toBe(404);
  });
});

describe('R34: restoring', () => {
  test('keeps what stands first, brings the old words back, and is taken back in the same way', async () => {
    const paper = await aPaper('We agree.');
    const {body: zero} = await issue(paper);
    await addWords(paper, ' On nothing.');
    const answer = await restore(paper, zero.id);
    expect(answer.status).toBe(200);
    const {kept} = restored.parse(answer.body);
    expect(kept).toMatchObject({kind: 'kept', number: 1, symbol: `${zero.symbol}/Kept.1`});
    expect(await textOfPaper(paper)).toBe('We agree.\n');
    expect(await restore(paper, zero.id)).toMatchObject({status: 409, body: {refusal: 'revision.unchanged'}});
    expect((await restore(paper, kept.id)).status).toBe(200);
    expect(await textOfPaper(paper)).toBe('We agree. On nothing.\n');
    const entries = await instance.store.ledger.read(`paper:${paper.id}`, 0, 50);
    expect(entries.map(({act}) => act)).toEqual([
      'paper.created',
      'revision.issued',
      'revision.kept',
      'paper.restored',
      'revision.kept',
      'paper.restored',
    ]);
    expect(entries[3]?.event).toEqual({revision: zero.id, kind: 'issued', number: 0, kept: kept.id});
  });

  test('is for the chair, while the paper may be written', async () => {
    const paper = await aPaper('We agree.');
    const {body: zero} = await issue(paper);
    await addWords(paper, ' More.');
    expect(await restore(paper, zero.id, ana)).toMatchObject({status: 403, body: {refusal: 'not-permitted'}});
    expect(await restore(paper, 'nothing')).toMatchObject({status: 404});
    await instance.call('PATCH', `/api/papers/${paper.slug}`, {as: dina, body: {mode: 'frozen'}});
    expect(await restore(paper, zero.id)).toMatchObject({status: 409, body: {refusal: 'paper.frozen'}});
    expect(await textOfPaper(paper)).toBe('We agree. More.\n');
    expect((await list(paper, dina)).revisions).toHaveLength(1);
  });

  test('a long paper of which everything was replaced comes back in one go', async () => {
    const long = Array.from(
      {length: 400},
      (_, i) => `Paragraph ${i} says that ${'all people are equal and '.repeat(12)}free.`,
    );
    const paper = await aPaper(long.join('\n\n'));
    const {body: zero} = await issue(paper);
    const before = await textOfPaper(paper);
    await write(paper, (_paragraphs, doc) => {
      const body = doc.getText('body');
      body.delete(1, body.length - 1);
      body.insert(1, 'Everything is gone.', {});
    });
    expect(await textOfPaper(paper)).toBe('Everything is gone.\n');
    expect((await restore(paper, zero.id)).status).toBe(200);
    expect(await textOfPaper(paper)).toBe(before);
  });
});
