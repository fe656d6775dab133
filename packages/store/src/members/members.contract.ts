import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aConsultation, aMember, anOrganisation, newId, newSlug} from '../testing/builders.ts';

export function memberContract(the: () => Store): void {
  describe('members', () => {
    it('are found by everything that names them', async () => {
      const {members} = the();
      const castName = newSlug();
      const ana = await aMember(the(), {castName, language: 'fr'});
      expect(ana.number).toBeGreaterThan(0);
      expect(ana.language).toBe('fr');
      expect(await members.find(ana.id)).toEqual(ana);
      expect(await members.findByCastName(castName)).toEqual(ana);
      expect(await members.findByHandle(ana.handle.toUpperCase())).toEqual(ana);
      expect(await members.findByNumbers([ana.number])).toEqual([ana]);
      expect(await members.findByNumbers([])).toEqual([]);
      expect(await members.find(newId())).toBeNull();
      expect(await members.findByAccount('nobody')).toBeNull();
    });

    it('never share a handle, whatever its case', async () => {
      const ana = await aMember(the(), {handle: `Ａna ${newSlug()}`});
      await expect(aMember(the(), {handle: ana.handle.toLowerCase()})).rejects.toMatchObject({code: 'handle.taken'});
      const ben = await aMember(the());
      await expect(the().members.change(ben.id, {handle: ana.handle})).rejects.toMatchObject({code: 'handle.taken'});
    });

    it('change what they say of themselves', async () => {
      const {members} = the();
      const ana = await aMember(the());
      const before = await members.countSecretariat();
      const handle = `Ana ${newSlug()}`;
      await members.change(ana.id, {handle, language: 'ar', instanceSecretariat: true});
      expect(await members.find(ana.id)).toEqual({...ana, handle, language: 'ar', instanceSecretariat: true});
      expect(await members.countSecretariat()).toBe(before + 1);
      await members.change(ana.id, {});
      await members.change(ana.id, {language: null});
      expect((await members.find(ana.id))?.language).toBeNull();
    });

    it('hold a mandate from its beginning until its end', async () => {
      const {members} = the();
      const ana = await aMember(the());
      const {id: consultation} = await aConsultation(the());
      const {id: organisation} = await anOrganisation(the());
      const mandate = {member: ana.id, consultation, role: 'delegate', organisation, from: 100, to: 200} as const;
      const lasting = {
        member: ana.id,
        consultation,
        role: 'observer',
        organisation: null,
        from: 150,
        to: null,
      } as const;
      await members.grant(mandate);
      await members.grant(lasting);
      await members.grant(lasting);
      expect(await members.mandatesOf(ana.id, 99)).toEqual([]);
      expect(await members.mandatesOf(ana.id, 100)).toEqual([mandate]);
      expect(await members.mandatesOf(ana.id, 199)).toEqual([mandate, lasting]);
      expect(await members.mandatesOf(ana.id, 200)).toEqual([lasting]);
      expect(await members.membersOf(consultation, 120)).toEqual([{...ana, role: 'delegate', organisation}]);
    });

    it('are erased as persons and stay as opaque ids', async () => {
      const {members} = the();
      const ana = await aMember(the(), {castName: newSlug(), language: 'fr'});
      const {id: consultation} = await aConsultation(the());
      const mandate = {
        member: ana.id,
        consultation,
        role: 'observer',
        organisation: null,
        from: 100,
        to: null,
      } as const;
      await members.grant(mandate);
      await members.erase(ana.id, 200);
      expect(await members.find(ana.id)).toEqual({
        id: ana.id,
        number: ana.number,
        handle: 'erased member',
        language: null,
        instanceSecretariat: false,
        castName: null,
        erasedAt: 200,
      });
      expect(await members.findByHandle(ana.handle)).toBeNull();
      expect(await members.mandatesOf(ana.id, 199)).toEqual([{...mandate, to: 200}]);
      expect(await members.mandatesOf(ana.id, 200)).toEqual([]);
      // Their handle is free again; what they are called now is nobody's.
      const ben = await aMember(the(), {handle: ana.handle});
      await members.erase(ben.id, 300);
      expect((await members.find(ben.id))?.handle).toBe('erased member');
      await expect(aMember(the(), {handle: 'Erased Member'})).rejects.toMatchObject({code: 'handle.taken'});
      expect(await members.findByHandle('erased member')).toBeNull();
    });
  });
}
