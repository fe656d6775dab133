import {afterAll, afterEach, beforeAll, describe, expect, it, vi} from 'vitest';
import {openStore} from '../open-store.ts';
import type {Store} from '../store.ts';
import {aPaper, aRow, newSlug} from '../testing/builders.ts';

describe('the one connection of the embedded database', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({memory: true});
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => store.close());

  it('rolls a transaction back that is open for too long, and goes on', async () => {
    const slug = newSlug();
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    let opened: () => void = () => {};
    const isOpen = new Promise<void>(resolve => {
      opened = resolve;
    });
    const hanging = store.transaction(async tx => {
      await aPaper(tx, {slug});
      opened();
      await new Promise(() => {});
    });
    await isOpen;
    const waiting = store.papers.find(slug);
    vi.advanceTimersByTime(5_000);
    await expect(hanging).rejects.toThrow('open for too long');
    expect(await waiting).toBeNull();
  });

  it('tells a query beside the open transaction apart from one that would wait for ever', async () => {
    await expect(store.transaction(() => store.papers.all())).rejects.toThrow('Failed query');
    await store.ping();
  });

  it('lets an append wait for the open transaction, and not join it', async () => {
    const {number} = await aPaper(store);
    let appended: Promise<number[]> | undefined;
    const failing = store.transaction(async tx => {
      appended = store.updates.append(number, [aRow()]);
      await tx.papers.all();
      await new Promise(resolve => setImmediate(resolve));
      await tx.papers.all();
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await appended).toEqual([1]);
    expect(await store.updates.lastSeq(number)).toBe(1);
  });

  it('is not for the patient alone: a long row of appends lets a query in between', async () => {
    const {number} = await aPaper(store);
    const flooding = new AbortController();
    const flood = Promise.all(
      Array.from({length: 8}, async (_, writer) => {
        for (let n = 1; !flooding.signal.aborted; n += 1)
          await store.updates.append(number, [aRow({connection: writer, n})]);
      }),
    );
    for (let turn = 0; turn < 5; turn += 1) expect(await store.papers.all()).not.toEqual([]);
    flooding.abort();
    await flood;
  });
});
