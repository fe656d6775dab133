import type {ConsultationId, MemberId, OrganisationId} from '@plenary/domain/ids';
import {Refusal} from '@plenary/domain/refusal';
import type {Language} from '@plenary/domain/languages';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {StoredMember} from '@plenary/store/store';
import type {App} from '../app.ts';
import {joinInstance, joinInstanceIn} from '../people/members.service.ts';
import {grantMandate, grantMandateIn, type Grant} from '../people/mandates.service.ts';

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

/**
 * Signs in as someone of the demonstration, who is made first where needed; resolves with the `Set-Cookie` header.
 * Refuses `demonstration.off`, `not-found` (no such person and no role to make one with).
 */
export async function signInToDemonstration(app: App, asked: DemoMember): Promise<string> {
  if (!app.config.demo) throw new Refusal('demonstration.off');
  const account = await oneAtATime(asked.as, () => seat(app, asked));
  return app.accounts.signIn(account);
}

/** Whoever asks for the same person at the same time waits, so that nobody is made or seated twice. */
const seating = new Map<string, Promise<unknown>>();

async function oneAtATime<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const mine = (seating.get(name) ?? Promise.resolve()).then(work, work);
  seating.set(name, mine);
  try {
    return await mine;
  } finally {
    if (seating.get(name) === mine) seating.delete(name);
  }
}

/** What does not change about the demonstration while the process lives, so that a hall can sign in at once. */
interface Known {
  readonly cast: Map<string, {readonly member: MemberId; readonly account: string}>;
  readonly organisations: Map<string, OrganisationId>;
  consultation: ConsultationId | null;
}
const knownTo = new WeakMap<App, Known>();

function known(app: App): Known {
  let found = knownTo.get(app);
  if (!found) knownTo.set(app, (found = {cast: new Map(), organisations: new Map(), consultation: null}));
  return found;
}

/** Resolves with the account of someone of the cast, with the mandate that was asked for. */
async function seat(app: App, {as, role, organisation}: DemoMember): Promise<string> {
  const person = await findCast(app, as);
  if (!role) {
    if (!person) throw new Refusal('not-found');
    return person.account;
  }
  const consultation = await demonstrationConsultation(app);
  const spoken = organisation === undefined ? null : await organisationBySlug(app, organisation);
  const mandate = {consultation, role, organisation: spoken, by: null};
  if (!person) return (await makeCast(app, {castName: as, handle: as}, mandate)).account;
  const held = await app.store.members.mandatesOf(person.member, app.clock.now());
  const has = held.some(one => one.consultation === consultation && one.role === role && one.organisation === spoken);
  if (!has) await grantMandate(app, {...mandate, member: person.member});
  return person.account;
}

async function findCast(app: App, castName: string): Promise<{member: MemberId; account: string} | null> {
  const {cast} = known(app);
  const found = cast.get(castName);
  if (found) return found;
  const member = await app.store.members.findByCastName(castName);
  if (!member) return null;
  const account = await app.accounts.find(castAddress(castName));
  if (account === null) throw new Error(`${castName} of the cast has no account.`);
  cast.set(castName, {member: member.id, account});
  return {member: member.id, account};
}

async function demonstrationConsultation(app: App): Promise<ConsultationId> {
  const here = known(app);
  here.consultation ??= (await app.store.consultations.find('copenhagen'))?.id ?? null;
  if (!here.consultation) throw new Refusal('not-found');
  return here.consultation;
}

async function organisationBySlug(app: App, slug: string): Promise<OrganisationId> {
  const {organisations} = known(app);
  const id = organisations.get(slug) ?? (await app.store.organisations.find(slug))?.id;
  if (!id) throw new Refusal('not-found');
  organisations.set(slug, id);
  return id;
}

/** A person of the demonstration, who is made where needed. */
export async function addToCast(
  app: App,
  {castName, handle}: {castName: string; handle: string},
): Promise<StoredMember> {
  const known = await app.store.members.findByCastName(castName);
  return known ?? (await makeCast(app, {castName, handle}, null)).member;
}

/** With an account that only the demonstration signs in to, and another handle where a member goes by it already. */
async function makeCast(
  app: App,
  {castName, handle}: {castName: string; handle: string},
  mandate: Omit<Grant, 'member'> | null,
): Promise<{member: StoredMember; account: string}> {
  const account = await app.accounts.create({email: castAddress(castName), name: handle});
  for (let n = 1; ; n++) {
    try {
      const member = await app.store.transaction(async tx => {
        const called = n === 1 ? handle : `${handle} ${n}`;
        const made = await joinInstanceIn(app, tx, {handle: called, language: null, account, castName});
        if (mandate) await grantMandateIn(app, tx, {...mandate, member: made.id});
        return made;
      });
      return {member, account};
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'handle.taken' || n === 100) throw error;
    }
  }
}
