import type {Phase} from '@plenary/domain/consultations/consultation';
import type {ConsultationId, MemberId, OrganisationId, PaperId} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {Constituency, Region} from '@plenary/domain/organisations/organisation';
import type {DraftingMode, PublicationPolicy} from '@plenary/domain/papers/paper';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {ParagraphContent} from '@plenary/paper/view';

export interface SceneOrganisation {
  readonly slug: string;
  readonly name: string;
  readonly constituency: Constituency;
  readonly region: Region;
}

export interface SceneMember {
  /** What the demonstration signs them in as. */
  readonly castName: string;
  readonly handle: string;
  readonly language: Language;
  readonly role: MandateRole;
  /** Slug. */
  readonly organisation: string | null;
  /** Offered on the front page. */
  readonly offered: boolean;
}

export interface ScenePaper {
  readonly slug: string;
  readonly symbol: string;
  readonly title: string;
  readonly language: Language;
  readonly mode: DraftingMode;
  readonly publication: PublicationPolicy;
  readonly content: readonly ParagraphContent[];
}

export interface SceneConsultation {
  readonly slug: string;
  readonly title: string;
  readonly mandate: string;
  readonly phase: Phase;
  /** How many days after the seeding the phase ends, at 18:00 UTC. */
  readonly phaseLastsDays: number;
}

export interface SceneSession {
  readonly slug: string;
  readonly title: string;
  /** IANA name. */
  readonly zone: string;
  readonly publication: PublicationPolicy;
  /** It begins at the half hour before the seeding. */
  readonly lastsMinutes: number;
  readonly agenda: readonly {
    readonly title: string;
    /** Slugs. */
    readonly papers: readonly string[];
    readonly minutes: number;
  }[];
  /** Milliseconds. */
  readonly limits: {readonly group: number; readonly individual: number};
}

export interface Scene {
  readonly consultation: SceneConsultation;
  readonly organisations: readonly SceneOrganisation[];
  readonly members: readonly SceneMember[];
  readonly papers: () => Promise<readonly ScenePaper[]>;
  readonly sessions: readonly SceneSession[];
}

/** What a scene needs of a server, given by the server's own services, so that what is seeded obeys every rule. */
export interface ScenePort {
  findOrganisation(slug: string): Promise<OrganisationId | null>;
  createOrganisation(wanted: SceneOrganisation): Promise<OrganisationId>;
  findConsultation(slug: string): Promise<ConsultationId | null>;
  createConsultation(
    wanted: Omit<SceneConsultation, 'phaseLastsDays'> & {readonly phaseEndsAt: number},
  ): Promise<ConsultationId>;
  findMember(castName: string): Promise<MemberId | null>;
  createMember(wanted: Pick<SceneMember, 'castName' | 'handle' | 'language'>): Promise<MemberId>;
  hasMandate(mandate: SceneMandate): Promise<boolean>;
  grantMandate(mandate: SceneMandate): Promise<void>;
  /** Names an organisation among those of the consultation, whether or not somebody speaks for it yet. Twice does no harm. */
  addOrganisation(consultation: ConsultationId, organisation: OrganisationId): Promise<void>;
  /** `hasText`: false for a paper whose first text was not written before the server stopped. */
  findPaper(slug: string): Promise<{readonly id: PaperId; readonly hasText: boolean} | null>;
  createPaper(wanted: Omit<ScenePaper, 'content'> & {readonly consultation: ConsultationId}): Promise<PaperId>;
  writeText(paper: PaperId, content: readonly ParagraphContent[]): Promise<void>;
  hasSession(slug: string): Promise<boolean>;
  createSession(
    wanted: Omit<SceneSession, 'lastsMinutes'> & {
      readonly consultation: ConsultationId;
      readonly startsAt: number;
      readonly endsAt: number;
    },
  ): Promise<void>;
}

export interface SceneMandate {
  readonly member: MemberId;
  readonly consultation: ConsultationId;
  readonly role: MandateRole;
  readonly organisation: OrganisationId | null;
}

const day = 86_400_000;
const halfHour = 1_800_000;

/**
 * Makes what is missing of a scene, one thing after another; a run that was cut short is taken up where it stopped, and what
 * people have changed since is left alone. `now` in milliseconds since 1970.
 */
export async function seedScene(port: ScenePort, scene: Scene, now: number): Promise<void> {
  const organisations = new Map<string, OrganisationId>();
  for (const organisation of scene.organisations) {
    const {slug} = organisation;
    organisations.set(slug, (await port.findOrganisation(slug)) ?? (await port.createOrganisation(organisation)));
  }

  const {phaseLastsDays, ...wanted} = scene.consultation;
  const phaseEndsAt = Math.floor(now / day) * day + phaseLastsDays * day + 18 * 3_600_000;
  const consultation =
    (await port.findConsultation(wanted.slug)) ?? (await port.createConsultation({...wanted, phaseEndsAt}));
  for (const organisation of organisations.values()) await port.addOrganisation(consultation, organisation);

  for (const {castName, handle, language, role, organisation} of scene.members) {
    const member = (await port.findMember(castName)) ?? (await port.createMember({castName, handle, language}));
    const mandate = {member, consultation, role, organisation: idOf(organisations, organisation)};
    if (!(await port.hasMandate(mandate))) await port.grantMandate(mandate);
  }

  for (const {content, ...paper} of await scene.papers()) {
    const known = await port.findPaper(paper.slug);
    const id = known?.id ?? (await port.createPaper({...paper, consultation}));
    if (!known?.hasText) await port.writeText(id, content);
  }

  const startsAt = Math.floor(now / halfHour) * halfHour;
  for (const {lastsMinutes, ...session} of scene.sessions) {
    if (await port.hasSession(session.slug)) continue;
    await port.createSession({...session, consultation, startsAt, endsAt: startsAt + lastsMinutes * 60_000});
  }
}

function idOf(organisations: ReadonlyMap<string, OrganisationId>, slug: string | null): OrganisationId | null {
  if (slug === null) return null;
  const id = organisations.get(slug);
  if (!id) throw new Error(`The scene has no organisation ${slug}.`);
  return id;
}
