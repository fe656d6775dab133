import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {io, type Socket} from 'socket.io-client';
import {commitmentTo} from '@plenary/ledger/commitment';
import {commentJson, commentList, type CommentJson, type CommentList} from '@plenary/protocol/api/comments';
import {addToCast} from '../accounts/accounts.service.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';

let instance: TestInstance;
let ana: string;
let ben: string;
let dina: string;
let olga: string;
let carla: string;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  ana = await instance.signIn('ana');
  ben = await instance.signIn('ben');
  dina = await instance.signIn('dina');
  olga = await instance.signIn('olga', 'observer');
  carla = await instance.signIn('carla', 'contributor');
});
afterAll(() => instance.close());

let papers = 0;
async function aPaper(more: object = {}): Promise<string> {
  const slug = `paper-${++papers}`;
  const created = await instance.call('POST', '/api/papers', {
    as: dina,
    body: {consultation: 'copenhagen', slug, title: 'A statement', text: 'First.\n\nSecond.\n', ...more},
  });
  expect(created.status).toBe(201);
  return slug;
}

let keys = 0;
const aKey = () => `key-number-${String(++keys).padStart(6, '0')}`;
const onTheText = {on: 'text', revision: null} as const;

async function comment(paper: string, as: string | undefined, more: object = {}) {
  return instance.call<{comment: CommentJson; refusal?: string}>('POST', `/api/papers/${paper}/comments`, {
    as,
    body: {key: aKey(), anchor: onTheText, text: 'Working days of which country?', ...more},
  });
}

async function act(paper: string, as: string, id: string, what: string, body: object = {}) {
  return instance.call<{comment: CommentJson; refusal?: string}>(
    'POST',
    `/api/papers/${paper}/comments/${id}/${what}`,
    {
      as,
      body,
    },
  );
}

async function list(paper: string, as?: string, since = 0) {
  return instance.call<CommentList & {refusal?: string}>('GET', `/api/papers/${paper}/comments?since=${since}`, {as});
}

async function recordOf(paper: string, as?: string) {
  const {body} = await instance.call<{
    entries: {act: string; by: {handle: string} | null; event: Record<string, unknown>}[];
  }>('GET', `/api/papers/${paper}/record`, {as});
  return body.entries.filter(entry => entry.act.startsWith('comment.'));
}

describe('R26: who reads comments and who makes them', () => {
  test('members of the consultation read them; delegates, observers and the chair make them', async () => {
    const paper = await aPaper();
    for (const as of [ana, olga, dina]) expect((await comment(paper, as)).status).toBe(201);
    expect((await comment(paper, carla)).body.refusal).toBe('not-permitted');
    for (const as of [ana, olga, dina, carla]) {
      const {status, body} = await list(paper, as);
      expect([status, body.comments.length, body.you.mayComment]).toEqual([200, 3, as !== carla]);
      commentList.parse(body);
    }
  });

  test('followers get none, on public papers neither, and hear of no paper that is not listed', async () => {
    const open = await aPaper({publication: 'public'});
    const unlisted = await aPaper({publication: 'unlisted'});
    await comment(open, ana);
    await addToCast(instance.app, {castName: 'eve', handle: 'Eve'});
    const eve = await instance.signIn('eve');
    expect(await list(open, eve)).toMatchObject({status: 403, body: {refusal: 'not-permitted'}});
    expect(await list(unlisted, eve)).toMatchObject({status: 404, body: {refusal: 'not-found'}});
    for (const paper of [open, unlisted]) {
      expect(await list(paper)).toMatchObject({status: 401, body: {refusal: 'sign-in.required'}});
      expect(await comment(paper, undefined)).toMatchObject({status: 401, body: {refusal: 'sign-in.required'}});
    }
    const page = await instance.call<string>('GET', `/read/${open}`);
    expect(page.body).not.toContain('Working days of which country?');
  });

  test('those who may not read the text may not read what is said about it', async () => {
    const paper = await aPaper({publication: 'closed'});
    expect((await comment(paper, ana)).status).toBe(201);
    expect(await list(paper, olga)).toMatchObject({status: 403, body: {refusal: 'paper.closed'}});
    expect(await comment(paper, olga)).toMatchObject({status: 403, body: {refusal: 'paper.closed'}});
  });

  test('a frozen paper can still be commented', async () => {
    const paper = await aPaper({mode: 'frozen'});
    expect((await comment(paper, ana)).status).toBe(201);
  });

  test('who comments is named in the record to members alone', async () => {
    const paper = await aPaper({publication: 'public'});
    await comment(paper, ana);
    expect((await recordOf(paper, ben)).map(({by}) => by?.handle)).toEqual(['ana']);
    expect((await recordOf(paper)).map(({by}) => by)).toEqual([null]);
  });
});

describe('R27: a comment', () => {
  test('says who made it, for whom, when, and on what', async () => {
    const paper = await aPaper();
    const anchor = {
      on: 'words',
      paragraph: 'p-one-two-three',
      start: {tname: 'body', item: {client: 7, clock: 1}, assoc: 0},
      end: {tname: 'body', item: {client: 7, clock: 5}, assoc: -1},
      quote: {before: '', exact: 'First', after: '.'},
      revision: null,
    } as const;
    const {body} = await comment(paper, ana, {anchor});
    expect(commentJson.parse(body.comment)).toMatchObject({
      anchor,
      resolved: null,
      entries: [
        {
          by: {handle: 'ana', role: 'delegate', organisation: {name: 'The open-assemblies'}},
          text: 'Working days of which country?',
          withdrawn: false,
          hidden: null,
        },
      ],
    });
  });

  test('sent twice under one key counts once, also at the same moment', async () => {
    const paper = await aPaper();
    const key = aKey();
    const sent = await Promise.all([1, 2, 3, 4].map(() => comment(paper, ana, {key})));
    expect(new Set(sent.map(({body}) => body.comment.id)).size).toBe(1);
    expect((await list(paper, ben)).body.comments).toHaveLength(1);
    expect(await recordOf(paper, ben)).toHaveLength(1);
    const id = sent[0]?.body.comment.id ?? '';
    const reply = {key: aKey(), text: 'UTC days.'};
    await Promise.all([act(paper, ben, id, 'replies', reply), act(paper, ben, id, 'replies', reply)]);
    expect((await list(paper, ana)).body.comments[0]?.entries).toHaveLength(2);
    // The key is its author's own: another's comment is not taken for a retry.
    await comment(paper, ben, {key});
    expect((await list(paper, ben)).body.comments).toHaveLength(2);
  });

  test('mentions members by handle, and nobody who may not read it', async () => {
    const paper = await aPaper({publication: 'closed'});
    const {body} = await comment(paper, ana, {text: 'What do @ben and @olga say, and @dina?'});
    expect(body.comment.entries[0]?.mentions.map(({handle}) => handle).toSorted()).toEqual(['Dina', 'ben']);
    const people = await instance.call<{people: {handle: string}[]}>(
      'GET',
      `/api/papers/${paper}/comments/people?begins=D`,
      {as: ana},
    );
    expect(people.body.people.map(({handle}) => handle)).toEqual(['Dina']);
  });

  test('is answered, resolved and reopened; what is pressed twice happens once', async () => {
    const paper = await aPaper();
    const {id} = (await comment(paper, ana)).body.comment;
    await act(paper, ben, id, 'replies', {key: aKey(), text: 'UTC days.'});
    expect((await act(paper, ben, id, 'resolve')).body.refusal).toBe('not-permitted');
    for (let i = 0; i < 2; i++) {
      expect((await act(paper, ana, id, 'resolve')).body.comment.resolved?.by.handle).toBe('ana');
    }
    const late = {key: aKey(), text: 'One more.'};
    expect(await act(paper, ben, id, 'replies', late)).toMatchObject({
      status: 409,
      body: {refusal: 'comment.resolved'},
    });
    for (let i = 0; i < 2; i++) expect((await act(paper, dina, id, 'reopen')).body.comment.resolved).toBeNull();
    expect((await act(paper, ben, id, 'replies', late)).status).toBe(201);
    expect((await recordOf(paper, ana)).map(entry => entry.act)).toEqual([
      'comment.made',
      'comment.replied',
      'comment.resolved',
      'comment.reopened',
      'comment.replied',
    ]);
  });

  test('is put on other words by who looks after it', async () => {
    const paper = await aPaper();
    const {id} = (await comment(paper, ana)).body.comment;
    const anchor = {on: 'gap', above: null, below: null, revision: null} as const;
    expect((await act(paper, ben, id, 'reattach', {anchor})).body.refusal).toBe('not-permitted');
    expect((await act(paper, ana, id, 'reattach', {anchor})).body.comment.anchor).toEqual(anchor);
    expect((await act(paper, ana, 'no-such-comment', 'reattach', {anchor})).status).toBe(404);
  });

  test('that is nothing, too long or broken is refused, and nothing is made', async () => {
    const paper = await aPaper();
    for (const text of ['', '  \n ', 'x'.repeat(5001), 'half \ud83d', 'nul \0']) {
      expect((await comment(paper, ana, {text})).status).toBe(400);
    }
    for (const anchor of [{on: 'moon'}, {on: 'words'}, null]) {
      expect((await comment(paper, ana, {anchor})).status).toBe(400);
    }
    expect((await comment(paper, ana, {key: 'short'})).status).toBe(400);
    expect((await list(paper, ana)).body.comments).toEqual([]);
  });

  test('is told to whoever watches at once, and what changed is asked for by a count', async () => {
    const paper = await aPaper();
    const first = (await comment(paper, ana)).body.comment;
    const {seq} = (await list(paper, ben)).body;
    const socket: Socket = io(instance.url, {path: '/rt', transports: ['websocket'], extraHeaders: {cookie: ben}});
    try {
      await socket.emitWithAck('watch', {paper});
      const heard = new Promise<{act: string; by: unknown}>(resolve => socket.on('notice', resolve));
      const second = (await comment(paper, ana)).body.comment;
      expect(await heard).toMatchObject({act: 'comments.changed', by: null});
      const news = (await list(paper, ben, seq)).body;
      expect(news.comments.map(({id}) => id)).toEqual([second.id]);
      await act(paper, ana, first.id, 'resolve');
      expect((await list(paper, ben, news.seq)).body.comments.map(({id}) => id)).toEqual([first.id]);
      expect((await list(paper, ben, news.seq + 1)).body.comments).toEqual([]);
    } finally {
      socket.close();
    }
  });
});

describe('R28: words that are taken out of sight', () => {
  test('hidden by the chair, they are in no later answer to anyone, and counted for all', async () => {
    const paper = await aPaper({publication: 'public'});
    const {id} = (await comment(paper, ana, {text: 'SECRETWORDS of @ben'})).body.comment;
    expect((await act(paper, ana, id, 'hide', {reason: 'spam'})).body.refusal).toBe('not-permitted');
    const hidden = await act(paper, dina, id, 'hide', {reason: 'personal-attack'});
    expect(hidden.body.comment.entries).toMatchObject([{text: null, hidden: 'personal-attack', mentions: []}]);
    for (const as of [ana, ben, dina, olga]) {
      expect(JSON.stringify((await list(paper, as)).body)).not.toContain('SECRETWORDS');
    }
    expect((await list(paper, ben)).body.hidden).toBe(1);
    const seen = await instance.call<{hiddenComments: number}>('GET', `/api/papers/${paper}`);
    expect(seen.body.hiddenComments).toBe(1);
    const stored = await instance.store.papers.find(paper);
    const kept = stored && (await instance.store.comments.find(stored.id, id));
    expect(kept?.entries[0]?.text).toBe('SECRETWORDS of @ben');
  });

  test('edited by their author, they are marked, and the first words are in no answer and no row', async () => {
    const paper = await aPaper();
    const {id, entries} = (await comment(paper, ana, {text: 'FIRSTWORDS, @ben'})).body.comment;
    const entry = entries[0]?.id ?? '';
    expect((await act(paper, dina, id, 'edit', {text: 'Not mine'})).body.refusal).toBe('not-permitted');
    const {body} = await act(paper, ana, id, 'edit', {entry, text: 'Second words'});
    expect(body.comment.entries).toMatchObject([{text: 'Second words', mentions: [], edited: expect.any(String)}]);
    const {edited} = body.comment.entries[0] ?? {};
    expect(await act(paper, ana, id, 'edit', {entry, text: 'Second words'})).toMatchObject({
      status: 200,
      body: {comment: {entries: [{edited}]}},
    });
    const stored = await instance.store.papers.find(paper);
    const kept = stored && (await instance.store.comments.find(stored.id, id));
    expect(JSON.stringify(kept)).not.toContain('FIRSTWORDS');
    const record = await recordOf(paper, ben);
    expect(record.map(one => one.act)).toEqual(['comment.made', 'comment.edited']);
    const salt = await saltOf(entry);
    expect(record[1]?.event).toEqual({comment: id, entry, commitment: commitmentTo(salt, 'Second words')});
    await act(paper, dina, id, 'hide', {reason: 'spam'});
    expect((await act(paper, ana, id, 'edit', {text: 'Seen again'})).body.refusal).toBe('not-permitted');
    await act(paper, ana, id, 'withdraw');
    expect(await act(paper, ana, id, 'edit', {text: 'Again'})).toMatchObject({status: 403});
  });

  test('withdrawn by their author, they are erased and leave a trace', async () => {
    const paper = await aPaper();
    const {id} = (await comment(paper, ana)).body.comment;
    const reply = await act(paper, ben, id, 'replies', {key: aKey(), text: 'UTC days.'});
    const entry = reply.body.comment.entries[1]?.id ?? '';
    expect((await act(paper, ana, id, 'withdraw', {entry})).body.refusal).toBe('not-permitted');
    const {body} = await act(paper, ben, id, 'withdraw', {entry});
    expect(body.comment.entries).toMatchObject([
      {text: 'Working days of which country?', withdrawn: false},
      {text: null, withdrawn: true, by: {handle: 'ben'}},
    ]);
    expect(await act(paper, dina, id, 'hide', {entry, reason: 'other'})).toMatchObject({
      status: 409,
      body: {refusal: 'comment.withdrawn'},
    });
  });
});

async function saltOf(entry: string): Promise<Uint8Array> {
  const salt = await instance.store.comments.saltOf(entry);
  if (!salt) throw new Error('There is no salt.');
  return salt;
}

describe('R29: the record of comments', () => {
  test('holds ids, codes and a commitment that words and salt open, never the words', async () => {
    const paper = await aPaper();
    const {id, entries} = (await comment(paper, ana, {text: 'Words for the record.'})).body.comment;
    const salt = await saltOf(entries[0]?.id ?? '');
    await act(paper, dina, id, 'hide', {reason: 'off-topic'});
    await act(paper, ana, id, 'withdraw');
    const record = await recordOf(paper, ben);
    expect(record.map(entry => entry.act)).toEqual(['comment.made', 'comment.hidden', 'comment.withdrawn']);
    expect(record[0]?.event).toEqual({
      comment: id,
      entry: entries[0]?.id,
      on: 'text',
      commitment: commitmentTo(salt, 'Words for the record.'),
    });
    expect(JSON.stringify(record)).not.toContain('Words for the record.');
    expect(record[1]?.event).toEqual({comment: id, entry: entries[0]?.id, reason: 'off-topic'});
    // The salt is erased with the words.
    await expect(saltOf(entries[0]?.id ?? '')).rejects.toThrow('no salt');
  });
});
