import type {MemberId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import type {StoredMember, Transaction} from '@plenary/store/store';
import type {App} from '../app.ts';
import {instanceActor} from '../ledger/ledger.service.ts';

export interface NewMember {
  readonly handle: string;
  readonly language: Language | null;
  readonly account: string | null;
  readonly castName: string | null;
}

/** A new member, under a handle alone and without a mandate. Refuses `handle.taken`. */
export async function joinInstance(app: App, newcomer: NewMember): Promise<StoredMember> {
  return app.store.transaction(tx => joinInstanceIn(app, tx, newcomer));
}

export async function joinInstanceIn(app: App, tx: Transaction, newcomer: NewMember): Promise<StoredMember> {
  const id: MemberId = app.newId<'member'>();
  const member = await tx.members.create({...newcomer, id, instanceSecretariat: false});
  await tx.ledger.append({
    stream: 'instance',
    act: 'member.joined',
    at: app.clock.now(),
    actor: null,
    event: {member: id},
  });
  return member;
}

/** Changes what a member says of themselves. Refuses `handle.taken`. */
export async function changeMember(
  app: App,
  actor: Actor,
  change: {handle?: string | undefined; language?: Language | null | undefined},
): Promise<void> {
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  const {handle, language} = change;
  const renamed = handle !== undefined && handle !== actor.handle;
  if (!renamed && language === undefined) return;
  await app.store.transaction(async tx => {
    await tx.members.change(actor.member, {...(renamed && {handle}), ...(language !== undefined && {language})});
    if (!renamed) return;
    await tx.ledger.append({
      stream: 'instance',
      act: 'member.renamed',
      at: app.clock.now(),
      actor: instanceActor(actor),
      event: {member: actor.member},
    });
    tx.afterCommit(() => judgeMemberAgain(app, actor.member));
  });
}

/** Mandate, handle or sign-in of a member changed: open connections follow within a second, in every process. */
export function judgeMemberAgain(app: App, member: MemberId): void {
  app.rooms.rejudgeMember(member);
  app.bus.publish('members', {member});
}

/** The language that a member is written to in; not an act, so the ledger does not hear of it. */
export async function changeLanguage(app: App, member: MemberId, language: Language): Promise<void> {
  await app.store.members.change(member, {language});
}
