import {describe, expect, it} from 'vitest';
import {leafHash} from '@plenary/ledger/leaf';
import type {Act, LedgerEntry, Store} from '../store.ts';
import {aMember, newSlug} from '../testing/builders.ts';

export function ledgerContract(the: () => Store, another: () => Promise<Store>): void {
  const act = (stream: string, event: Act['event'] = {}): Act => ({
    stream,
    act: 'paper.mode-set',
    at: 1_764_000_000_000,
    actor: null,
    event,
  });

  describe('the ledger', () => {
    it('gives back what was written down, with a hash that anyone can compute', async () => {
      const stream = `paper:${newSlug()}`;
      const {id: member} = await aMember(the());
      const actor = {member, organisation: null, role: 'chair', handle: 'must not be kept'};
      const entry = await the().transaction(tx =>
        tx.ledger.append({...act(stream, {mode: 'frozen', list: [1, 'b', null], deep: {z: 1, a: 'é'}}), actor}),
      );
      expect(entry.seq).toBe(1);
      expect(entry.salt).toHaveLength(16);
      expect(entry.actor).toEqual({member, organisation: null, role: 'chair'});
      const [kept] = await the().ledger.read(stream, 0, 10);
      expect(kept).toEqual(entry);
      if (!kept) return;
      expect(leafHash(kept.salt, kept)).toEqual(kept.leafHash);
      expect(await the().ledger.readAll(entry.index, 1)).toEqual([entry]);
    });

    it('counts the acts of some kinds in each of some streams, and knows when the last was', async () => {
      const [one, other, none] = [`session:${newSlug()}`, `session:${newSlug()}`, `session:${newSlug()}`];
      const kinds: [stream: string, act: string, at: number][] = [
        [one, 'session.created', 1000],
        [one, 'floor.asked', 2000],
        [one, 'session.changed', 3000],
        [other, 'session.created', 4000],
        [none, 'floor.asked', 5000],
      ];
      await the().transaction(tx =>
        tx.ledger.appendMany(kinds.map(([stream, name, at]) => ({...act(stream), act: name, at}))),
      );
      const changes = await the().ledger.changes([one, other, none], ['session.created', 'session.changed']);
      expect([...changes].toSorted(([a], [b]) => (a === one ? -1 : b === one ? 1 : 0))).toEqual([
        [one, {count: 2, lastAt: 3000}],
        [other, {count: 1, lastAt: 4000}],
      ]);
      expect(await the().ledger.changes([], ['session.created'])).toEqual(new Map());
    });

    it('is written only inside a transaction', async () => {
      await expect(the().ledger.append(act('instance'))).rejects.toThrow('inside a transaction');
    });

    it('has no gap, over the instance or in a stream, however many write and fail at once', async () => {
      const [here, there] = [the(), await another()];
      const streams = [`paper:${newSlug()}`, `paper:${newSlug()}`, `paper:${newSlug()}`];
      const before = (await the().ledger.readAll(0, 10_000)).length;
      const attempts = await Promise.allSettled(
        Array.from({length: 40}, (_, turn) =>
          (turn % 2 ? here : there).transaction(async tx => {
            await tx.ledger.append(act(streams[turn % 3] ?? '', {turn}));
            if (turn % 5 === 4) throw new Error('changed my mind');
          }),
        ),
      );
      expect(attempts.filter(({status}) => status === 'rejected')).toHaveLength(8);
      const all = await the().ledger.readAll(0, 10_000);
      expect(all.map(({index}) => index)).toEqual(all.map((_, index) => index));
      expect(all).toHaveLength(before + 32);
      for (const stream of streams) {
        const entries = await the().ledger.read(stream, 0, 100);
        expect(entries.map(({seq}: LedgerEntry) => seq)).toEqual(entries.map((_, place) => place + 1));
        expect(await the().ledger.lastSeq(stream)).toBe(entries.length);
        expect(await the().ledger.read(stream, 2, 3)).toEqual(entries.slice(2, 5));
      }
      expect(await the().ledger.size()).toBe(all.length);
    });

    it('is read from its newest end, of all streams or some, by everyone or by one member', async () => {
      const [one, other] = [`paper:${newSlug()}`, `paper:${newSlug()}`];
      const [{id: ana}, {id: ben}] = [await aMember(the()), await aMember(the())];
      const written: LedgerEntry[] = [];
      for (const [stream, member] of [
        [one, ana],
        [other, ana],
        [one, ben],
        [other, null],
      ] as const) {
        const actor = member && {member, organisation: null, role: 'delegate'};
        written.push(await the().transaction(tx => tx.ledger.append({...act(stream), actor})));
      }
      const [first, second, third, fourth] = written;
      const {ledger} = the();
      expect((await ledger.latest({before: null, limit: 2})).map(({index}) => index)).toEqual([
        fourth?.index,
        third?.index,
      ]);
      expect(await ledger.latest({before: null, limit: 10, streams: [one]})).toEqual([third, first]);
      expect(await ledger.latest({before: null, limit: 10, member: ana})).toEqual([second, first]);
      expect(await ledger.latest({before: second?.index ?? 0, limit: 10, member: ana})).toEqual([first]);
      expect(await ledger.latest({before: null, limit: 10, streams: []})).toEqual([]);
      expect(await ledger.find(second?.index ?? 0)).toEqual(second);
      expect(await ledger.find(1_000_000)).toBeNull();
      expect(await ledger.hashes(second?.index ?? 0, 2)).toEqual(
        [second, third].map(entry => ({index: entry?.index, leafHash: entry?.leafHash})),
      );
    });
  });

  describe('checkpoints', () => {
    it('are kept once a size, with the keys that signed them', async () => {
      const {checkpoints} = the();
      const [one, two] = [newSlug(), newSlug()];
      expect(await checkpoints.addKey({id: one, publicKey: Uint8Array.of(1), servesFrom: 10})).toBe(true);
      expect(await checkpoints.addKey({id: one, publicKey: Uint8Array.of(2), servesFrom: 20})).toBe(false);
      await checkpoints.addKey({id: two, publicKey: Uint8Array.of(3), servesFrom: 30});
      const size = ((await checkpoints.newest())?.size ?? 0) + 1;
      const given = {size, root: new Uint8Array(32).fill(1), at: 40, key: one, note: 'first'};
      expect(await checkpoints.add(given)).toEqual(given);
      expect(await checkpoints.add({...given, root: new Uint8Array(32).fill(2), note: 'second'})).toEqual(given);
      const later = {...given, size: size + 5, at: 50};
      await checkpoints.add(later);
      expect(await checkpoints.newest()).toEqual(later);
      expect(await checkpoints.above(size - 1, 10)).toEqual([given, later]);
      expect(await checkpoints.above(size, 10)).toEqual([later]);
      const keys = await checkpoints.keys();
      expect(keys.filter(({id}) => id === one || id === two)).toEqual([
        {id: one, publicKey: Uint8Array.of(1), servesFrom: 10, lastSigned: 50},
        {id: two, publicKey: Uint8Array.of(3), servesFrom: 30, lastSigned: null},
      ]);
    });
  });
}
