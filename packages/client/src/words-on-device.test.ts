import {IDBFactory} from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {findKeptPaper, keptPapers, removeOffered} from './device.ts';
import {People, type} from './testing/people.ts';
import {aPaper} from './testing/paper-details.ts';
import {ScriptedRoom} from './testing/room-server.ts';
import {takeWordsFromDevice} from './words-on-device.ts';

let room: ScriptedRoom;
const people = new People();
const refusal = {code: 'not-permitted', sentence: 'You may not read this.'};

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

/** Ana opens the paper, and the server goes away. */
async function leftWith(words: string | null): Promise<void> {
  const ana = people.join(room.url, {member: 'ana', paper: 'paper-1', storage: 'device'});
  ana.setDetails(aPaper('paper-1', 'joint-statement'));
  await ana.when(state => state.synced);
  if (words !== null) {
    await room.kill();
    await ana.when(state => state.connection === 'connecting');
    type(ana.getSnapshot().doc, words);
    await ana.when(state => state.save === 'kept');
  }
  await people.leave();
}

describe('R67: a paper on a device', () => {
  it('is listed with whether words of it are unsent, and found by slug and by id', async () => {
    await leftWith(' Noting');
    expect(await keptPapers('ana')).toMatchObject([{details: {slug: 'joint-statement'}, unsent: true}]);
    expect(await findKeptPaper('ana', 'joint-statement')).toEqual(await findKeptPaper('ana', 'paper-1'));
    expect(await keptPapers('ben')).toEqual([]);
  });

  it('whose member may no longer read it leaves the device, but for words that nobody else has', async () => {
    await leftWith(' Words of mine.');
    const taken = await takeWordsFromDevice('ana', 'joint-statement', refusal);
    expect(taken?.offered.map(({text, sentence}) => [text.trim(), sentence])).toEqual([
      ['Words of mine.', refusal.sentence],
    ]);
    expect(await keptPapers('ana')).toEqual([]);
    // They wait until their writer has seen to them.
    const [offered] = (await takeWordsFromDevice('ana', 'joint-statement', refusal))?.offered ?? [];
    expect(offered?.text.trim()).toBe('Words of mine.');
    await removeOffered('ana', 'paper-1', offered?.id ?? '');
    expect(await takeWordsFromDevice('ana', 'joint-statement', refusal)).toBeNull();
  });

  it('leaves nothing to offer when everything was saved', async () => {
    await leftWith(null);
    expect(await takeWordsFromDevice('ana', 'joint-statement', refusal)).toBeNull();
    expect(await keptPapers('ana')).toEqual([]);
  });
});
