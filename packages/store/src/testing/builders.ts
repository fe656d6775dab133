import {idFromBytes, type ConsultationId, type Id} from '@plenary/domain/ids';
import type {Consultation} from '@plenary/domain/consultations/consultation';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {randomBytes} from 'node:crypto';
import type {AppendRow, Areas, StoredMember, StoredPaperRow} from '../store.ts';

// Each says only what matters to the test; the rest is new every time, so that tests can share a database.

export function newId<Name extends string>(): Id<Name> {
  return idFromBytes<Name>(randomBytes(12));
}

export function newSlug(): string {
  return `s-${randomBytes(6).toString('hex')}`;
}

export async function aMember(
  {members}: Pick<Areas, 'members'>,
  given: Partial<Parameters<Areas['members']['create']>[0]> = {},
): Promise<StoredMember> {
  return members.create({
    id: newId(),
    handle: `Ana ${newSlug()}`,
    language: null,
    instanceSecretariat: false,
    castName: null,
    account: null,
    ...given,
  });
}

export async function anOrganisation(
  {organisations}: Pick<Areas, 'organisations'>,
  given: Partial<Organisation> = {},
): Promise<Organisation> {
  const organisation: Organisation = {
    id: newId(),
    slug: newSlug(),
    name: 'Harbour Watch',
    constituency: 'civil-society',
    region: 'global',
    ...given,
  };
  await organisations.create(organisation);
  return organisation;
}

export async function aConsultation(
  {consultations}: Pick<Areas, 'consultations'>,
  given: Partial<Consultation> = {},
): Promise<Consultation> {
  const consultation: Consultation = {
    id: newId(),
    slug: newSlug(),
    title: 'Copenhagen',
    mandate: 'To agree on a joint statement.',
    phase: 'drafting',
    phaseEndsAt: null,
    ...given,
  };
  await consultations.create(consultation);
  return consultation;
}

export async function aPaper(
  store: Pick<Areas, 'consultations' | 'papers'>,
  given: Partial<Parameters<Areas['papers']['create']>[0]> & {consultation?: ConsultationId} = {},
): Promise<StoredPaperRow> {
  const consultation = given.consultation ?? (await aConsultation(store)).id;
  return store.papers.create({
    id: newId(),
    slug: newSlug(),
    symbol: 'TFD/1',
    title: 'Joint statement',
    language: 'en',
    mode: 'open',
    publication: {policy: 'public', embargoUntil: null},
    createdAt: 1_000,
    createdBy: null,
    ...given,
    consultation,
  });
}

export function aRow(given: Partial<AppendRow> = {}): AppendRow {
  return {actor: 1, connection: 1, n: 1, bytes: Uint8Array.of(1, 2, 3), binds: [], ...given};
}
