import type {MemberId} from '@plenary/domain/ids';
import type {Actor} from '@plenary/domain/members/actor';
import {requireMayLeave, type Leaving} from '@plenary/domain/members/erasure';
import {Refusal} from '@plenary/domain/refusal';
import type {Act, Areas, StoredMember} from '@plenary/store/store';
import type {App} from '../app.ts';
import {instanceActor} from '../ledger/ledger.service.ts';
import {erasures} from './erasures.ts';
import {judgeMemberAgain} from './members.service.ts';

/**
 * Erases the person behind one's own account. The acts stay in the ledger under an id that says nothing, so that every
 * proof and receipt stays valid. Refuses `erasure.other-handle`, `erasure.only-chair`, `erasure.only-secretariat`,
 * `erasure.demonstration`.
 */
export async function eraseMe(app: App, actor: Actor, handle: string): Promise<void> {
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  if (handle.trim() !== actor.handle) throw new Refusal('erasure.other-handle');
  await eraseMember(app, actor.member, instanceActor(actor));
}

/** The same for whoever runs the instance. Refuses `not-found` also when they are erased already. */
export async function eraseMember(app: App, id: MemberId, by: Act['actor']): Promise<void> {
  const at = app.clock.now();
  await app.store.transaction(async tx => {
    const member = await tx.members.find(id);
    if (!member || member.erasedAt !== null) throw new Refusal('not-found');
    requireMayLeave(await leavingOf(app, tx, member, at));
    for (const erase of Object.values(erasures)) await erase(app, tx, id, at);
    await tx.ledger.append({stream: 'instance', act: 'member.erased', at, actor: by, event: {member: id}});
    tx.afterCommit(() => judgeMemberAgain(app, id));
  });
}

async function leavingOf(app: App, areas: Areas, member: StoredMember, now: number): Promise<Leaving> {
  const {id, castName, instanceSecretariat} = member;
  const roles: {role: 'chair' | 'secretariat'; others: number}[] = [];
  for (const {consultation, role} of await areas.members.mandatesOf(id, now)) {
    if (role !== 'chair' && role !== 'secretariat') continue;
    const holders = await areas.members.membersOf(consultation, now);
    roles.push({role, others: holders.filter(one => one.role === role && one.id !== id).length});
  }
  return {
    roles,
    instanceSecretariat,
    otherSecretariat: (await areas.members.countSecretariat()) - (instanceSecretariat ? 1 : 0),
    ofTheDemonstration: castName !== null && app.cast.some(({as}) => as === castName),
  };
}
