import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aConsultation, aMember, anOrganisation, aPaper, newId} from '../testing/builders.ts';

export function consultationContract(the: () => Store): void {
  describe('consultations', () => {
    it('are found by slug and by id, and count the papers and organisations that may be known', async () => {
      const {consultations, members} = the();
      const copenhagen = await aConsultation(the());
      await aPaper(the(), {consultation: copenhagen.id});
      await aPaper(the(), {consultation: copenhagen.id, publication: {policy: 'unlisted', embargoUntil: null}});
      const watch = await anOrganisation(the(), {name: 'B'});
      const board = await anOrganisation(the(), {name: 'A'});
      const ana = await aMember(the());
      const mandate = {member: ana.id, consultation: copenhagen.id, role: 'delegate', from: 0, to: null} as const;
      await members.grant({...mandate, organisation: watch.id});
      await members.grant({...mandate, organisation: null, role: 'chair'});
      await consultations.addOrganisation(copenhagen.id, board.id);
      await consultations.addOrganisation(copenhagen.id, board.id);
      await consultations.addOrganisation(copenhagen.id, watch.id);
      const summary = {...copenhagen, papers: 1, organisations: 2};
      expect(await consultations.find(copenhagen.slug)).toEqual(summary);
      expect(await consultations.find(copenhagen.id)).toEqual(summary);
      expect(await consultations.all()).toContainEqual(summary);
      expect(await consultations.organisationsOf(copenhagen.id)).toEqual([board, watch]);
      expect(await consultations.find(newId())).toBeNull();
    });

    it('never share a slug', async () => {
      const {slug} = await aConsultation(the());
      await expect(aConsultation(the(), {slug})).rejects.toMatchObject({code: 'slug.taken'});
    });

    it('move on to another phase', async () => {
      const {id} = await aConsultation(the());
      await the().consultations.setPhase(id, 'silence', 1_764_000_000_000);
      expect(await the().consultations.find(id)).toMatchObject({phase: 'silence', phaseEndsAt: 1_764_000_000_000});
    });
  });
}
