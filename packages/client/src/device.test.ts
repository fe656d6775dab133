import {IDBFactory} from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {databaseName, forgetDevice, hasUnsentWork} from './device.ts';
import type {RoomClient} from './room-client.ts';
import {copyOf, flatten, People, strike, type} from './testing/people.ts';
import {ScriptedRoom} from './testing/room-server.ts';

let room: ScriptedRoom;
const people = new People();
const begin = '¶Recalling its resolution 70/1,';

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  room = new ScriptedRoom();
  type(room.doc, 'Recalling its resolution 70/1,', 'p1');
  await room.listen();
});

afterEach(async () => {
  await people.leave();
  await room.kill();
});

async function join(member = 'ana'): Promise<RoomClient> {
  const client = people.join(room.url, {member, storage: 'device'});
  await client.when(state => state.synced);
  return client;
}

/** Joins while the server is away, from what the device keeps. */
async function openOffline(member = 'ana'): Promise<RoomClient> {
  const client = people.join(room.url, {member, storage: 'device'});
  await client.whenLoaded();
  return client;
}

const kept = (client: RoomClient): Promise<void> => client.when(state => state.save === 'kept');

describe('kept on this device', () => {
  it('is said only when the device has completed its transaction', async () => {
    const ana = await join();
    type(ana.getSnapshot().doc, ' Noting');
    await ana.whenSaved();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    const transaction = IDBDatabase.prototype.transaction;
    let open = 0;
    const states: string[] = [];
    IDBDatabase.prototype.transaction = function (...parameters) {
      const begun = transaction.apply(this, parameters);
      open++;
      begun.addEventListener('complete', () => open--);
      return begun;
    };
    try {
      ana.subscribe(() => states.push(`${ana.getSnapshot().save}, ${open} open`));
      type(ana.getSnapshot().doc, ' offline');
      expect(ana.getSnapshot().save).toBe('saving');
      await kept(ana);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(states.at(-1)).toBe('kept, 0 open');
    expect(states.filter(state => state.startsWith('kept'))).toHaveLength(1);
  });

  it('is not said when the device refuses, and is when it takes everything again', async () => {
    const ana = await join();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' before');
    await kept(ana);
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    type(ana.getSnapshot().doc, ' lost?');
    await ana.when(state => state.save === 'not-saved');
    IDBObjectStore.prototype.add = add;
    type(ana.getSnapshot().doc, ' no');
    await kept(ana);
    await ana.close();
    const again = await openOffline();
    expect(flatten(again.getSnapshot().doc)).toBe(`${begin} before lost? no`);
  });

  it('is never said without a device', async () => {
    const ana = people.join(room.url, {storage: 'none'});
    await ana.when(state => state.synced);
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' Noting');
    expect(ana.getSnapshot().save).toBe('not-saved');
    expect(await hasUnsentWork('ana')).toEqual([]);
  });
});

describe('after a reload', () => {
  it('the paper opens offline, what is unacknowledged is known, and all of it is sent', async () => {
    const ana = await join();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' offline');
    await kept(ana);
    await ana.close();

    const again = await openOffline();
    expect(flatten(again.getSnapshot().doc)).toBe(`${begin} offline`);
    expect(again.getSnapshot()).toMatchObject({save: 'kept', rights: {write: true}, epoch: 1});
    type(again.getSnapshot().doc, ' twice');
    await kept(again);
    await room.listen();
    await again.whenSaved();
    expect(flatten(room.doc)).toBe(`${begin} offline twice`);
    await again.close();
    await room.kill();
    expect((await openOffline()).getSnapshot().save).toBe('saved');
  });

  it('a deletion that was not acknowledged is sent', async () => {
    const ana = await join();
    room.holds = true;
    strike(ana.getSnapshot().doc, 'its ');
    await room.kill();
    await kept(ana);
    await ana.close();
    room.holds = false;
    await room.listen();
    const again = await join();
    await again.whenSaved();
    expect(flatten(room.doc)).toBe('¶Recalling resolution 70/1,');
    expect(await hasUnsentWork('ana')).toEqual([]);
  });

  it('what was acknowledged is not sent again', async () => {
    const ana = await join();
    type(ana.getSnapshot().doc, ' Noting');
    strike(ana.getSnapshot().doc, 'its ');
    await ana.whenSaved();
    await ana.close();
    await join();
    await room.whenFrames(1, 1);
    expect(room.history[1]?.frames[0]?.update).toEqual(new Uint8Array([0, 0]));
    expect(room.history[1]?.hello?.epoch).toBe(1);
  });

  it('a page that was killed has left everything that it called kept', async () => {
    const ana = await join();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    for (let i = 0; i < 40; i++) type(ana.getSnapshot().doc, ` ${i}`);
    await kept(ana);
    // Not closed: the page is simply gone, what it still holds in memory does not count.
    const again = await openOffline();
    expect(flatten(again.getSnapshot().doc)).toBe(flatten(ana.getSnapshot().doc));
    await ana.close();
    await room.listen();
    await again.whenSaved();
    expect(flatten(room.doc)).toContain(' 38 39');
  });

  it('refused words are still offered, until they are dismissed', async () => {
    const ana = await join();
    room.judge = () => 'room.content';
    type(ana.getSnapshot().doc, ' refused');
    await ana.when(state => state.offered.length > 0);
    room.judge = () => null;
    await ana.close();
    const again = await join();
    expect(again.getSnapshot().offered).toMatchObject([{code: 'room.content', text: ' refused'}]);
    expect(flatten(again.getSnapshot().doc)).toBe(begin);
    expect(await hasUnsentWork('ana')).toEqual([{paper: 'paper', title: 'Joint statement', unsent: false, offered: 1}]);
    await again.dismissOffered(again.getSnapshot().offered[0]?.id ?? '');
    await again.close();
    expect((await join()).getSnapshot().offered).toEqual([]);
  });

  it('words typed into the dead replica, before the editor knew, are offered too', async () => {
    const ana = await join();
    const dead = ana.getSnapshot().doc;
    room.judge = () => 'room.content';
    type(dead, ' refused');
    await ana.when(state => state.doc !== dead);
    room.judge = () => null;
    type(dead, ' late');
    type(dead, 'r');
    expect(ana.getSnapshot().offered.map(({text}) => text)).toEqual([' refused', ' later']);
    expect(ana.getSnapshot().save).toBe('saved');
    await ana.close();
    expect(
      (await join())
        .getSnapshot()
        .offered.map(({text}) => text)
        .sort(),
    ).toEqual([' later', ' refused']);
  });

  it('what was kept of an older epoch is offered, and the new one is kept instead', async () => {
    const backup = copyOf(room.doc);
    const ana = await join();
    type(ana.getSnapshot().doc, ' acknowledged', 'p2');
    await ana.whenSaved();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' offline', 'p3');
    await kept(ana);
    await ana.close();
    room.doc = backup;
    room.epoch = 2;
    await room.listen();
    const again = await join();
    await again.when(state => state.epoch === 2);
    expect(again.getSnapshot().offered).toMatchObject([{code: 'paper.other-epoch', text: ' offline'}]);
    type(again.getSnapshot().doc, ' new');
    await again.whenSaved();
    await again.close();
    await room.kill();
    const names = (await indexedDB.databases()).map(({name}) => name);
    expect(names).toContain(databaseName('ana', 'paper', 2));
    expect(names).not.toContain(databaseName('ana', 'paper', 1));
    expect(flatten((await openOffline()).getSnapshot().doc)).toBe(`${begin} new`);
  });

  it('hundreds of edits are put together on the device, and nothing is lost by it', async () => {
    const ana = await join();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    for (let i = 0; i < 700; i++) {
      type(ana.getSnapshot().doc, ` ${i}`);
      if (i % 100 === 0) await kept(ana);
    }
    await kept(ana);
    await ana.close();
    expect(flatten((await openOffline()).getSnapshot().doc)).toBe(flatten(ana.getSnapshot().doc));
  });
});

describe('two pages of one member', () => {
  it('send what the other left behind, and never clear the mark of what the other still owes', async () => {
    const first = await join();
    await room.kill();
    await first.when(state => state.connection === 'connecting');
    type(first.getSnapshot().doc, ' first');
    await kept(first);
    const second = await openOffline();
    expect(second.getSnapshot()).toMatchObject({save: 'kept', unacknowledged: 1});
    strike(first.getSnapshot().doc, 'its ');
    await kept(first);
    await first.close();
    await room.listen();
    await second.whenSaved();
    await second.close();
    expect(flatten(room.doc)).toBe(`${begin} first`);
    expect(await hasUnsentWork('ana')).toMatchObject([{unsent: true}]);
    await (await join()).whenSaved();
    expect(flatten(room.doc)).toBe('¶Recalling resolution 70/1, first');
  });
});

describe('two members in one browser', () => {
  it('never mix: neither sees, sends nor loses what the other left', async () => {
    const ana = await join('ana');
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' by Ana');
    await kept(ana);
    await ana.close();
    await room.listen();
    const ben = await join('ben');
    type(ben.getSnapshot().doc, ' by Ben');
    await ben.whenSaved();
    expect(flatten(ben.getSnapshot().doc)).toBe(`${begin} by Ben`);
    await ben.close();
    expect(await hasUnsentWork('ben')).toEqual([]);
    expect(await hasUnsentWork('ana')).toEqual([{paper: 'paper', title: 'Joint statement', unsent: true, offered: 0}]);
    await forgetDevice('ben');
    await (await join('ana')).whenSaved();
    expect(flatten(room.doc)).toContain(' by Ana');
    expect(flatten(room.doc)).toContain(' by Ben');
  });

  it('and nothing of a member stays once the device has forgotten them', async () => {
    const ana = await join();
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, ' by Ana');
    await kept(ana);
    await ana.close();
    await forgetDevice('ana');
    expect(await hasUnsentWork('ana')).toEqual([]);
    expect((await indexedDB.databases()).map(({name}) => name)).toEqual(['plenary']);
  });
});
