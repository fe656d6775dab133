import {createHash, randomBytes} from 'node:crypto';
import type {ConsultationId, OrganisationId} from '@plenary/domain/ids';
import type {Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {requireRight} from '@plenary/domain/rights/permissions';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {Act, StoredInvitation} from '@plenary/store/store';
import type {App} from '../app.ts';
import {actorIn, instanceActor} from '../ledger/ledger.service.ts';
import {grantMandateIn} from './mandates.service.ts';
import {judgeMemberAgain} from './members.service.ts';

const life = 30 * 24 * 3600 * 1000;

/** The token stands in the link alone; the store knows its hash. */
export interface MadeInvitation {
  readonly invitation: StoredInvitation;
  readonly token: string;
}

export interface InvitationWish {
  readonly consultation: ConsultationId;
  readonly role: MandateRole;
  /** Slug or id. */
  readonly organisation: string | null;
}

/** Refuses `not-permitted`, `not-found` (no such organisation), `input.invalid` (a delegate speaks for an organisation). */
export async function invite(app: App, actor: Actor, wish: InvitationWish): Promise<MadeInvitation> {
  requireRight(actor, 'invite', wish.consultation);
  return inviteAs(app, actorIn(actor, wish.consultation), wish);
}

/** The same without asking for a right: for the operator's command line. */
export async function inviteAs(app: App, by: Act['actor'], wish: InvitationWish): Promise<MadeInvitation> {
  const {consultation, role} = wish;
  const organisation = wish.organisation === null ? null : await app.store.organisations.find(wish.organisation);
  if (wish.organisation !== null && !organisation) throw new Refusal('not-found');
  if (role === 'delegate' && !organisation) throw new Refusal('input.invalid', {fields: ['organisation']});
  return make(app, by, {consultation, role, organisation: organisation?.id ?? null});
}

/** A link for the instance's secretariat. Earlier ones that nobody used end. */
export async function inviteSecretariat(app: App): Promise<MadeInvitation> {
  for (const {id, usedAt} of await app.store.invitations.of(null)) {
    if (usedAt === null) await app.store.invitations.remove(id);
  }
  return make(app, null, {consultation: null, role: 'secretariat', organisation: null});
}

async function make(
  app: App,
  by: Act['actor'],
  wish: {consultation: ConsultationId | null; role: MandateRole; organisation: OrganisationId | null},
): Promise<MadeInvitation> {
  const token = randomBytes(24).toString('base64url');
  const at = app.clock.now();
  const invitation: StoredInvitation = {
    ...wish,
    id: app.newId<'invitation'>(),
    tokenHash: hashOf(token),
    createdBy: by?.member ?? null,
    createdAt: at,
    expiresAt: at + life,
    usedBy: null,
    usedAt: null,
  };
  await app.store.transaction(async tx => {
    await tx.invitations.create(invitation);
    await tx.ledger.append({
      stream: wish.consultation ? `consultation:${wish.consultation}` : 'instance',
      act: 'invitation.made',
      at,
      actor: by,
      event: {invitation: invitation.id, role: wish.role, organisation: wish.organisation},
    });
  });
  return {invitation, token};
}

/** Refuses `invitation.invalid` when there is none (any more). A used one is found, for its holder to be told. */
export async function findInvitation(app: App, token: string): Promise<StoredInvitation> {
  const invitation = await app.store.invitations.findByTokenHash(hashOf(token));
  if (!invitation || invitationState(invitation, app.clock.now()) === 'expired') {
    throw new Refusal('invitation.invalid');
  }
  return invitation;
}

export function invitationState(invitation: StoredInvitation, now: number): 'open' | 'used' | 'expired' {
  if (invitation.usedAt !== null) return 'used';
  return now >= invitation.expiresAt ? 'expired' : 'open';
}

/** Gives the member what the link promises, once. Refuses `invitation.invalid`, `invitation.used`. */
export async function acceptInvitation(app: App, actor: Actor, token: string): Promise<StoredInvitation> {
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  const invitation = await findInvitation(app, token);
  const {id, consultation, role, organisation} = invitation;
  await app.store.transaction(async tx => {
    const at = app.clock.now();
    if (!(await tx.invitations.use(id, actor.member, at))) throw new Refusal('invitation.used');
    if (consultation) {
      const by = actorIn(actor, consultation);
      await grantMandateIn(app, tx, {member: actor.member, consultation, role, organisation, by});
      return;
    }
    await tx.members.change(actor.member, {instanceSecretariat: true});
    await tx.ledger.append({
      stream: 'instance',
      act: 'secretariat.granted',
      at,
      actor: instanceActor(actor),
      event: {member: actor.member, invitation: id},
    });
    tx.afterCommit(() => judgeMemberAgain(app, actor.member));
  });
  return invitation;
}

export async function invitationsOf(
  app: App,
  actor: Actor,
  consultation: ConsultationId,
): Promise<readonly StoredInvitation[]> {
  requireRight(actor, 'invite', consultation);
  return app.store.invitations.of(consultation);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
