import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aConsultation, aPaper, newId, newSlug} from '../testing/builders.ts';

export function paperContract(the: () => Store): void {
  describe('papers', () => {
    it('have a number, and are found by slug and by id', async () => {
      const {papers} = the();
      const paper = await aPaper(the());
      expect(paper).toMatchObject({epoch: 1, createdAt: 1_000, changedAt: 1_000});
      expect(await papers.find(paper.slug)).toEqual(paper);
      expect(await papers.find(paper.id)).toEqual(paper);
      expect(await papers.find(newId())).toBeNull();
      const next = await aPaper(the(), {consultation: paper.consultation});
      expect(next.number).toBeGreaterThan(paper.number);
      expect(await papers.of(paper.consultation)).toEqual([paper, next]);
      expect(await papers.all()).toEqual(expect.arrayContaining([paper, next]));
    });

    it('never share a slug on the instance', async () => {
      const {slug} = await aPaper(the());
      await expect(aPaper(the(), {slug})).rejects.toMatchObject({code: 'slug.taken'});
    });

    it('keep a mode and a publication', async () => {
      const {papers} = the();
      const {id} = await aPaper(the());
      await papers.setMode(id, 'frozen', 2_000);
      await papers.setPublication(id, {policy: 'embargo', embargoUntil: 9_000}, 3_000);
      expect(await papers.find(id)).toMatchObject({
        mode: 'frozen',
        publication: {policy: 'embargo', embargoUntil: 9_000},
        changedAt: 3_000,
      });
    });

    it('are changed by one at a time once they are locked', async () => {
      const {id} = await aPaper(the());
      const seen: string[] = [];
      const freeze = (mode: 'amendments' | 'frozen') =>
        the().transaction(async tx => {
          seen.push((await tx.papers.lock(id))?.mode ?? 'gone');
          await tx.papers.setMode(id, mode, 1);
        });
      await Promise.all([freeze('amendments'), freeze('frozen')]);
      const [first, second] = seen;
      expect(first).toBe('open');
      expect(['amendments', 'frozen']).toContain(second);
    });
  });

  describe('a transaction', () => {
    it('leaves nothing behind when it fails, and tells nobody', async () => {
      const {id: consultation} = await aConsultation(the());
      const slug = newSlug();
      const told: string[] = [];
      const attempt = the().transaction(async tx => {
        tx.afterCommit(() => told.push('told'));
        await aPaper(tx, {consultation, slug});
        await tx.ledger.append({stream: `paper:${slug}`, act: 'paper.created', at: 1, actor: null, event: {}});
        await aPaper(tx, {consultation: newId()});
      });
      await expect(attempt).rejects.toThrow('insert into');
      expect(await the().papers.find(slug)).toBeNull();
      expect(await the().ledger.lastSeq(`paper:${slug}`)).toBe(0);
      expect(told).toEqual([]);
    });

    it('tells in order once it is committed, and one listener that fails hurts nobody', async () => {
      const told: string[] = [];
      const slug = newSlug();
      const value = await the().transaction(async tx => {
        tx.afterCommit(() => told.push('first'));
        tx.afterCommit(() => {
          throw new Error('a listener fails');
        });
        tx.afterCommit(() => told.push('last'));
        await aPaper(tx, {slug});
        return 'done';
      });
      expect(value).toBe('done');
      expect(told).toEqual(['first', 'last']);
      expect(await the().papers.find(slug)).not.toBeNull();
    });

    it('goes on after a refusal in it', async () => {
      const {slug} = await aPaper(the());
      const other = newSlug();
      await the().transaction(async tx => {
        await expect(aPaper(tx, {slug})).rejects.toMatchObject({code: 'slug.taken'});
        await aPaper(tx, {slug: other});
      });
      expect(await the().papers.find(other)).not.toBeNull();
    });

    it('is never opened inside another', async () => {
      const inner = the().transaction(() => the().transaction(() => Promise.resolve()));
      await expect(inner).rejects.toThrow('inside a transaction');
      await the().ping();
    });
  });
}
