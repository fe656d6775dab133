import type {ConsultationId, MemberId, OrganisationId} from '../ids.ts';
import type {MandateRole, Role} from '../rights/roles.ts';

export interface ActorMandate {
  readonly consultation: ConsultationId;
  readonly role: MandateRole;
  readonly organisation: OrganisationId | null;
}

/** Somebody who acts, as the server knows them at this moment. Built per request and per message, never kept. */
export type Actor =
  | {readonly kind: 'follower'}
  | {
      readonly kind: 'member';
      readonly member: MemberId;
      /** The member's short number in the update log. 0 is the server itself. */
      readonly number: number;
      readonly handle: string;
      /** May create consultations and organisations on this instance, and holds the secretariat in each of them. */
      readonly instanceSecretariat: boolean;
      readonly mandates: readonly ActorMandate[];
    };

export const follower: Actor = {kind: 'follower'};

/** The strongest standing comes first: a chair who is also a delegate acts as the chair. */
const standing: readonly MandateRole[] = ['chair', 'secretariat', 'delegate', 'contributor', 'observer', 'auditor'];

export function mandateIn(actor: Actor, consultation: ConsultationId): ActorMandate | undefined {
  if (actor.kind === 'follower') return undefined;
  const own = actor.mandates.filter(mandate => mandate.consultation === consultation);
  for (const role of standing) {
    const found = own.find(mandate => mandate.role === role);
    if (found) return found;
    if (role === 'secretariat' && actor.instanceSecretariat) return {consultation, role, organisation: null};
  }
  return undefined;
}

export function roleIn(actor: Actor, consultation: ConsultationId): Role {
  return mandateIn(actor, consultation)?.role ?? 'follower';
}
