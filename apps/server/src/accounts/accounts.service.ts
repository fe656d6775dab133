import {Refusal} from '@plenary/domain/refusal';
import type {ConsultationId, MemberId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {StoredMember} from '@plenary/store/store';
import type {App} from '../app.ts';
import {joinInstance} from '../people/members.service.ts';
import {grantMandate} from '../people/mandates.service.ts';

export interface SignUp {
  readonly handle: string;
  readonly email: string;
  readonly password: string;
  readonly language: Language | null;
}

/** The cast's accounts have no password, and addresses under a name that is never given out. */
function castAddress(castName: string): string {
  return `${castName}@demonstration.invalid`;
}

/** Makes the member of an account that has just been made; takes the account back when the handle was taken meanwhile. */
export async function completeSignUp(
  app: App,
  account: string,
  {handle, language}: {handle: string; language: Language | null},
): Promise<StoredMember> {
  try {
    return await joinInstance(app, {handle, language, account, castName: null});
  } catch (error) {
    await app.accounts.remove(account);
    throw error;
  }
}

export interface DemoMember {
  readonly as: string;
  readonly role?: MandateRole | undefined;
  /** Slug. */
  readonly organisation?: string | undefined;
}

const demonstrationConsultation = 'copenhagen';

/**
 * Signs in as someone of the demonstration, who is made first where needed; resolves with the `Set-Cookie` header.
 * Refuses `demonstration.off`, `not-found` (no such person and no role to make one with).
 */
export async function signInToDemonstration(app: App, asked: DemoMember): Promise<string> {
  if (!app.config.demo) throw new Refusal('demonstration.off');
  const member = await demonstrationMember(app, asked);
  const account = await app.accounts.find(castAddress(asked.as));
  if (account === null) throw new Error(`The cast member ${member.id} has no account.`);
  return app.accounts.signIn(account);
}

async function demonstrationMember(app: App, {as, role, organisation}: DemoMember): Promise<StoredMember> {
  const known = await app.store.members.findByCastName(as);
  if (!role) {
    if (!known) throw new Refusal('not-found');
    return known;
  }
  const consultation = await app.store.consultations.find(demonstrationConsultation);
  const spoken = organisation === undefined ? null : await app.store.organisations.find(organisation);
  if (!consultation || (organisation !== undefined && !spoken)) throw new Refusal('not-found');
  const member = known ?? (await addToCast(app, {castName: as, handle: as}));
  await ensureMandate(app, member.id, consultation.id, role, spoken?.id ?? null);
  return member;
}

async function ensureMandate(
  app: App,
  member: MemberId,
  consultation: ConsultationId,
  role: MandateRole,
  organisation: Parameters<typeof grantMandate>[1]['organisation'],
): Promise<void> {
  const held = await app.store.members.mandatesOf(member, app.clock.now());
  const has = held.some(
    one => one.consultation === consultation && one.role === role && one.organisation === organisation,
  );
  if (!has) await grantMandate(app, {member, consultation, role, organisation, by: null});
}

/** A person of the demonstration with an account that only the demonstration signs in to. Two who ask at once get the same. */
export async function addToCast(
  app: App,
  {castName, handle}: {castName: string; handle: string},
): Promise<StoredMember> {
  const known = await app.store.members.findByCastName(castName);
  if (known) return known;
  const email = castAddress(castName);
  let account;
  try {
    account = await app.accounts.create({email, name: handle});
  } catch (error) {
    return await untilMade(app, castName, error);
  }
  return joinInstance(app, {handle: await freeHandle(app, handle), language: null, account, castName});
}

/** Another request is making the same person: it is there in a moment, or the error was another. */
async function untilMade(app: App, castName: string, error: unknown): Promise<StoredMember> {
  const deadline = app.clock.now() + 2000;
  for (;;) {
    const member = await app.store.members.findByCastName(castName);
    if (member) return member;
    if (app.clock.now() > deadline) throw error;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function freeHandle(app: App, handle: string): Promise<string> {
  for (let n = 1; ; n++) {
    const tried = n === 1 ? handle : `${handle} ${n}`;
    if (!(await app.store.members.findByHandle(tried))) return tried;
  }
}
