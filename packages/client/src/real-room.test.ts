import {IDBFactory} from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {WebsocketProvider} from 'y-websocket';
import * as Y from 'yjs';
import {canonicalText} from '@plenary/paper/canonical';
import {readPaper} from '@plenary/paper/read';
import type {ParagraphContent} from '@plenary/paper/view';
import {
  deleteParagraph,
  deleteRange,
  insertText,
  joinWithPrevious,
  pasteContent,
  setKind,
  splitParagraph,
} from '@plenary/paper/write';
import {hasUnsentWork} from './device.ts';
import type {RoomClient, RoomClientOptions} from './room-client.ts';
import {chanceOf} from './testing/chance.ts';
import {People, socketOf} from './testing/people.ts';
import {RealRoom} from './testing/real-room.ts';

let room: RealRoom;
const people = new People();

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  room = new RealRoom();
  await room.listen();
  await room.seed([paragraph('title', 'Joint statement'), paragraph('preambular', 'Recalling its resolution 70/1,')]);
});

afterEach(async () => {
  await people.leave();
  await room.kill();
});

function paragraph(kind: ParagraphContent['kind'], text: string): ParagraphContent {
  return {kind, level: 0, dir: null, lang: null, runs: [{text, marks: {}}]};
}

async function join(member: string, options: Partial<RoomClientOptions> = {}): Promise<RoomClient> {
  const client = people.join(room.url, {member, ...options});
  await client.when(state => state.synced);
  return client;
}

function docOf(client: RoomClient): Y.Doc {
  return client.getSnapshot().doc;
}

function textOf(doc: Y.Doc): string {
  return canonicalText(readPaper(doc));
}

/** What a fresh process reads from the log. */
function logged(): string {
  const doc = new Y.Doc();
  for (const {bytes} of room.store.rows) Y.applyUpdate(doc, bytes);
  expect(doc.store.pendingStructs).toBeNull();
  return textOf(doc);
}

function append(client: RoomClient, text: string): void {
  const doc = docOf(client);
  const last = readPaper(doc).at(-1);
  if (last === undefined) throw new Error('No paragraph.');
  insertText(doc, {paragraph: last.name, offset: Number.MAX_SAFE_INTEGER}, text, {}, 'typing');
}

describe('in a real room', () => {
  it('saved is said once the log has it', async () => {
    const ana = await join('ana');
    room.store.isPatient = true;
    append(ana, ' Noting');
    expect(ana.getSnapshot().save).toBe('saving');
    expect(logged()).not.toContain('Noting');
    room.store.goOn();
    await ana.whenSaved();
    expect(logged()).toBe('Joint statement\nRecalling its resolution 70/1, Noting\n');
  });

  it('a pasted draft of 120 kB is taken', async () => {
    const [ana, ben] = [await join('ana'), await join('ben')];
    const draft = Array.from({length: 300}, (_, i) => paragraph('operative', `${i} Decides to convene. `.repeat(19)));
    const last = readPaper(docOf(ana)).at(-1)?.name ?? '';
    let name = 0;
    pasteContent(docOf(ana), {paragraph: last, offset: 99}, draft, () => `pasted-${String(++name).padStart(8, '0')}`);
    await ana.whenSaved();
    expect(ana.getSnapshot().offered).toEqual([]);
    expect(textOf(docOf(ana)).length).toBeGreaterThan(120_000);
    expect(logged()).toBe(textOf(docOf(ana)));
    await whenSame(docOf(ben), docOf(ana));
  });

  it('all that was shown as saved survives kills, and all that was not is sent again', async () => {
    const writers = await Promise.all(['ana', 'ben', 'cho'].map(member => join(member, {storage: 'device'})));
    const stock = new Y.Doc();
    const provider = new WebsocketProvider(room.url.replace('/paper', ''), 'paper', stock, {
      WebSocketPolyfill: socketOf('dina'),
      disableBc: true,
      maxBackoffTime: 200,
    });
    const chance = chanceOf(7);
    const tokens: string[] = [];
    for (let round = 0; round < 4; round++) {
      for (let step = 0; step < 40; step++) {
        const writer = writers[Math.floor(chance() * 3)] as RoomClient;
        const token = `${round}:${step};`;
        act(docOf(writer), chance, token, tokens);
        if (chance() < 0.3) await new Promise(resolve => setImmediate(resolve));
      }
      const saved = tokens.slice();
      if (round % 2 === 0) await Promise.all(writers.map(writer => writer.whenSaved()));
      await room.kill();
      if (round % 2 === 0) for (const token of saved) expect(logged()).toContain(token);
      await room.listen();
    }
    await Promise.all(writers.map(writer => writer.whenSaved()));
    for (const token of tokens) expect(logged().split(token)).toHaveLength(2);
    for (const writer of writers) {
      expect(writer.getSnapshot().offered).toEqual([]);
      await whenSame(docOf(writer), docOf(writers[0] as RoomClient));
    }
    await whenSame(stock, docOf(writers[0] as RoomClient));
    expect(textOf(stock)).toBe(logged());
    provider.destroy();
    provider.awareness.destroy();
    // The marks go after the acknowledgement, and surely before the page has closed.
    await people.leave();
    for (const member of ['ana', 'ben', 'cho']) expect(await hasUnsentWork(member)).toEqual([]);
  });

  it('words for a paper that the chair has frozen are offered, with the sentence in the writer’s language', async () => {
    const ana = await join('ana', {language: 'fr'});
    room.store.isPatient = true;
    append(ana, ' early');
    room.setWriting('paper.frozen');
    await ana.when(state => !state.rights.write);
    append(ana, ' late');
    room.store.goOn();
    await ana.when(state => state.offered.length > 0);
    expect(ana.getSnapshot()).toMatchObject({
      save: 'saved',
      connection: 'open',
      rights: {write: false, why: 'paper.frozen'},
      offered: [{code: 'paper.frozen', sentence: 'paper.frozen in fr'}],
    });
    expect(ana.getSnapshot().offered[0]?.text).toMatch(/late$/);
    expect(textOf(docOf(ana))).toBe(logged());
    room.setWriting(null);
    await ana.when(state => state.rights.write);
    append(ana, ' again');
    await ana.whenSaved();
    expect(logged()).toContain(' again');
  });

  it('what was written offline meanwhile is offered as well', async () => {
    const ana = await join('ana', {storage: 'device'});
    append(ana, ' first');
    await ana.whenSaved();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    append(ana, ' offline');
    await ana.when(state => state.save === 'kept');
    await ana.close();
    room.refuseWriting = 'paper.amendments-only';
    await room.listen();
    const again = await join('ana', {storage: 'device'});
    await again.when(state => state.offered.length > 0);
    expect(again.getSnapshot().offered).toMatchObject([{code: 'paper.amendments-only', text: ' offline'}]);
    expect(textOf(docOf(again))).toBe(logged());
  });

  it('refused content is offered, and the rest goes on', async () => {
    const ana = await join('ana');
    const before = docOf(ana);
    before.transact(() => before.getText('body').insert(before.getText('body').length, ' red', {colour: 'red'}), 'x');
    append(ana, ' after');
    await expect(ana.whenSaved()).rejects.toThrow('room.');
    expect(ana.getSnapshot().offered).toMatchObject([{text: ' red after'}]);
    append(ana, ' good');
    await ana.whenSaved();
    expect(logged()).toBe('Joint statement\nRecalling its resolution 70/1, good\n');
  });

  it('a deletion that the page was closed on is sent after the reload', async () => {
    const ana = await join('ana', {storage: 'device'});
    const [, second] = readPaper(docOf(ana));
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    const name = second?.name ?? '';
    deleteRange(docOf(ana), {paragraph: name, offset: 9}, {paragraph: name, offset: 13}, 'typing');
    await ana.when(state => state.save === 'kept');
    await ana.close();
    await room.listen();
    const again = await join('ana', {storage: 'device'});
    await again.whenSaved();
    expect(logged()).toBe('Joint statement\nRecalling resolution 70/1,\n');
  });

  it('writers come back after a drain, and bring what the last room did not take any more', async () => {
    const ana = await join('ana');
    append(ana, ' Noting');
    await room.room?.drain(50);
    await ana.when(state => state.connection === 'connecting');
    await room.kill();
    await room.listen();
    await ana.whenSaved();
    expect(logged()).toBe('Joint statement\nRecalling its resolution 70/1, Noting\n');
  });

  it('R22: each sees the others as the server knows them, and nobody themselves', async () => {
    const [ana, ben] = [await join('ana'), await join('ben')];
    ana.setCursor({at: 3});
    await ben.when(state => state.presence.some(({cursor}) => cursor !== null));
    expect(ben.getSnapshot().presence).toMatchObject([
      {member: {id: 'ana', handle: 'ana', organisation: null}, cursor: {at: 3}},
    ]);
    await ana.when(state => state.presence.length === 1);
    expect(ana.getSnapshot().presence[0]?.member.handle).toBe('ben');
    await ana.close();
    await ben.when(state => state.presence.length === 0);
  });
});

/** One thing that a writer does; a token that is typed stays, deletions fall on seeded words and openers only. */
function act(doc: Y.Doc, chance: () => number, token: string, tokens: string[]): void {
  const paragraphs = readPaper(doc);
  const at = paragraphs[Math.floor(chance() * paragraphs.length)];
  if (at === undefined) return;
  const length = at.runs.reduce((sum, run) => sum + run.text.length, 0);
  const act = chance();
  if (act < 0.6) {
    insertText(doc, {paragraph: at.name, offset: length}, token, {}, 'typing');
    tokens.push(token);
  } else if (act < 0.75) {
    const name = `typed-${Math.floor(chance() * 1e12)}`;
    splitParagraph(doc, {paragraph: at.name, offset: length}, name, 'typing');
    setKind(doc, name, 'operative', 'typing');
  } else if (act < 0.85) {
    joinWithPrevious(doc, at.name, 'typing');
  } else if (act < 0.95) {
    setKind(doc, at.name, 'preambular', 'typing');
  } else if (length === 0) {
    deleteParagraph(doc, at.name, 'typing');
  }
}

function whenSame(doc: Y.Doc, other: Y.Doc): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (textOf(doc) !== textOf(other)) return;
      doc.off('update', check);
      other.off('update', check);
      resolve();
    };
    doc.on('update', check);
    other.on('update', check);
    check();
  });
}
