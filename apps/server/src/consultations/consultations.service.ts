import type {Consultation} from '@plenary/domain/consultations/consultation';
import type {ConsultationId} from '@plenary/domain/ids';
import {mandateIn, roleIn, type Actor} from '@plenary/domain/members/actor';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {Refusal} from '@plenary/domain/refusal';
import {holds, requireRight} from '@plenary/domain/rights/permissions';
import type {Role} from '@plenary/domain/rights/roles';
import type {Act, ConsultationSummary, StoredInvitation} from '@plenary/store/store';
import type {App} from '../app.ts';
import {instanceActor} from '../ledger/ledger.service.ts';
import {listPapers, type ListedPaper} from '../papers/papers.service.ts';
import {invitationsOf, invite, type MadeInvitation} from '../people/invitations.service.ts';

export type NewConsultation = Omit<Consultation, 'id'>;

/** Refuses `not-permitted`, `slug.taken`. */
export async function createConsultation(app: App, actor: Actor, wanted: NewConsultation): Promise<Consultation> {
  requireRight(actor, 'run-instance');
  return addConsultation(app, instanceActor(actor), wanted);
}

/** The same without asking for a right: for scenes. */
export async function addConsultation(app: App, by: Act['actor'], wanted: NewConsultation): Promise<Consultation> {
  const consultation: Consultation = {...wanted, id: app.newId<'consultation'>()};
  await app.store.transaction(async tx => {
    await tx.consultations.create(consultation);
    await tx.ledger.append({
      stream: `consultation:${consultation.id}`,
      act: 'consultation.created',
      at: app.clock.now(),
      actor: by,
      event: {consultation: consultation.id, phase: consultation.phase, phaseEndsAt: consultation.phaseEndsAt},
    });
  });
  return consultation;
}

/** By slug or id. Every consultation is listed; what is in it follows its own policies. */
export async function findConsultation(app: App, key: string): Promise<ConsultationSummary> {
  const consultation = await app.store.consultations.find(key);
  if (!consultation) throw new Refusal('not-found');
  return consultation;
}

export interface SeenConsultation {
  readonly consultation: ConsultationSummary;
  readonly papers: readonly ListedPaper[];
  readonly organisations: readonly Organisation[];
  readonly you: {
    readonly role: Role;
    readonly organisation: string | null;
    readonly mayInvite: boolean;
    readonly mayCreatePapers: boolean;
  };
}

export async function seeConsultation(app: App, actor: Actor, key: string): Promise<SeenConsultation> {
  const consultation = await findConsultation(app, key);
  const own = mandateIn(actor, consultation.id)?.organisation ?? null;
  return {
    consultation,
    papers: await listPapers(app, actor, consultation.id),
    organisations: await app.store.consultations.organisationsOf(consultation.id),
    you: {
      role: roleIn(actor, consultation.id),
      organisation: own === null ? null : ((await app.store.organisations.find(own))?.name ?? null),
      mayInvite: holds(actor, 'invite', consultation.id),
      mayCreatePapers: holds(actor, 'create-paper', consultation.id),
    },
  };
}

export async function membersOf(app: App, actor: Actor, key: string) {
  const {id} = await findConsultation(app, key);
  requireRight(actor, 'invite', id);
  return app.store.members.membersOf(id, app.clock.now());
}

export interface Invited {
  readonly consultation: ConsultationSummary;
  readonly made: MadeInvitation;
}

export async function inviteInto(
  app: App,
  actor: Actor,
  key: string,
  wish: Omit<Parameters<typeof invite>[2], 'consultation'>,
): Promise<Invited> {
  const consultation = await findConsultation(app, key);
  return {consultation, made: await invite(app, actor, {...wish, consultation: consultation.id})};
}

export async function listInvitations(
  app: App,
  actor: Actor,
  key: string,
): Promise<{consultation: ConsultationSummary; invitations: readonly StoredInvitation[]}> {
  const consultation = await findConsultation(app, key);
  return {consultation, invitations: await invitationsOf(app, actor, consultation.id)};
}

/** For a summary beside something else; null when the consultation is gone. */
export async function consultationLine(
  app: App,
  id: ConsultationId,
): Promise<{id: ConsultationId; slug: string; title: string} | null> {
  const found = await app.store.consultations.find(id);
  return found && {id: found.id, slug: found.slug, title: found.title};
}
