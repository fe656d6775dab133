import {Refusal} from '../refusal.ts';
import type {Actor} from '../members/actor.ts';
import {roleIn} from '../members/actor.ts';
import type {ConsultationId} from '../ids.ts';
import type {Role} from './roles.ts';

/** Who may take part in what, before the paper's own mode and policy narrow it further. */
export const rights = {
  /** Anyone, signed in or not; what they get is decided by `disclose`. */
  visit: {anyone: true},
  /** Anyone who is signed in, about their own account. */
  'own-account': {member: true},
  /** Runs the instance: creates consultations and organisations. */
  'run-instance': {instanceSecretariat: true},
  /** Invites members into a consultation. */
  invite: {roles: ['chair', 'secretariat']},
  'create-paper': {roles: ['chair', 'secretariat', 'delegate']},
  /** Joins the room of a paper; `disclose` decides whether it opens. */
  'join-room': {member: true},
  /** Writes the working text; `refuseWriting` decides by the paper's mode. */
  write: {roles: ['chair', 'secretariat', 'delegate']},
  /** Reads the comments on papers; `disclose` decides which. */
  'read-comments': {roles: ['chair', 'secretariat', 'delegate', 'contributor', 'observer', 'auditor']},
  /** Comments and answers, whatever the drafting mode is. */
  comment: {roles: ['chair', 'secretariat', 'delegate', 'observer']},
  /** Sees the history of a paper with all deleted words in it: whoever writes papers, whatever the mode of this one is. */
  'read-history': {roles: ['chair', 'secretariat', 'delegate']},
  /** Sets the drafting mode and the publication policy. */
  preside: {roles: ['chair']},
  /** Creates sessions and their agenda. */
  'prepare-session': {roles: ['chair', 'secretariat']},
  /** Is present in a session and counted. */
  attend: {roles: ['chair', 'secretariat', 'delegate', 'observer']},
  /** Asks for the floor and takes positions. */
  speak: {roles: ['delegate']},
  /** Backs the instance up: no member by being one, but whoever may read its data folder. */
  operate: {folder: true},
} as const satisfies Record<string, Grant>;

export type Grant =
  | {readonly anyone: true}
  | {readonly member: true}
  | {readonly instanceSecretariat: true}
  | {readonly folder: true}
  | {readonly roles: readonly Role[]};

export type Right = keyof typeof rights;

/** True when the actor holds the right; `consultation` is needed for rights that a mandate gives. */
export function holds(actor: Actor, right: Right, consultation?: ConsultationId): boolean {
  const grant: Grant = rights[right];
  if ('anyone' in grant) return true;
  if (actor.kind === 'follower' || 'folder' in grant) return false;
  if ('member' in grant) return true;
  if ('instanceSecretariat' in grant) return actor.instanceSecretariat;
  return consultation !== undefined && grant.roles.includes(roleIn(actor, consultation));
}

/** Refuses with `sign-in.required` or `not-permitted`. */
export function requireRight(actor: Actor, right: Right, consultation?: ConsultationId): void {
  if (holds(actor, right, consultation)) return;
  throw new Refusal(actor.kind === 'follower' ? 'sign-in.required' : 'not-permitted');
}
