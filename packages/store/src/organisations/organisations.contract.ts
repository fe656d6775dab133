import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {anOrganisation, newId} from '../testing/builders.ts';

export function organisationContract(the: () => Store): void {
  describe('organisations', () => {
    it('are found by slug and by id', async () => {
      const watch = await anOrganisation(the());
      expect(await the().organisations.find(watch.slug)).toEqual(watch);
      expect(await the().organisations.find(watch.id)).toEqual(watch);
      expect(await the().organisations.find(newId())).toBeNull();
      expect(await the().organisations.all()).toContainEqual(watch);
      expect(await the().organisations.findAll([watch.id, newId()])).toEqual([watch]);
      expect(await the().organisations.findAll([])).toEqual([]);
    });

    it('never share a slug', async () => {
      const {slug} = await anOrganisation(the());
      await expect(anOrganisation(the(), {slug})).rejects.toMatchObject({code: 'slug.taken', details: {slug}});
    });
  });
}
