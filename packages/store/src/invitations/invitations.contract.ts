import {describe, expect, it} from 'vitest';
import type {Store} from '../store.ts';
import {aConsultation, aMember, newId, newSlug} from '../testing/builders.ts';

export function invitationContract(the: () => Store): void {
  describe('invitations', () => {
    it('are used by one person, however many try at once', async () => {
      const {invitations} = the();
      const consultation = (await aConsultation(the())).id;
      const people = await Promise.all([aMember(the()), aMember(the()), aMember(the())]);
      const invitation = {
        id: newId<'invitation'>(),
        tokenHash: newSlug(),
        consultation,
        role: 'delegate',
        organisation: null,
        createdBy: null,
        createdAt: 1,
        expiresAt: 2,
      } as const;
      await invitations.create(invitation);
      const open = {...invitation, usedBy: null, usedAt: null};
      expect(await invitations.findByTokenHash(invitation.tokenHash)).toEqual(open);
      expect(await invitations.of(consultation)).toEqual([open]);
      const uses = await Promise.all(people.map(({id}) => invitations.use(invitation.id, id, 5)));
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await invitations.findByTokenHash(invitation.tokenHash)).toMatchObject({
        usedBy: people[uses.indexOf(true)]?.id,
        usedAt: 5,
      });
    });

    it('can be taken back', async () => {
      const {invitations} = the();
      const id = newId<'invitation'>();
      const tokenHash = newSlug();
      const rest = {consultation: null, role: 'secretariat', organisation: null, createdBy: null} as const;
      await invitations.create({id, tokenHash, ...rest, createdAt: 1, expiresAt: 2});
      expect((await invitations.of(null)).map(invitation => invitation.id)).toContain(id);
      await invitations.remove(id);
      expect(await invitations.findByTokenHash(tokenHash)).toBeNull();
    });
  });
}
