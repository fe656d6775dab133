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
    });
  });
}
