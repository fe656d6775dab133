import type {Actor} from '@plenary/domain/members/actor';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {requireRight} from '@plenary/domain/rights/permissions';
import type {App} from '../app.ts';
import {instanceActor} from '../ledger/ledger.service.ts';

export type NewOrganisation = Omit<Organisation, 'id'>;

/** Refuses `not-permitted`, `slug.taken`. */
export async function createOrganisation(app: App, actor: Actor, wanted: NewOrganisation): Promise<Organisation> {
  requireRight(actor, 'run-instance');
  return addOrganisation(app, instanceActor(actor), wanted);
}

/** The same without asking for a right: for scenes. */
export async function addOrganisation(
  app: App,
  by: ReturnType<typeof instanceActor>,
  wanted: NewOrganisation,
): Promise<Organisation> {
  const organisation: Organisation = {...wanted, id: app.newId<'organisation'>()};
  await app.store.transaction(async tx => {
    await tx.organisations.create(organisation);
    await tx.ledger.append({
      stream: 'instance',
      act: 'organisation.created',
      at: app.clock.now(),
      actor: by,
      event: {
        organisation: organisation.id,
        constituency: organisation.constituency,
        region: organisation.region,
      },
    });
  });
  return organisation;
}
