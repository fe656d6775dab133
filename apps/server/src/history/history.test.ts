import {randomInt} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {deleteRange, insertText, writeContent} from '@plenary/paper/write';
import {authorship, history, moment, type Authorship, type History, type Moment} from '@plenary/protocol/api/history';
import type {RevisionList} from '@plenary/protocol/api/revisions';
import type {StoredPaperRow} from '@plenary/store/store';
import {addToCast} from '../accounts/accounts.service.ts';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';

let instance: TestInstance;
let cookies: Record<'ana' | 'ben' | 'dina' | 'omar' | 'eve', string>;
let numbers: Record<'ana' | 'ben' | 'dina', number>;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  cookies = {
    ana: await instance.signIn('ana'),
    ben: await instance.signIn('ben'),
    dina: await instance.signIn('dina'),
    omar: await instance.signIn('omar', 'observer', 'valmora'),
    eve: '',
  };
  const number = async (name: string) => (await instance.store.members.findByCastName(name))!.number;
  numbers = {ana: await number('ana'), ben: await number('ben'), dina: await number('dina')};
});
afterAll(() => instance.close());

/** A paper and those who write it, as a room would log them. */
class Written {
  readonly doc = new Y.Doc();
  readonly paper: StoredPaperRow;
  #client = randomInt(1e9);
  readonly #clients = new Map<number, number>();
  #n = 0;

  private constructor(paper: StoredPaperRow) {
    this.paper = paper;
  }

  static async begin(given: object = {}): Promise<Written> {
    const body = {consultation: 'copenhagen', title: `Paper ${randomInt(1e9)}`, ...given};
    const {body: made} = await instance.call<{id: string}>('POST', '/api/papers', {as: cookies.dina, body});
    const written = new Written((await instance.store.papers.find(made.id))!);
    await written.as('dina', doc =>
      writeContent(
        doc,
        [{kind: 'text', level: 0, dir: null, lang: null, runs: [{text: 'We agree.', marks: {}}]}],
        () => 'first',
      ),
    );
    return written;
  }

  async as(who: keyof typeof numbers, change: (doc: Y.Doc) => void): Promise<void> {
    const actor = numbers[who];
    const isNew = !this.#clients.has(actor);
    this.doc.clientID = this.#clients.get(actor) ?? ++this.#client;
    this.#clients.set(actor, this.doc.clientID);
    const updates: Uint8Array[] = [];
    const hear = (update: Uint8Array): void => void updates.push(update);
    this.doc.on('update', hear);
    this.doc.transact(() => change(this.doc));
    this.doc.off('update', hear);
    const binds = isNew ? [this.doc.clientID] : [];
    await instance.store.updates.append(
      this.paper.number,
      updates.map(bytes => ({actor, connection: 1, n: ++this.#n, bytes, binds})),
    );
  }

  ask<Answer>(path: string, as: keyof typeof cookies = 'ana') {
    return instance.call<Answer & {refusal?: string}>('GET', `/api/papers/${this.paper.slug}${path}`, {
      as: cookies[as],
    });
  }
}

const insert = (offset: number, text: string) => (doc: Y.Doc) => insertText(doc, {paragraph: 'first', offset}, text);
const remove = (from: number, to: number) => (doc: Y.Doc) =>
  deleteRange(doc, {paragraph: 'first', offset: from}, {paragraph: 'first', offset: to});

/** `+words (who)` and `-words (who)` of a moment. */
function changesOf({paragraphs, authors}: Moment): string[] {
  return paragraphs.flatMap(({pieces}) =>
    pieces
      .filter(({is}) => is !== 'same')
      .map(({is, text, by}) => `${is === 'added' ? '+' : '-'}${text} (${by === null ? '' : authors[by]?.handle})`),
  );
}

describe('R63: the history of a paper', () => {
  test('says who wrote when, in steps that can be read, and names them with their organisation', async () => {
    const written = await Written.begin();
    for (const letter of ' all') await written.as('ana', insert(2, letter));
    await written.as('ben', remove(0, 3));
    const {status, body} = await written.ask<History>('/history');
    expect(status).toBe(200);
    const {steps, authors, seq, isFinest, you} = history.parse(body);
    expect(seq).toBe(6);
    expect(isFinest).toBe(true);
    expect(you.mayRestore).toBe(false);
    expect(steps.at(-1)?.until).toBe(6);
    expect(steps[0]?.after).toBe(0);
    expect(authors.map(({handle, organisation}) => [handle, organisation])).toEqual([
      ['Dina', null],
      ['ana', 'The open-assemblies'],
      ['ben', 'The meridian-cloud'],
    ]);
    // A paper that grows has more of it, asked again.
    await written.as('ana', insert(0, 'So '));
    expect((await written.ask<History>('/history')).body.seq).toBe(7);
  });

  test('shows any moment as it was, with the words that were deleted later, and whose change it was', async () => {
    const written = await Written.begin();
    await written.as('ana', insert(2, ' never'));
    await written.as('ben', remove(2, 8));
    const added = moment.parse((await written.ask<Moment>('/history/2?after=1')).body);
    expect(changesOf(added)).toEqual(['+ never (ana)']);
    expect(changesOf((await written.ask<Moment>('/history/3')).body)).toEqual(['- never (ben)']);
    expect(changesOf((await written.ask<Moment>('/history/3?after=1')).body)).toEqual([]);
    for (const path of ['/history/0', '/history/4', '/history/none']) {
      expect((await written.ask(path)).body.refusal).toBe('not-found');
    }
    expect((await written.ask('/history/2?after=2')).status).toBe(400);
  });

  test('is not for followers, observers, or whoever may not read the paper', async () => {
    const written = await Written.begin({publication: 'public'});
    for (const path of ['/history', '/history/1']) {
      expect((await written.ask(path, 'eve')).body.refusal).toBe('sign-in.required');
      expect((await written.ask(path, 'omar')).body.refusal).toBe('not-permitted');
      expect((await written.ask(path, 'ben')).status).toBe(200);
    }
    await addToCast(instance.app, {castName: 'zoe', handle: 'Zoe'});
    const elsewhere = await instance.signIn('zoe');
    const hidden = await Written.begin({publication: 'unlisted'});
    const asked = await instance.call<{refusal: string}>('GET', `/api/papers/${hidden.paper.slug}/history`, {
      as: elsewhere,
    });
    expect(asked.body.refusal).toBe('not-found');
  });

  test('stays open to those who write when a paper is frozen', async () => {
    const written = await Written.begin({mode: 'frozen'});
    expect((await written.ask('/history', 'ana')).status).toBe(200);
  });

  test('begins at kept states, and keeps those that it misses', async () => {
    const written = await Written.begin();
    const {updates} = instance.store;
    const rows: Uint8Array[] = [];
    written.doc.on('update', (update: Uint8Array) => void rows.push(update));
    const body = written.doc.getText('body');
    for (let n = 0; n < 9_000; n++) {
      if (n % 2) body.delete(1, 1);
      else body.insert(1, String(n % 10), {});
    }
    await updates.append(
      written.paper.number,
      rows.map((bytes, n) => ({actor: numbers.dina, connection: 2, n: n + 1, bytes, binds: []})),
    );
    expect(await updates.momentBefore(written.paper.number, 9_001)).toBeNull();
    expect(changesOf((await written.ask<Moment>('/history/9000')).body)).toEqual(['+8 (Dina)']);
    expect((await updates.momentBefore(written.paper.number, 9_000))?.seq).toBe(8_000);
    expect(changesOf((await written.ask<Moment>('/history/8001')).body)).toEqual(['-8 (Dina)']);
  });
});

describe('R64: bringing a moment back', () => {
  test('keeps the moment and the text as it stands, and is the chair’s', async () => {
    const written = await Written.begin();
    await written.as('ana', insert(2, ' all'));
    await written.as('ben', remove(0, 6));
    const path = `/api/papers/${written.paper.slug}/history/2/restore`;
    const refused = await instance.call<{refusal: string}>('POST', path, {as: cookies.ana});
    expect(refused.body.refusal).toBe('not-permitted');
    expect((await instance.call('POST', path, {as: cookies.dina})).status).toBe(200);
    const {body: text} = await instance.call<string>('GET', `/read/${written.paper.slug}.txt`);
    expect(text).toBe('We all agree.\n');
    const {body} = await instance.call<RevisionList>('GET', `/api/papers/${written.paper.slug}/revisions`, {
      as: cookies.dina,
    });
    expect(body.revisions.map(({kind, number}) => `${kind} ${number}`)).toEqual(['kept 2', 'kept 1']);
    expect(body.revisions[1]?.title).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    const {steps, revisions} = (await written.ask<History>('/history', 'dina')).body;
    expect(steps.at(-1)?.until).toBe(4);
    expect(revisions.map(({seq}) => seq)).toEqual([2, 3]);
  });
});

describe('R65: who wrote which character', () => {
  test('follows from the clientIDs of the shared text, which stand beside it', async () => {
    const written = await Written.begin();
    await written.as('ana', insert(0, 'So '));
    const {authors, clients} = authorship.parse((await written.ask<Authorship>('/authors')).body);
    const who = new Map(clients.map(([client, place]) => [client, authors[place]?.handle]));
    expect([...written.doc.store.clients.keys()].map(client => who.get(client)).toSorted()).toEqual(['Dina', 'ana']);
  });

  test('is told to no one who may not read names', async () => {
    const nameless = await Written.begin({publication: 'public-text'});
    expect((await nameless.ask('/authors', 'eve')).body.refusal).toBe('not-permitted');
    expect((await nameless.ask('/authors', 'omar')).status).toBe(200);
    const closed = await Written.begin({publication: 'participants'});
    expect((await closed.ask('/authors', 'eve')).body.refusal).toBe('paper.closed');
    const open = await Written.begin({publication: 'public'});
    expect((await open.ask('/authors', 'eve')).status).toBe(200);
  });
});
