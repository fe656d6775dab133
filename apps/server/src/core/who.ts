import type {IncomingMessage} from 'node:http';
import type {Language} from '@plenary/domain/languages';
import {follower, type Actor} from '@plenary/domain/members/actor';
import type {StoredMember} from '@plenary/store/store';
import type {App} from '../app.ts';

type Known = Pick<App, 'store' | 'clock' | 'accounts'>;

export interface Who {
  readonly actor: Actor;
  /** The language that the member chose for every device. */
  readonly language: Language | null;
}

/** Who sent this request, by its sign-in cookie, as things stand now. Never kept beyond the request. */
export async function whoIs(app: Known, request: IncomingMessage): Promise<Who> {
  const account = await app.accounts.accountOf(request.headers.cookie);
  const member = account === null ? null : await app.store.members.findByAccount(account);
  if (!member) return {actor: follower, language: null};
  return {actor: await actorFrom(app, member), language: member.language};
}

export async function actorOf(app: Known, request: IncomingMessage): Promise<Actor> {
  return (await whoIs(app, request)).actor;
}

export async function actorFrom(
  app: Pick<App, 'store' | 'clock'>,
  member: StoredMember,
): Promise<Actor & {kind: 'member'}> {
  const mandates = await app.store.members.mandatesOf(member.id, app.clock.now());
  return {
    kind: 'member',
    member: member.id,
    number: member.number,
    handle: member.handle,
    instanceSecretariat: member.instanceSecretariat,
    mandates: mandates.map(({consultation, role, organisation}) => ({consultation, role, organisation})),
  };
}
