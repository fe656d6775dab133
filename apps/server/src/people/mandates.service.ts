import type {ConsultationId, MemberId, OrganisationId} from '@plenary/domain/ids';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {Act, Transaction} from '@plenary/store/store';
import type {App} from '../app.ts';
import {judgeMemberAgain} from './members.service.ts';

export interface Grant {
  readonly member: MemberId;
  readonly consultation: ConsultationId;
  readonly role: MandateRole;
  readonly organisation: OrganisationId | null;
  /** Who gives it; null for the instance itself. */
  readonly by: Act['actor'];
}

/** Gives a member a role in a consultation, in the name of an organisation, from now on. */
export async function grantMandate(app: App, grant: Grant): Promise<void> {
  await app.store.transaction(tx => grantMandateIn(app, tx, grant));
}

export async function grantMandateIn(app: App, tx: Transaction, grant: Grant): Promise<void> {
  const {member, consultation, role, organisation, by} = grant;
  const at = app.clock.now();
  await tx.members.grant({member, consultation, role, organisation, from: at, to: null});
  if (organisation) await tx.consultations.addOrganisation(consultation, organisation);
  await tx.ledger.append({
    stream: `consultation:${consultation}`,
    act: 'mandate.granted',
    at,
    actor: by,
    event: {member, role, organisation},
  });
  tx.afterCommit(() => judgeMemberAgain(app, member));
}
