import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {disclose} from '@plenary/domain/papers/publication';
import {publicationPolicies} from '@plenary/domain/papers/paper';
import {paperCreated, paperDetails, recordEntry} from '@plenary/protocol/api/papers';
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

interface Details {
  id: string;
  slug: string;
  language: string;
  mode: string;
  publication: string;
  seq: number;
  you: {role: string; mayRead: boolean; mayWrite: boolean; refusal: string | null; mayPreside: boolean};
  presided: {handle: string; at: string} | null;
}

async function create(body: object, as = ana) {
  return instance.call<Details & {room: string; report: {format: string; words: number}}>('POST', '/api/papers', {
    as,
    body: {consultation: 'copenhagen', ...body},
  });
}

async function see(key: string, as?: string) {
  return instance.call<Details>('GET', `/api/papers/${key}`, {as});
}

async function textOf(key: string, as?: string): Promise<string> {
  return (await instance.call<string>('GET', `/read/${key}.txt`, {as})).body;
}

describe('creating', () => {
  test('R9, R10: a delegate creates a paper from Markdown, and finds it by slug and by id', async () => {
    const created = await create({
      title: 'Um título: première partie',
      text: '# Um título\n\n*Recalling* all,\n\n1. *Calls upon* us;\n',
    });
    expect(created.status).toBe(201);
    expect(paperCreated.parse(created.body)).toMatchObject({
      slug: 'um-titulo-premiere-partie',
      room: `/rooms/${created.body.id}`,
      report: {format: 'markdown', paragraphs: 3},
    });
    const seen = await see(created.body.slug, ana);
    expect(paperDetails.parse(seen.body)).toMatchObject({
      id: created.body.id,
      mode: 'open',
      publication: 'public',
      epoch: 1,
      you: {role: 'delegate', organisation: 'The open-assemblies', mayRead: true, mayWrite: true, refusal: null},
    });
    expect(seen.body.seq).toBeGreaterThan(0);
    expect((await see(created.body.id)).body.slug).toBe(created.body.slug);
    expect(await textOf(created.body.slug)).toContain('Recalling all,\nCalls upon us;\n');
  });

  test('R9: an empty paper is empty, in English unless its text says otherwise', async () => {
    const empty = await create({title: 'Nothing yet'});
    expect((await see(empty.body.id)).body).toMatchObject({seq: 0, language: 'en'});
    const arabic = await create({
      title: 'إعلان',
      text: 'نحن ممثلي المجتمع المدني المجتمعين في كوبنهاغن نعلن ما يلي ونؤكد التزامنا بالمشاركة في الحوكمة الرقمية.',
    });
    expect(arabic.body.slug).toMatch(/^paper-[a-z0-9]+$/);
    expect((await see(arabic.body.id)).body.language).toBe('ar');
  });

  test('R9: slugs are unique; one that we make gives way, one that was asked for is refused', async () => {
    await create({title: 'Twice told'});
    expect((await create({title: 'Twice told'})).body.slug).toBe('twice-told-2');
    expect(await create({title: 'Third', slug: 'twice-told'})).toMatchObject({
      status: 409,
      body: {refusal: 'slug.taken'},
    });
    const many = await Promise.all(Array.from({length: 6}, () => create({title: 'All at once'})));
    expect(new Set(many.map(({body}) => body.slug)).size).toBe(6);
  });

  test('R9: a form with a file makes the same, and its title may come from the file’s name', async () => {
    const form = new FormData();
    form.set('consultation', 'copenhagen');
    form.set('file', new Blob(['First.\n\nSecond.\n']), 'Our position.txt');
    const response = await fetch(`${instance.url}/api/papers`, {method: 'POST', headers: {cookie: ana}, body: form});
    const body = (await response.json()) as {slug: string};
    expect([response.status, body.slug]).toEqual([201, 'our-position']);
    expect(await textOf('our-position')).toBe('First.\nSecond.\n');
  });

  test('R14: what cannot be taken in is refused, and nothing is made', async () => {
    const before = (await instance.store.papers.all()).length;
    const send = async (file: Blob, name: string, as = ana) => {
      const form = new FormData();
      form.set('consultation', 'copenhagen');
      form.set('title', 'A file');
      form.set('file', file, name);
      const response = await fetch(`${instance.url}/api/papers`, {method: 'POST', headers: {cookie: as}, body: form});
      return [response.status, ((await response.json()) as {refusal: string}).refusal];
    };
    expect(await send(new Blob(['%PDF-1.7\n']), 'a.pdf')).toEqual([400, 'format.unknown']);
    expect(await send(new Blob(['%PDF-1.7\n']), 'a.txt')).toEqual([415, 'format.not-text']);
    expect(await send(new Blob([new Uint8Array(5 * 1024 * 1024 + 1)]), 'a.txt')).toEqual([413, 'input.too-large']);
    expect(await send(new Blob(['Words.']), 'a.txt', '')).toEqual([401, 'sign-in.required']);
    const broken = await fetch(`${instance.url}/api/papers`, {
      method: 'POST',
      headers: {cookie: ana, 'content-type': 'multipart/form-data; boundary=x'},
      body: '--x\r\nnonsense',
    });
    expect([broken.status, ((await broken.json()) as {refusal: string}).refusal]).toEqual([400, 'input.unreadable']);
    expect(await create({title: ''})).toMatchObject({status: 400, body: {details: {fields: ['title']}}});
    expect(await create({title: 'x', publication: 'embargo'})).toMatchObject({
      status: 400,
      body: {details: {fields: ['embargoUntil']}},
    });
    expect((await create({title: 'x', consultation: 'nowhere'})).status).toBe(404);
    expect((await create({title: 'x', slug: 'Not a slug'})).status).toBe(400);
    expect((await instance.store.papers.all()).length).toBe(before);
  });

  test('R9: a contributor and an observer create none', async () => {
    for (const role of ['contributor', 'observer', 'auditor'] as const) {
      const as = await instance.signIn(`one-${role}`, role);
      expect(await create({title: 'Mine'}, as)).toMatchObject({status: 403, body: {refusal: 'not-permitted'}});
    }
  });
});

describe('presiding', () => {
  test('R11, R12: the chair sets mode and policy, each an act of its own in the record', async () => {
    const {slug, id} = (await create({title: 'Presided over', text: 'Words.'})).body;
    const change = (as: string | undefined, body: object) =>
      instance.call<Details>('PATCH', `/api/papers/${slug}`, {as, body});
    expect((await change(undefined, {mode: 'frozen'})).body).toMatchObject({refusal: 'sign-in.required'});
    expect((await change(ana, {mode: 'frozen'})).body).toMatchObject({refusal: 'not-permitted'});
    expect((await change(dina, {mode: 'melted'})).status).toBe(400);
    const changed = await change(dina, {mode: 'frozen', publication: 'public-text'});
    expect(changed.body).toMatchObject({mode: 'frozen', publication: 'public-text', presided: {handle: 'Dina'}});
    expect((await see(slug, ana)).body.you).toMatchObject({mayWrite: false, refusal: 'paper.frozen'});
    await change(dina, {mode: 'amendments'});
    expect((await see(slug, ana)).body.you).toMatchObject({mayWrite: false, refusal: 'paper.amendments-only'});
    await change(dina, {mode: 'amendments'});
    const record = async (as?: string) =>
      (await instance.call<{entries: unknown[]}>('GET', `/api/papers/${id}/record`, {as})).body.entries.map(entry =>
        recordEntry.parse(entry),
      );
    const acts = await record(ana);
    expect(acts.map(({seq, act}) => [seq, act])).toEqual([
      [1, 'paper.created'],
      [2, 'paper.mode-set'],
      [3, 'paper.publication-set'],
      [4, 'paper.mode-set'],
    ]);
    expect(acts[2]).toMatchObject({
      by: {handle: 'Dina', organisation: null, role: 'chair'},
      event: {policy: 'public-text', embargoUntil: null},
    });
    // The public reads this text without names.
    expect((await record()).map(({by}) => by)).toEqual([null, null, null, null]);
    expect((await see(slug)).body.presided).toBeNull();
  });

  test('R11: whoever hears of a change finds it recorded', async () => {
    const {slug, id} = (await create({title: 'Heard of'})).body;
    const heard: unknown[] = [];
    const end = instance.app.bus.subscribe(`paper:${id}`, message => heard.push(message));
    await instance.call('PATCH', `/api/papers/${slug}`, {as: dina, body: {mode: 'frozen'}});
    await expect.poll(() => heard).toEqual([{seq: 2}]);
    end();
  });

  test('R13: an embargo ends at its hour', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const {slug} = (await create({title: 'Held back', publication: 'embargo', embargoUntil: until, text: 'Soon.'}))
      .body;
    expect((await see(slug)).body).toMatchObject({publication: 'embargo', embargoUntil: until, you: {mayRead: false}});
    instance.pass(3_600_001);
    expect((await see(slug)).body.you.mayRead).toBe(true);
    expect(await textOf(slug)).toBe('Soon.\n');
  });
});

describe('R13: who sees what', () => {
  test('in every policy each role sees over HTTP what the publication function says, and hidden is like absent', async () => {
    const cookies = {
      follower: undefined,
      chair: dina,
      delegate: ana,
      secretariat: await instance.signIn('s1', 'secretariat'),
      contributor: await instance.signIn('c1', 'contributor'),
      observer: await instance.signIn('o1', 'observer'),
      auditor: await instance.signIn('a1', 'auditor'),
    } as const;
    const absent = await see('no-such-paper');
    for (const policy of publicationPolicies) {
      const until = Date.now() + 86_400_000 * 30;
      const {slug} = (
        await create({
          title: `Policy ${policy}`,
          text: `Words under ${policy}.`,
          publication: policy,
          ...(policy === 'embargo' && {embargoUntil: new Date(until).toISOString()}),
        })
      ).body;
      for (const [role, as] of Object.entries(cookies)) {
        const wanted = disclose({policy, embargoUntil: until}, role as keyof typeof cookies, instance.app.clock.now());
        const seen = await see(slug, as);
        const {body: listed} = await instance.call<{papers: {slug: string}[]}>('GET', '/api/papers', {as});
        const isListed = listed.papers.some(paper => paper.slug === slug);
        const page = await instance.call<string>('GET', `/papers/${slug}`, {as});
        const what = `${policy} for ${role}`;
        expect(isListed, what).toBe(wanted.sees !== 'nothing');
        expect(page.body.includes(`Words under ${policy}.`), what).toBe(wanted.sees === 'text');
        expect(page.body.includes(`Policy ${policy}`), what).toBe(wanted.sees !== 'nothing');
        if (wanted.sees === 'nothing') {
          expect([seen.status, seen.body], what).toEqual([absent.status, absent.body]);
        } else {
          expect(seen.body.you.mayRead, what).toBe(wanted.sees === 'text');
          expect(seen.body.seq > 0, what).toBe(wanted.sees === 'text');
        }
      }
    }
  });

  test('R13: acts on a hidden paper answer strangers as if it were not there', async () => {
    await create({title: 'Hidden', slug: 'hidden', publication: 'unlisted', text: 'x'});
    const {headers} = await instance.call('POST', '/api/auth/sign-up/email', {
      body: {handle: 'Stranger', email: 'stranger@example.org', password: 'a long password'},
    });
    const as = headers.getSetCookie()[0]?.split(';')[0];
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/record', undefined],
      ['PATCH', '', {mode: 'frozen'}],
      ['POST', '/moves', {paragraph: 'x', after: null}],
      ['POST', '/joins', {paragraph: 'x'}],
    ] as const) {
      const hidden = await instance.call(method, `/api/papers/hidden${path}`, {as, body});
      const absent = await instance.call(method, `/api/papers/absent${path}`, {as, body});
      expect([hidden.status, hidden.body], `${method} ${path}`).toEqual([404, absent.body]);
    }
  });
});

describe('moving and joining', () => {
  test('R12: who may write moves a paragraph; in a frozen paper nobody does', async () => {
    const {slug} = (await create({title: 'Moved', text: 'One.\n\nTwo.\n\nThree.\n'})).body;
    const paper = await instance.store.papers.find(slug);
    if (!paper) throw new Error('no paper');
    const {paragraphs} = await instance.app.rooms.read(paper);
    const [first, , third] = paragraphs.map(({name}) => name);
    const move = (as?: string) =>
      instance.call('POST', `/api/papers/${slug}/moves`, {as, body: {paragraph: third, after: null}});
    expect((await move()).body).toMatchObject({refusal: 'sign-in.required'});
    expect((await move(await instance.signIn('o1', 'observer'))).body).toMatchObject({refusal: 'not-permitted'});
    expect(await move(ana)).toMatchObject({status: 200, body: {done: true}});
    expect(await textOf(slug)).toBe('Three.\nOne.\nTwo.\n');
    expect(
      (await instance.call('POST', `/api/papers/${slug}/moves`, {as: ana, body: {paragraph: 'none', after: null}}))
        .body,
    ).toMatchObject({refusal: 'paragraph.unknown'});
    const joined = await instance.call('POST', `/api/papers/${slug}/joins`, {as: ana, body: {paragraph: first}});
    expect(joined.status).toBe(200);
    expect(await textOf(slug)).toBe('Three.One.\nTwo.\n');
    await instance.call('PATCH', `/api/papers/${slug}`, {as: dina, body: {mode: 'frozen'}});
    expect((await move(ana)).body).toMatchObject({refusal: 'paper.frozen'});
  });
});
