import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {WebsocketProvider} from 'y-websocket';
import * as Y from 'yjs';
import {partLimit, windowSize} from './outbox.ts';
import {announceSignIn} from './sign-in.ts';
import {copyOf, flatten, People, socketOf, strike, type, typeAfter, whenText} from './testing/people.ts';
import {ScriptedRoom} from './testing/room-server.ts';
import {warnWhileUnsaved} from './warn-while-unsaved.ts';

let room: ScriptedRoom;
const people = new People();
const begin = '¶Recalling its resolution 70/1,';

beforeEach(async () => {
  room = new ScriptedRoom();
  type(room.doc, 'Recalling its resolution 70/1,', 'p1');
  await room.listen();
});

afterEach(async () => {
  await people.leave();
  await room.kill();
});

describe('joining', () => {
  it('says hello first and shows what the server holds', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    expect(flatten(ana.getSnapshot().doc)).toBe(begin);
    expect(ana.getSnapshot()).toMatchObject({
      save: 'saved',
      connection: 'open',
      rights: {write: true, why: null},
      epoch: 1,
      needsReload: false,
    });
    const {doc} = ana.getSnapshot();
    expect(room.history[0]?.hello).toEqual({schema: 1, epoch: null, clientId: doc.clientID, language: 'en'});
  });

  it('stands beside a stock provider', async () => {
    const doc = new Y.Doc();
    const stock = new WebsocketProvider(room.url.replace('/paper', ''), 'paper', doc, {
      WebSocketPolyfill: socketOf('ben'),
      disableBc: true,
    });
    const ana = people.join(room.url);
    await Promise.all([ana.when(state => state.synced), whenText(doc, begin)]);
    type(ana.getSnapshot().doc, ' Noting');
    await whenText(doc, `${begin} Noting`);
    type(doc, ' with regret');
    await whenText(ana.getSnapshot().doc, `${begin} Noting with regret`);
    stock.destroy();
    stock.awareness.destroy();
  });
});

describe('saved', () => {
  it('is said after the acknowledgement and not before', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.holds = true;
    type(ana.getSnapshot().doc, ' Noting');
    strike(ana.getSnapshot().doc, 'its ');
    expect(ana.getSnapshot()).toMatchObject({save: 'saving', unacknowledged: 2});
    room.release();
    await ana.whenSaved();
    expect(ana.getSnapshot()).toMatchObject({save: 'saved', unacknowledged: 0});
    expect(flatten(room.doc)).toBe('¶Recalling resolution 70/1, Noting');
  });

  it('is not said while the server is gone, and is true again when it is back', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.holds = true;
    type(ana.getSnapshot().doc, ' lost once');
    strike(ana.getSnapshot().doc, 'its ');
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    expect(ana.getSnapshot().save).toBe('not-saved');
    type(ana.getSnapshot().doc, ' typed offline');
    strike(ana.getSnapshot().doc, '70/');
    expect(ana.getSnapshot()).toMatchObject({save: 'not-saved', unacknowledged: 4});
    room.holds = false;
    await room.listen();
    await ana.whenSaved();
    expect(ana.getSnapshot()).toMatchObject({save: 'saved', unacknowledged: 0});
    expect(flatten(room.doc)).toBe('¶Recalling resolution 1, lost once typed offline');
    expect(flatten(room.doc)).toBe(flatten(ana.getSnapshot().doc));
  });

  it('asks before the page is left while something is not', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    const page = new EventTarget() as unknown as Window;
    const end = warnWhileUnsaved(ana, page);
    const leave = (): boolean => page.dispatchEvent(new Event('beforeunload', {cancelable: true}));
    expect(leave()).toBe(true);
    room.holds = true;
    type(ana.getSnapshot().doc, ' Noting');
    expect(leave()).toBe(false);
    room.release();
    await ana.whenSaved();
    expect(leave()).toBe(true);
    end();
  });

  it('tells a listener only when something shows', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    const states: string[] = [];
    ana.subscribe(() => states.push(`${ana.getSnapshot().save} ${ana.getSnapshot().unacknowledged}`));
    type(ana.getSnapshot().doc, ' Noting');
    await ana.whenSaved();
    expect(states).toEqual(['saving 1', 'saved 0']);
  });
});

describe('what is sent', () => {
  it('is at most 32 KiB a frame: a pasted draft of 120 kB arrives in parts and complete', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    type(ana.getSnapshot().doc, 'Recalling '.repeat(12_000), 'pasted');
    await ana.whenSaved();
    const frames = room.history[0]?.frames ?? [];
    expect(frames.length).toBeGreaterThan(4);
    for (const {size} of frames) expect(size).toBeLessThan(partLimit + 64);
    expect(flatten(room.doc)).toBe(flatten(ana.getSnapshot().doc));
    expect(room.doc.store.pendingStructs).toBeNull();
  });

  it('is the same for a long time offline, and a deletion is sent without all the others', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    await room.kill();
    for (let i = 0; i < 30; i++) type(ana.getSnapshot().doc, `words ${i} `.repeat(400), `offline-${i}`);
    strike(ana.getSnapshot().doc, 'its ');
    await room.listen();
    await ana.whenSaved();
    for (const {size} of room.history[1]?.frames ?? []) expect(size).toBeLessThan(partLimit + 64);
    expect(flatten(room.doc)).toBe(flatten(ana.getSnapshot().doc));
    await room.kill();
    await room.listen();
    await ana.when(state => state.synced);
    await room.whenFrames(2, 1);
    // Nothing was owed: the answer to the server's first step is empty, whatever the paper deleted in its life.
    expect(room.history[2]?.frames).toMatchObject([{n: 1, type: 1, update: new Uint8Array([0, 0])}]);
  });

  it('waits and travels together while a slow server owes many acknowledgements', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.holds = true;
    for (let i = 0; i < 500; i++) {
      type(ana.getSnapshot().doc, `${i} `);
      if (i % 10 === 0) strike(ana.getSnapshot().doc, `${i} `);
    }
    expect(ana.getSnapshot().unacknowledged).toBe(550);
    await room.whenFrames(0, windowSize);
    expect(room.history[0]?.frames.length).toBe(windowSize);
    room.release();
    await ana.whenSaved();
    expect(flatten(room.doc)).toBe(flatten(ana.getSnapshot().doc));
    expect(room.history[0]?.frames.length).toBeLessThan(windowSize + 3);
  });

  it('is nothing when one may only read', async () => {
    room.rights = {write: false, why: 'paper.amendments-only'};
    const dina = people.join(room.url, {member: 'dina'});
    await dina.when(state => state.synced);
    expect(dina.getSnapshot()).toMatchObject({rights: {write: false, why: 'paper.amendments-only'}, save: 'saved'});
    type(room.doc, ' Noting');
    dina.setCursor(null);
    await new Promise<void>(resolve => room.connections[0]?.socket.once('pong', () => resolve()).ping());
    expect(room.history[0]?.frames).toEqual([]);
  });

  it('is nothing when the server writes another version of papers', async () => {
    room.schema = 99;
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    expect(ana.getSnapshot()).toMatchObject({needsReload: true, rights: {write: false, why: 'paper.other-schema'}});
    type(ana.getSnapshot().doc, ' Noting');
    expect(ana.getSnapshot().save).toBe('not-saved');
    expect(room.history[0]?.frames).toEqual([]);
  });
});

describe('refused words', () => {
  it('are offered, and the rest goes on in a new replica', async () => {
    const ana = people.join(room.url, {language: 'fr'});
    await ana.when(state => state.synced);
    const first = ana.getSnapshot().doc;
    type(first, ' Noting', undefined);
    await ana.whenSaved();
    room.judge = frame => (new TextDecoder().decode(frame.update).includes('BAD') ? 'room.content' : null);
    typeAfter(first, 'Recalling', ' also');
    type(first, ' with BAD words', 'p2');
    type(first, ' and more', 'p3');
    await expect(ana.whenSaved()).rejects.toThrow('room.content');
    const {doc, offered, save, connection} = ana.getSnapshot();
    expect(doc).not.toBe(first);
    expect(doc.clientID).not.toBe(first.clientID);
    expect({save, connection}).toEqual({save: 'saved', connection: 'open'});
    // What was acknowledged before the refused frame stays and is not offered.
    expect(flatten(doc)).toBe('¶Recalling also its resolution 70/1, Noting');
    expect(offered).toMatchObject([
      {code: 'room.content', sentence: 'Refused: room.content.', text: ' with BAD words\n and more'},
    ]);
    type(doc, ' Deciding');
    await ana.whenSaved();
    expect(flatten(room.doc)).toBe('¶Recalling also its resolution 70/1, Noting Deciding');
    await ana.dismissOffered(offered[0]?.id ?? '');
    expect(ana.getSnapshot().offered).toEqual([]);
  });

  it('are those that were typed before the chair froze the paper, and also those typed until the page knew', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.holds = true;
    type(ana.getSnapshot().doc, ' before', 'p2');
    room.setRights({write: false, why: 'paper.frozen'});
    await ana.when(state => !state.rights.write);
    type(ana.getSnapshot().doc, ' after');
    room.release();
    await ana.when(state => state.offered.length > 0);
    expect(ana.getSnapshot().offered).toMatchObject([{code: 'paper.frozen', text: ' before after'}]);
    expect(ana.getSnapshot()).toMatchObject({save: 'saved', rights: {write: false, why: 'paper.frozen'}});
    expect(flatten(ana.getSnapshot().doc)).toBe(begin);
  });

  it('have no text when only a deletion was refused, and the words stand again', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.setRights({write: false, why: 'paper.frozen'});
    strike(ana.getSnapshot().doc, 'its ');
    await ana.when(state => state.offered.length > 0);
    expect(ana.getSnapshot().offered).toMatchObject([{code: 'paper.frozen', text: ''}]);
    expect(flatten(ana.getSnapshot().doc)).toBe(begin);
  });

  it('are one’s own unacknowledged ones when a back-up was restored', async () => {
    const backup = copyOf(room.doc);
    const [ana, ben] = [people.join(room.url), people.join(room.url, {member: 'ben'})];
    await Promise.all([ana.when(state => state.synced), ben.when(state => state.synced)]);
    type(ben.getSnapshot().doc, ' by Ben', 'p2');
    await ben.whenSaved();
    type(ana.getSnapshot().doc, ' by Ana, acknowledged');
    await ana.whenSaved();
    room.holds = true;
    type(ana.getSnapshot().doc, ' by Ana, not acknowledged', 'p3');
    await room.kill();
    room.doc = backup;
    room.epoch = 2;
    room.holds = false;
    await room.listen();
    await ana.when(state => state.epoch === 2 && state.synced);
    expect(flatten(ana.getSnapshot().doc)).toBe(begin);
    expect(ana.getSnapshot().offered).toMatchObject([{code: 'paper.other-epoch', text: ' by Ana, not acknowledged'}]);
    await ben.when(state => state.epoch === 2 && state.synced);
    expect(ben.getSnapshot().offered).toEqual([]);
    expect(room.history.at(-1)?.hello?.epoch ?? null).toBeNull();
  });
});

describe('the connection', () => {
  it('comes back at a random moment within the time that a draining server names', async () => {
    const chances = [0.2];
    let asked = 0;
    const ana = people.join(room.url, {
      random: () => {
        asked++;
        return chances.pop() ?? 0;
      },
    });
    await ana.when(state => state.synced);
    asked = 0;
    chances.push(0.5);
    const start = performance.now();
    room.drain(600);
    await ana.when(state => state.connection === 'connecting');
    await ana.when(state => state.synced);
    const waited = performance.now() - start;
    expect(asked).toBe(1);
    expect(waited).toBeGreaterThan(290);
  });

  it.each([
    [4401, 'sign-in.required', ''],
    [4403, 'not-permitted', ''],
    [4404, 'not-found', ''],
    [4502, 'paper.damaged', 'paper.damaged'],
  ])('ends at %i: %s', async (code, refusal, reason) => {
    const ana = people.join(room.url, {sentenceOf: found => `Sentence of ${found}.`});
    await ana.when(state => state.synced);
    room.closeAll(code, reason);
    await ana.when(state => state.connection === 'refused');
    expect(ana.getSnapshot().refusal).toEqual({code: refusal, sentence: `Sentence of ${refusal}.`});
  });

  it('ends when the browser is signed in as another, before a word is sent', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    room.actsAs = 'ben';
    room.closeAll(4500);
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' by Ana');
    await ana.when(state => state.connection === 'refused');
    expect(ana.getSnapshot()).toMatchObject({save: 'not-saved', refusal: {code: 'sign-in.again'}});
    expect(room.history[1]?.frames).toEqual([]);
    expect(flatten(room.doc)).toBe(begin);
  });

  it('ends at once when another page of the browser announces another sign-in', async () => {
    const [ana, ben] = [people.join(room.url), people.join(room.url, {member: 'ben'})];
    await Promise.all([ana.when(state => state.synced), ben.when(state => state.synced)]);
    announceSignIn('ben');
    expect(ana.getSnapshot().connection).toBe('refused');
    expect(ben.getSnapshot().connection).toBe('open');
  });

  it('asks why the server cannot be reached, and gives up when there is a reason', async () => {
    await room.kill();
    const ana = people.join(room.url, {
      whyUnreachable: () => Promise.resolve({is: 'refused', code: 'sign-in.required'}),
    });
    await ana.when(state => state.connection === 'refused');
    expect(ana.getSnapshot().refusal?.code).toBe('sign-in.required');
  });
});

describe('presence', () => {
  const present = (id: string, colour: number, cursor: unknown = null) => ({
    member: {id, handle: id, organisation: null},
    colour,
    cursor,
  });

  it('names the others, never oneself, in order of arrival', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    const own = room.connections[0]?.number ?? 0;
    room.sendPresence([
      [7, 1, present('cho', 3)],
      [own, 1, present('ana', 1)],
      [6, 1, present('ben', 2, {at: 5})],
    ]);
    await ana.when(state => state.presence.length === 2);
    expect(ana.getSnapshot().presence).toEqual([
      {connection: 6, ...present('ben', 2, {at: 5})},
      {connection: 7, ...present('cho', 3)},
    ]);
    room.sendPresence([[7, 2, null]]);
    await ana.when(state => state.presence.length === 1);
  });

  it('sends the own caret without a name, at most ten times a second, the last one surely', async () => {
    const ana = people.join(room.url);
    await ana.when(state => state.synced);
    for (let at = 0; at <= 50; at++) ana.setCursor({at});
    await room.whenCursor('{"cursor":{"at":50}}');
    expect(room.cursors.length).toBeLessThanOrEqual(4);
    for (const cursor of room.cursors) expect(Object.keys(JSON.parse(cursor) as object)).not.toContain('member');
  });
});
