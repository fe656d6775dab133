import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aPaper, aRow} from '../testing/builders.ts';

export function updateContract(the: () => Store, another: () => Promise<Store>): void {
  const numbered = (length: number, given: Partial<Parameters<typeof aRow>[0]> = {}) =>
    Array.from({length}, (_, place) => aRow({n: place + 1, bytes: Uint8Array.of(place & 255, place >> 8), ...given}));

  describe('an update log', () => {
    it('numbers what is appended and gives it back', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      expect(await updates.lastSeq(number)).toBe(0);
      expect(await updates.load(number)).toEqual({epoch: 1, snapshot: null, snapshotSeq: 0, tail: [], bindings: []});
      const rows = numbered(3, {actor: 7, binds: [4_294_967_295]});
      expect(await updates.append(number, rows)).toEqual([1, 2, 3]);
      expect(await updates.append(number, [])).toEqual([]);
      const lines = rows.map(({bytes}, place) => ({seq: place + 1, actor: 7, bytes}));
      expect(await updates.load(number)).toEqual({
        epoch: 1,
        snapshot: null,
        snapshotSeq: 0,
        tail: lines,
        bindings: [[4_294_967_295, 7]],
      });
      expect(await updates.read(number, 1, 1)).toMatchObject([lines[1]]);
      expect(await updates.lastSeq(number)).toBe(3);
    });

    it('keeps updates of any size, byte for byte', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      const sizes = [0, 1, 1_999, 8_200, 262_144];
      const rows = sizes.map((size, place) => aRow({n: place + 1, bytes: new Uint8Array(size).map((_, at) => at * 7)}));
      await updates.append(number, rows);
      const {tail} = await updates.load(number);
      expect(
        tail.map(({bytes}) =>
          Buffer.from(bytes).equals(rows[tail.findIndex(line => line.bytes === bytes)]?.bytes ?? Buffer.of(1)),
        ),
      ).toEqual(sizes.map(() => true));
    });

    it('is read in slices, however long it is', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      const long = numbered(2_300);
      expect(await updates.append(number, long)).toEqual(long.map((_, place) => place + 1));
      const wide = Array.from({length: 30}, (_, place) =>
        aRow({connection: 2, n: place + 1, bytes: new Uint8Array(200_000)}),
      );
      await updates.append(number, wide);
      const {tail} = await updates.load(number);
      expect(tail.map(({seq}) => seq)).toEqual(Array.from({length: 2_330}, (_, place) => place + 1));
      expect(await updates.read(number, 2_290, 25)).toHaveLength(25);
    });

    it('takes the same update once, and answers with the seq that it has', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      const rows = numbered(4);
      expect(await updates.append(number, rows.slice(0, 3))).toEqual([1, 2, 3]);
      expect(await updates.append(number, rows.slice(1))).toEqual([2, 3, 4]);
      const [first, second] = await Promise.all([updates.append(number, rows), updates.append(number, rows)]);
      expect(first).toEqual([1, 2, 3, 4]);
      expect(second).toEqual([1, 2, 3, 4]);
      expect(await updates.lastSeq(number)).toBe(4);
    });

    it('does not take other bytes under a number that was used', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      await updates.append(number, [aRow()]);
      const other = [aRow({n: 2}), aRow({bytes: Uint8Array.of(9)})];
      await expect(updates.append(number, other)).rejects.toThrow('was used for another one');
      expect(await updates.lastSeq(number)).toBe(1);
    });

    it('refuses a client that belongs to somebody else, and nothing but that append', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      await updates.append(number, [aRow({actor: 1, binds: [11, 12]})]);
      const [own, taken, free] = await Promise.allSettled([
        updates.append(number, [aRow({actor: 1, n: 2, binds: [11]})]),
        updates.append(number, [aRow({actor: 2, n: 1, binds: [13]}), aRow({actor: 2, n: 2, binds: [12]})]),
        updates.append(number, [aRow({actor: 3, n: 1, binds: [14]})]),
      ]);
      expect(own).toEqual({status: 'fulfilled', value: [2]});
      expect(taken).toMatchObject({status: 'rejected', reason: {code: 'room.identity-taken'}});
      expect(free).toEqual({status: 'fulfilled', value: [3]});
      const {bindings} = await updates.load(number);
      expect(bindings.toSorted(([a], [b]) => a - b)).toEqual([
        [11, 1],
        [12, 1],
        [14, 3],
      ]);
    });

    it('gives a client to one of two who claim it at once', async () => {
      const {number} = await aPaper(the());
      const other = await another();
      const claims = await Promise.allSettled(
        [the(), the(), other, other].map((store, place) =>
          store.updates.append(number, [aRow({actor: place + 1, binds: [99]})]),
        ),
      );
      expect(claims.filter(({status}) => status === 'fulfilled')).toHaveLength(1);
      expect((await the().updates.load(number)).bindings).toHaveLength(1);
      expect(await the().updates.lastSeq(number)).toBe(1);
    });

    it('says so when there is no such paper, and stores what came with it', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      const [lost, kept] = await Promise.allSettled([
        updates.append(2_000_000_000, [aRow()]),
        updates.append(number, [aRow()]),
      ]);
      expect(lost).toMatchObject({status: 'rejected', reason: {message: 'There is no paper with number 2000000000.'}});
      expect(kept).toEqual({status: 'fulfilled', value: [1]});
      await expect(updates.load(2_000_000_000)).rejects.toThrow('There is no paper');
      await expect(updates.append(number, [aRow({n: -1})])).rejects.toThrow('out of range');
    });

    it('has no gap while many write many papers through two servers at once', async () => {
      const stores = [the(), await another()];
      const papers = await Promise.all(Array.from({length: 5}, () => aPaper(the())));
      const given = new Map(papers.map(({number}) => [number, [] as number[]]));
      await Promise.all(
        Array.from({length: 10}, async (_, writer) => {
          for (let turn = 0; turn < 20; turn += 1) {
            // Opposite orders, so that two servers meet on the same papers from both ends.
            const order = writer % 2 === 0 ? papers : papers.toReversed();
            await Promise.all(
              order.map(async ({number}) => {
                const n = turn * 2 + 1;
                const rows = [n, n + 1].map(own => aRow({actor: writer + 1, connection: writer, n: own}));
                const seqs = await stores[writer % 2]?.updates.append(number, rows);
                given.get(number)?.push(...(seqs ?? []));
              }),
            );
          }
        }),
      );
      for (const {number} of papers) {
        const gapless = Array.from({length: 400}, (_, place) => place + 1);
        expect(given.get(number)?.toSorted((a, b) => a - b)).toEqual(gapless);
        const lines = await the().updates.read(number, 0, 1_000);
        expect(lines.map(({seq}) => seq)).toEqual(gapless);
      }
    });

    it('keeps each writer in order', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      const seqs = await Promise.all(numbered(100).map(row => updates.append(number, [row])));
      expect(seqs.flat()).toEqual(Array.from({length: 100}, (_, place) => place + 1));
    });

    it('begins with the newest snapshot', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      await updates.append(number, numbered(5));
      const state = new Uint8Array(50_000).fill(5);
      await updates.saveSnapshot(number, state, 4);
      await updates.saveSnapshot(number, Uint8Array.of(1), 2);
      const stored = await updates.load(number);
      expect(stored.snapshotSeq).toBe(4);
      expect(Buffer.from(stored.snapshot ?? []).equals(state)).toBe(true);
      expect(stored.tail.map(({seq}) => seq)).toEqual([5]);
    });

    it('says who wrote without a pause, however many updates that were', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      expect(await updates.runs(number, 0, 100)).toEqual([]);
      await updates.append(number, numbered(1_200, {actor: 1}));
      await updates.append(number, numbered(3, {actor: 2}));
      await updates.append(number, numbered(2, {actor: 1, connection: 2}));
      const runs = await updates.runs(number, 0, 10_000);
      expect(runs.map(({actor, first, last}) => [actor, first, last])).toEqual([
        [1, 1, 1_200],
        [2, 1_201, 1_203],
        [1, 1_204, 1_205],
      ]);
      for (const {from, to} of runs) {
        expect(from).toBeGreaterThan(Date.now() - 60_000);
        expect(to).toBeGreaterThanOrEqual(from);
      }
      expect(await updates.runs(number, 1_201, 2)).toMatchObject([{actor: 2, first: 1_202, last: 1_203}]);
    });

    it('keeps a state for good now and then, and finds the one before a moment', async () => {
      const {updates} = the();
      const {number} = await aPaper(the());
      await updates.append(number, numbered(1));
      expect(await updates.momentBefore(number, 1e9)).toBeNull();
      for (const seq of [1_999, 2_100, 3_000, 4_099, 4_100, 4_200]) {
        await updates.saveSnapshot(number, Uint8Array.of(seq & 255, seq >> 8), seq);
      }
      const kept = async (seq: number) => (await updates.momentBefore(number, seq))?.seq ?? null;
      expect(await Promise.all([2_099, 2_100, 4_099, 4_100, 1e9].map(kept))).toEqual([
        null,
        2_100,
        2_100,
        4_100,
        4_100,
      ]);
      await updates.keepMoment(number, Uint8Array.of(7), 500);
      await updates.keepMoment(number, Uint8Array.of(8), 500);
      expect(await updates.momentBefore(number, 600)).toEqual({seq: 500, state: Uint8Array.of(7)});
      // A large state has to be worth its room.
      await updates.saveSnapshot(number, new Uint8Array(400_000), 6_200);
      expect(await kept(7_000)).toBe(4_100);
      await updates.saveSnapshot(number, new Uint8Array(400_000), 8_100);
      expect(await kept(9_000)).toBe(8_100);
    });
  });
}
