import {spawnSync} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {keyId, openCheckpoint, type LedgerKey} from '@plenary/ledger/checkpoint';
import {fromHex} from '@plenary/ledger/encoding';
import {verifyConsistency, verifyInclusion} from '@plenary/ledger/merkle';
import type {ReceiptJson} from '@plenary/ledger/receipt';
import {verifyLog, verifyReceipt, verifyReceipts} from '@plenary/ledger/verify';
import type {CheckpointJson, LedgerEntries, LedgerEntryJson, LedgerKeys} from '@plenary/protocol/api/ledger';
import {cookieOf, seatCast, startInstance, type TestInstance} from '../testing/instance.ts';

let instance: TestInstance;
let ana: string;
let dina: string;
let eve: string;
let keys: readonly LedgerKey[];
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  [ana, dina] = await Promise.all([instance.signIn('ana'), instance.signIn('dina')]);
  const {headers} = await instance.call('POST', '/api/auth/sign-up/email', {
    body: {handle: 'Eve', email: 'eve@example.org', password: 'a long password'},
  });
  eve = cookieOf(headers);
  ({keys} = (await instance.call<LedgerKeys>('GET', '/api/ledger/keys')).body);
});
afterAll(() => instance.close());

let papers = 0;
async function paperBy(as: string, publication: string): Promise<{id: string; slug: string; index: number}> {
  const title = `Paper ${++papers}`;
  const {body} = await instance.call<{id: string; slug: string}>('POST', '/api/papers', {
    as,
    body: {consultation: 'copenhagen', title, publication, text: 'We agree.'},
  });
  const [created] = await instance.store.ledger.read(`paper:${body.id}`, 0, 1);
  return {...body, index: created?.index ?? -1};
}

async function get<Body>(path: string, as?: string): Promise<Body> {
  const {status, body} = await instance.call<Body>('GET', path, {as});
  expect(status, `${path} ${JSON.stringify(body).slice(0, 200)}`).toBe(200);
  return body;
}

const hashOf = (hex: string) => fromHex(hex, 32) ?? expect.fail(`${hex} is no hash`);
const entryOf = (index: number, as?: string) => get<LedgerEntryJson>(`/api/ledger/entries/${index}`, as);

async function newest(): Promise<CheckpointJson> {
  const {checkpoint} = await get<{checkpoint: CheckpointJson | null}>('/api/ledger/checkpoint');
  return checkpoint ?? expect.fail('there is no checkpoint');
}

async function logOf(as?: string): Promise<string> {
  const answer = await fetch(`${instance.url}/api/ledger/log`, {headers: as === undefined ? {} : {cookie: as}});
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('R39: every act is a leaf that anyone can verify', () => {
  test('acts are listed from either end, with what they say and how they were hashed', async () => {
    const {index, slug} = await paperBy(ana, 'public');
    const seen = await entryOf(index);
    expect(seen).toMatchObject({
      index,
      act: {
        name: 'paper.created',
        place: {is: 'paper', slug},
        by: {handle: 'ana', erased: false, organisation: 'The open-assemblies', role: 'delegate'},
        yours: false,
      },
      leaf: {content: {index, act: 'paper.created', stream: expect.stringMatching(/^paper:/) as string}},
    });
    // No name and no handle is in what was hashed.
    expect(JSON.stringify(seen.leaf)).not.toMatch(/ana|Paper|open-assemblies/);
    const forwards = await get<LedgerEntries>('/api/ledger/entries?from=0&limit=5');
    expect(forwards.entries.map(one => one.index)).toEqual([0, 1, 2, 3, 4]);
    expect(forwards.more).toBe(true);
    const backwards = await get<LedgerEntries>('/api/ledger/entries?limit=3');
    expect(backwards.entries.map(one => one.index)).toEqual([2, 1, 0].map(n => backwards.size - 3 + n));
    const before = await get<LedgerEntries>(`/api/ledger/entries?before=2&limit=10`);
    expect(before).toMatchObject({more: false, entries: [{index: 1}, {index: 0}]});
    const own = await get<LedgerEntries>(`/api/ledger/entries?paper=${slug}`);
    expect(own.entries.map(({act}) => act?.name)).toEqual(['paper.created']);
    const all = await get<LedgerEntries>('/api/ledger/entries?consultation=copenhagen&limit=100');
    expect(all.entries.map(one => one.index)).toContain(index);
    expect(new Set(all.entries.map(({act}) => act?.place.is))).toEqual(new Set(['paper', 'consultation']));
    expect((await instance.call('GET', '/api/ledger/entries?from=1&before=3')).status).toBe(400);
    expect((await instance.call('GET', '/api/ledger/entries/99999')).status).toBe(404);
    expect((await instance.call('GET', '/api/ledger/entries/x')).status).toBe(404);
  });

  test('who may not know of an act sees its hash alone, and its place in the tree', async () => {
    const {index} = await paperBy(ana, 'unlisted');
    for (const as of [undefined, eve]) {
      const hidden = await entryOf(index, as);
      expect(hidden).toMatchObject({index, act: null, leaf: null});
      expect((await instance.call('GET', `/api/ledger/receipt?index=${index}`, {as})).status).toBe(404);
    }
    expect((await entryOf(index, dina)).leaf?.content.act).toBe('paper.created');
    const proof = await get<{leafHash: string; root: string; size: number; proof: string[]}>(
      `/api/ledger/proof?index=${index}`,
    );
    const hashes = proof.proof.map(hashOf);
    expect(verifyInclusion(index, proof.size, hashOf(proof.leafHash), hashes, hashOf(proof.root))).toBe(true);
    expect(proof.leafHash).toBe((await entryOf(index, dina)).leafHash);
    // What is listed and closed is closed here too.
    const closed = await paperBy(dina, 'closed');
    expect(await entryOf(closed.index)).toMatchObject({act: null, leaf: null});
  });

  test('where the text is read without names, acts are told without who did them, and without a salt', async () => {
    const {index} = await paperBy(ana, 'public-text');
    expect(await entryOf(index)).toMatchObject({act: {name: 'paper.created', by: null}, leaf: null});
    expect(await entryOf(index, dina)).toMatchObject({act: {by: {handle: 'ana'}}, leaf: {content: {index}}});
  });

  test('who was given which role is told to those who take part', async () => {
    const {entries} = await get<LedgerEntries>('/api/ledger/entries?consultation=copenhagen&limit=100', eve);
    const granted = entries.filter(({act}) => act?.name === 'mandate.granted');
    expect(granted.length).toBeGreaterThan(3);
    expect(granted.filter(({leaf}) => leaf !== null)).toEqual([]);
    const inside = await entryOf(granted[0]?.index ?? 0, ana);
    expect(inside.leaf?.content.event).toMatchObject({role: expect.any(String) as string});
    // A mandate that is one's own may be proven by its holder.
    const joined = await get<LedgerEntries>('/api/ledger/entries?limit=100', eve);
    expect(joined.entries.filter(({act, leaf}) => act?.name === 'member.joined' && leaf !== null)).toHaveLength(1);
  });
});

describe('R40: checkpoints', () => {
  test('are signed by a published key, and made when somebody asks after an act', async () => {
    const {index} = await paperBy(dina, 'public');
    await get(`/api/ledger/receipt?index=${index}`);
    const checkpoint = await newest();
    expect(checkpoint.size).toBeGreaterThan(index);
    expect(openCheckpoint(checkpoint.note, keys)).toMatchObject({size: checkpoint.size, key: checkpoint.key});
    const published = await get<LedgerKeys>('/api/ledger/keys');
    expect(published.keys).toHaveLength(1);
    const [key] = published.keys;
    expect(key).toMatchObject({id: checkpoint.key, to: null});
    expect(keyId(published.origin ?? '', hashOf(key?.publicKey ?? ''))).toBe(checkpoint.key);
  });

  test('are at most one a second, however many ask, and never two of one size', async () => {
    const before = (await instance.store.checkpoints.above(0, 1000)).length;
    const started = Date.now();
    for (let round = 0; round < 6; round++) {
      const {slug} = await paperBy(ana, 'public');
      await Promise.all(Array.from({length: 5}, () => get('/api/ledger/checkpoint')));
      await get(`/api/ledger/entries?paper=${slug}`);
    }
    const made = (await instance.store.checkpoints.above(0, 1000)).length - before;
    expect(made).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - started) / 1000));
  });

  test('R42: any two are of one history', async () => {
    const first = await newest();
    const {index} = await paperBy(ana, 'public');
    await get(`/api/ledger/receipt?index=${index}`, ana);
    const second = await newest();
    expect(second.size).toBeGreaterThan(first.size);
    const found = await get<{fromRoot: string; toRoot: string; proof: string[]}>(
      `/api/ledger/proof?from=${first.size}&to=${second.size}`,
    );
    expect([found.fromRoot, found.toRoot]).toEqual([first.root, second.root]);
    const hashes = found.proof.map(hashOf);
    expect(verifyConsistency(first.size, second.size, hashOf(first.root), hashOf(second.root), hashes)).toBe(true);
    expect((await instance.call('GET', `/api/ledger/proof?from=9&to=2`)).status).toBe(404);
    expect((await instance.call('GET', `/api/ledger/proof?from=1&index=2`)).status).toBe(400);
    expect((await instance.call('GET', `/api/ledger/proof`)).status).toBe(400);
  });
});

describe('R41: receipts', () => {
  test('of one’s own acts are listed, given, and verify with the published key', async () => {
    const {index} = await paperBy(ana, 'unlisted');
    const {entries} = await get<LedgerEntries>('/api/me/acts?limit=5', ana);
    expect(entries[0]).toMatchObject({index, act: {yours: true}});
    const receipt = await get<ReceiptJson>(`/api/ledger/receipt?index=${index}`, ana);
    expect(verifyReceipt(JSON.stringify(receipt), keys)).toMatchObject({ok: true, leaf: {index}});
    const all = await instance.call<{receipts: ReceiptJson[]}>('GET', '/api/me/receipts', {as: ana});
    expect(all.headers.get('content-disposition')).toContain('plenary-receipts.json');
    const verdicts = verifyReceipts(JSON.stringify(all.body), keys);
    expect(verdicts.length).toBeGreaterThan(3);
    expect(verdicts.filter(({ok}) => !ok)).toEqual([]);
    expect((await instance.call('GET', '/api/me/acts')).status).toBe(401);
    expect((await instance.call('GET', '/api/me/receipts')).status).toBe(401);
  });
});

describe('R43: the whole log', () => {
  test('verifies for everyone, with what each may know', async () => {
    await newest();
    const [theirs, hers] = [await logOf(), await logOf(dina)];
    const [outside, inside] = [verifyLog(theirs, keys), verifyLog(hers, keys)];
    expect(outside).toMatchObject({ok: true, keysKnown: true});
    expect(inside).toMatchObject({ok: true});
    if (!outside.ok || !inside.ok) return;
    expect(inside.acts).toBeGreaterThanOrEqual(outside.acts);
    expect(outside.shown).toBeLessThan(inside.shown);
    expect(outside.checkpoints).toBe((await instance.store.checkpoints.above(0, 1000)).length);
    // A follower's log holds no salt of what is not theirs to know, and nobody's holds a handle.
    expect(theirs).not.toContain('mandate.granted');
    expect(hers).not.toMatch(/"(?:ana|Dina|Eve)"/);
    expect(verifyLog(theirs.replace('paper.created', 'paper.deleted'), keys)).toMatchObject({problem: 'leaf-differs'});
  });

  test('the verifier is one file without a network, with the keys of this instance', async () => {
    const answer = await instance.call<string>('GET', '/api/ledger/verifier?lang=ar');
    expect(answer.headers.get('content-disposition')).toContain('plenary-verifier.html');
    expect(answer.body).toContain('<html lang="ar" dir="rtl">');
    expect(answer.body).toContain(keys[0]?.publicKey);
    expect(answer.body).toContain("default-src 'none'");
    expect(answer.body).not.toMatch(/(?:src|href)=/);
    const run = spawnSync(process.execPath, ['--check', '--input-type=module'], {
      input: /<script>([\s\S]*)<\/script>/.exec(answer.body)?.[1] ?? 'nothing(',
    });
    expect(run.status, String(run.stderr).slice(0, 300)).toBe(0);
  });
});

describe('R44: erasing the person', () => {
  async function newcomer(handle: string): Promise<string> {
    const {headers} = await instance.call('POST', '/api/auth/sign-up/email', {
      body: {handle, email: `${handle.toLowerCase()}@example.org`, password: 'a long password'},
    });
    const as = cookieOf(headers);
    const {body} = await instance.call<{link: string}>('POST', '/api/consultations/copenhagen/invitations', {
      as: dina,
      body: {role: 'delegate', organisation: 'valmora'},
    });
    await instance.call('POST', `/api/invitations/${new URL(body.link).pathname.split('/').at(-1)}/accept`, {as});
    return as;
  }
  const erase = (as: string, handle: string) => instance.call('POST', '/api/me/erasure', {as, body: {handle}});

  test('leaves no trace of them, and every proof valid', async () => {
    const mallory = await newcomer('Mallory');
    const {index, slug} = await paperBy(mallory, 'public');
    const receipt = await get<ReceiptJson>(`/api/ledger/receipt?index=${index}`, mallory);
    const before = await logOf();
    const comments = `/api/papers/${slug}/comments`;
    const wanted = {
      key: 'a-key-of-mallory',
      anchor: {on: 'text', revision: null},
      text: 'What only Mallory would say.',
    };
    const commented = await instance.call('POST', comments, {as: mallory, body: wanted});
    expect(commented.status, JSON.stringify(commented.body)).toBe(201);
    expect(await erase(mallory, 'somebody')).toMatchObject({status: 400, body: {refusal: 'erasure.other-handle'}});
    const erased = await erase(mallory, 'Mallory');
    expect(erased).toMatchObject({status: 200, body: {erased: true}});
    expect(erased.headers.get('set-cookie')).toContain('Max-Age=0');
    // Signed out everywhere, and the address signs in no more.
    expect((await instance.call<{member: null}>('GET', '/api/me', {as: mallory})).body.member).toBeNull();
    const again = await instance.call('POST', '/api/auth/sign-in/email', {
      body: {email: 'mallory@example.org', password: 'a long password'},
    });
    expect(again.status).toBe(401);
    expect(await entryOf(index)).toMatchObject({act: {by: {handle: 'erased member', erased: true}}});
    const members = await instance.call<{members: {handle: string}[]}>('GET', '/api/consultations/copenhagen/members', {
      as: dina,
    });
    expect(members.body.members.map(({handle}) => handle)).not.toContain('Mallory');
    expect((await instance.call('GET', `/api/papers/${slug}`)).status).toBe(200);
    // Their comment is withdrawn, and its words are nowhere.
    const thread = await instance.call<{comments: {entries: {text: null}[]}[]}>('GET', comments, {as: dina});
    expect(thread.body.comments.map(({entries}) => entries.map(({text}) => text))).toEqual([[null]]);
    expect(JSON.stringify(thread.body)).not.toMatch(/Mallory/);
    const own = await get<LedgerEntries>(`/api/ledger/entries?paper=${slug}`, dina);
    expect(own.entries.map(({act}) => act?.name)).toEqual(['comment.withdrawn', 'comment.made', 'paper.created']);
    // What was proven before is proven still, by the receipt that was kept and by the one that is made now.
    expect(verifyReceipt(JSON.stringify(receipt), keys)).toMatchObject({ok: true});
    const anew = await get<ReceiptJson>(`/api/ledger/receipt?index=${index}`);
    expect(anew.leaf).toEqual(receipt.leaf);
    expect(verifyLog(before, keys)).toMatchObject({ok: true});
    expect(verifyLog(await logOf(), keys)).toMatchObject({ok: true});
    expect((await instance.store.ledger.latest({before: null, limit: 1}))[0]).toMatchObject({act: 'member.erased'});
    // Somebody else may take the handle, and nobody the name of the erased.
    await newcomer('Mallory');
  });

  test('is refused to the only chair, who is told what to do', async () => {
    expect(await erase(dina, 'Dina')).toMatchObject({status: 409, body: {refusal: 'erasure.only-chair'}});
    expect((await instance.call<{member: object}>('GET', '/api/me', {as: dina})).body.member).not.toBeNull();
  });
});
