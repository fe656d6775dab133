import type {ConsultationId} from '@plenary/domain/ids';
import {mandateIn, type Actor} from '@plenary/domain/members/actor';
import type {Act} from '@plenary/store/store';

/** Who acts, as the ledger writes it down: member, and the mandate that they act under in this consultation. */
export function actorIn(actor: Actor, consultation: ConsultationId): Act['actor'] {
  if (actor.kind === 'follower') return null;
  const mandate = mandateIn(actor, consultation);
  return {member: actor.member, organisation: mandate?.organisation ?? null, role: mandate?.role ?? 'follower'};
}

/** The same for acts that concern the instance. */
export function instanceActor(actor: Actor): Act['actor'] {
  if (actor.kind === 'follower') return null;
  return {member: actor.member, organisation: null, role: actor.instanceSecretariat ? 'secretariat' : 'member'};
}
