import type {ConsultationId, PaperId} from '@plenary/domain/ids';
import {mandateIn, roleIn, type Actor} from '@plenary/domain/members/actor';
import type {Publication} from '@plenary/domain/papers/paper';
import type {Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {holds, requireRight} from '@plenary/domain/rights/permissions';
import type {Role} from '@plenary/domain/rights/roles';
import {sessionActs} from '@plenary/domain/sessions/acts';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import {createSession as created} from '@plenary/domain/sessions/decide';
import {orderOf} from '@plenary/domain/sessions/order';
import type {LocatedParagraph} from '@plenary/domain/sessions/polls/poll';
import {discloseSession} from '@plenary/domain/sessions/publication';
import type {Attending} from '@plenary/domain/sessions/requests';
import {participantOf} from '@plenary/domain/sessions/session';
import type {SessionState, SpeakingLimits, TextId} from '@plenary/domain/sessions/session';
import {speakingTimes} from '@plenary/domain/sessions/speaking-time';
import type {SpeakingTimes} from '@plenary/domain/sessions/speaking-time';
import {numberParagraphs} from '@plenary/paper/numbering';
import type {SessionActBodies, SessionNames, SessionSnapshot, SessionStanding} from '@plenary/protocol/api/sessions';
import type {Act, StoredSession} from '@plenary/store/store';
import {randomBytes} from 'node:crypto';
import type {App} from '../app.ts';
import {findConsultation} from '../consultations/consultations.service.ts';
import {actorIn} from '../ledger/ledger.service.ts';
import {seePaper} from '../papers/papers.service.ts';
import {slugFrom} from '../papers/slug.ts';
import type {Desk, Done} from './desk.ts';
import {actFrom, mentionedBy, streamOf, textsIn} from './entries.ts';
import type {Audience} from './names.ts';
import {namesFor, stateFor} from './names.ts';
import {plannedItems, requestFrom, type WishedItem} from './requests.ts';

export interface SeenSession {
  readonly session: StoredSession;
  readonly disclosure: Exclude<Disclosure, {sees: 'nothing'}>;
}

/** Who somebody is in a session; one whom the chair removed is a follower there. */
export function roleInSession(actor: Actor, state: SessionState): Role {
  const own = actor.kind === 'member' ? participantOf(state, actor.member) : undefined;
  return own?.presence === 'removed' ? 'follower' : roleIn(actor, state.consultation);
}

/** Refuses `not-found`, `session.closed`. */
export function audienceOf(actor: Actor, state: SessionState, now: number): Audience {
  const role = roleInSession(actor, state);
  const disclosure = discloseSession(state.publication, role, now);
  if (disclosure.sees === 'nothing') throw new Refusal('not-found');
  if (disclosure.sees === 'title') throw new Refusal('session.closed');
  if (!disclosure.attributions) return 'nameless';
  return role === 'follower' ? 'named' : 'inside';
}

export function standingOf(actor: Actor, state: SessionState): SessionStanding {
  const own = actor.kind === 'member' ? participantOf(state, actor.member) : undefined;
  const isIn = own?.presence !== 'removed';
  const {consultation} = state;
  return {
    participant: own?.number ?? null,
    mayAttend: isIn && holds(actor, 'attend', consultation),
    maySpeak: isIn && holds(actor, 'speak', consultation),
    mayPreside: holds(actor, 'preside', consultation),
    mayPrepare: holds(actor, 'prepare-session', consultation),
  };
}

/** By slug or id, as far as this reader may know of it. Refuses `not-found` alike for what is hidden and what is not there. */
export async function seeSession(app: App, actor: Actor, key: string): Promise<SeenSession> {
  const session = await app.store.sessions.find(key);
  const disclosure =
    session && discloseSession(session.publication, roleIn(actor, session.consultation), app.clock.now());
  if (!session || !disclosure || disclosure.sees === 'nothing') throw new Refusal('not-found');
  return {session, disclosure};
}

export interface NewSession {
  /** Slug or id. */
  readonly consultation: string;
  /** Made from the title when null. */
  readonly slug: string | null;
  readonly title: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly zone: string;
  readonly publication: Publication;
  readonly agenda: readonly WishedItem[];
  readonly limits: SpeakingLimits;
}

/** Refuses `not-found`, `sign-in.required`, `not-permitted`, `slug.taken`, `agenda.paper-elsewhere`, `input.invalid`. */
export async function createSession(app: App, actor: Actor, wanted: NewSession): Promise<StoredSession> {
  const {id: consultation} = await findConsultation(app, wanted.consultation);
  requireRight(actor, 'prepare-session', consultation);
  return addSession(app, actorIn(actor, consultation), consultation, wanted, key =>
    paperOf(app, actor, consultation, key),
  );
}

/** The same without asking for a right: for scenes. */
export async function addSession(
  app: App,
  by: Act['actor'],
  consultation: ConsultationId,
  wanted: NewSession,
  paper: (key: string) => Promise<PaperId>,
): Promise<StoredSession> {
  for (let tried = 0; ; tried++) {
    const slug = wanted.slug ?? (await freeSlug(app, wanted.title));
    try {
      return await insert(app, by, consultation, {...wanted, slug}, paper);
    } catch (error) {
      // A slug that we made ourselves may have been taken between looking and writing.
      const again = error instanceof Refusal && error.code === 'slug.taken' && wanted.slug === null && tried < 5;
      if (!again) throw error;
    }
  }
}

async function insert(
  app: App,
  by: Act['actor'],
  consultation: ConsultationId,
  {slug, title: words, startsAt, endsAt, zone, publication, agenda, limits}: NewSession & {slug: string},
  paper: (key: string) => Promise<PaperId>,
): Promise<StoredSession> {
  const id = app.newId<'session'>();
  const title = app.newId<'session-text'>();
  const said = new Map<TextId, string>([[title, words]]);
  const planned = await plannedItems(agenda, {
    state: {agenda: []},
    words: said,
    newId: () => app.newId(),
    paper,
    said: async () => new Map(),
  });
  const event = created({consultation, title, startsAt, endsAt, zone, publication, agenda: planned, limits});
  const texts = textsIn(event).map(text => ({
    id: text,
    salt: new Uint8Array(randomBytes(16)),
    words: said.get(text) ?? '',
  }));
  const session: StoredSession = {
    id,
    slug,
    consultation,
    title,
    startsAt,
    endsAt,
    zone,
    life: 'planned',
    publication,
    seq: 1,
  };
  await app.store.transaction(async tx => {
    await tx.sessions.create(session);
    await tx.sessions.addTexts(id, texts);
    await tx.ledger.append(actFrom(id, {at: app.clock.now(), by: null, event}, by, texts));
    tx.afterCommit(() => app.bus.publish(streamOf(id), {created: true}));
  });
  return session;
}

async function freeSlug(app: App, title: string): Promise<string> {
  const base = slugFrom(title) ?? `session-${randomBytes(4).toString('hex')}`;
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await app.store.sessions.find(slug))) return slug;
  }
}

export interface ListedSession {
  readonly session: StoredSession;
  readonly title: string;
}

/** Sessions whose existence the reader may know, by their beginning. */
export async function listSessions(
  app: App,
  actor: Actor,
  consultation: ConsultationId | null,
): Promise<readonly ListedSession[]> {
  const now = app.clock.now();
  const all = await app.store.sessions.of(consultation);
  const listed = all.filter(
    one => discloseSession(one.publication, roleIn(actor, one.consultation), now).sees !== 'nothing',
  );
  const titles = await app.store.sessions.titles(listed.map(({id}) => id));
  return listed.map(session => ({session, title: titles.get(session.id) ?? ''}));
}

export interface ReadSession {
  readonly session: StoredSession;
  readonly title: string;
  readonly you: SessionStanding;
  readonly snapshot: SessionSnapshot;
}

/** Refuses `not-found`; `session.closed` with title and policy where it is listed and closed to the reader. */
export async function readSession(app: App, actor: Actor, key: string): Promise<ReadSession> {
  const {session, desk, audience, title} = await enterSession(app, actor, key);
  const {state} = desk;
  return {
    session: rowWith(session, state),
    title,
    you: standingOf(actor, state),
    snapshot: await snapshotFor(app, session, state, desk, audience),
  };
}

/** The row may be older than what is read. */
function rowWith(
  row: StoredSession,
  {title, startsAt, endsAt, zone, life, publication, seq}: SessionState,
): StoredSession {
  return {...row, title, startsAt, endsAt, zone, life: life.is, publication, seq};
}

interface Entered {
  readonly session: StoredSession;
  readonly title: string;
  readonly desk: Desk;
  readonly audience: Audience;
}

async function enterSession(app: App, actor: Actor, key: string): Promise<Entered> {
  const {session} = await seeSession(app, actor, key);
  const title = (await app.store.sessions.titles([session.id])).get(session.id) ?? '';
  const desk = await app.desks.at(session.id);
  if (desk.state.seq < session.seq) await desk.catchUp();
  try {
    return {session, title, desk, audience: audienceOf(actor, desk.state, app.clock.now())};
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'session.closed') throw error;
    throw new Refusal('session.closed', {title, publication: desk.state.publication.policy});
  }
}

export async function snapshotFor(
  {store, clock}: Pick<App, 'store' | 'clock'>,
  {id, slug}: Pick<StoredSession, 'id' | 'slug'>,
  state: SessionState,
  {tallies}: Pick<Desk, 'tallies'>,
  audience: Audience,
): Promise<SessionSnapshot> {
  const given = stateFor(state, audience);
  const names = await namesFor({store, now: clock.now(), session: id, audience}, mentionedBy(given));
  return {id, slug, now: clock.now(), state: given, names, tallies: Object.fromEntries(tallies)};
}

export interface Acted {
  /** Of the event that it became. */
  readonly seq: number;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Does what is asked for, once a key. Refuses `not-found`, `session.closed`, `sign-in.required`, `not-permitted`,
 * `rate.limited`, and with all that the rules of the act refuse.
 */
export async function actOn<Name extends SessionActName>(
  app: App,
  actor: Actor,
  key: string,
  {name, body, retry}: {name: Name; body: SessionActBodies[Name]; retry: string | null},
): Promise<Acted> {
  const desk = await app.desks.named(key);
  const {consultation, publication} = desk.state;
  const {sees} = discloseSession(publication, roleIn(actor, consultation), app.clock.now());
  if (sees === 'nothing') throw new Refusal('not-found');
  requireRight(actor, sessionActs[name], consultation);
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  if (sees !== 'text') throw new Refusal('session.closed');
  app.limits.spend('session-act', actor.member);
  const words = new Map<TextId, string>();
  const request = await requestFrom(name, body, {
    state: desk.state,
    attending: () => attendingAs(app, actor, consultation),
    words,
    newId: () => app.newId(),
    paper: paper => paperOf(app, actor, consultation, paper),
    locate: (paper, paragraph) => locateParagraph(app, paper, paragraph),
    said: texts => app.store.sessions.texts(desk.session, texts),
  });
  const done = await desk.ask({actor: actorIn(actor, consultation), request, words, key: retry});
  return {seq: done.seq, value: valueOf(done, actor)};
}

/** Who joins by a request alone stays until they leave. */
export async function attendByRequest(app: App, actor: Actor, key: string): Promise<void> {
  if (actor.kind === 'member') app.attendances.of(await app.desks.named(key)).joinedByRequest(actor.member);
}

/** The session's last seq, to stand beside a refusal; 0 where a number would tell that there is something. */
export async function seqAfter(app: App, refusal: Refusal, key: string): Promise<number> {
  if (key === '' || refusal.code === 'not-found' || refusal.code === 'session.closed') return 0;
  const desk = await app.desks.named(key).catch(() => null);
  return desk?.state.seq ?? 0;
}

async function attendingAs(
  app: App,
  actor: Extract<Actor, {kind: 'member'}>,
  consultation: ConsultationId,
): Promise<Attending> {
  const {role = 'observer', organisation = null} = mandateIn(actor, consultation) ?? {};
  const known = organisation === null ? null : await app.store.organisations.find(organisation);
  return {member: actor.member, organisation, constituency: known?.constituency ?? null, role};
}

/** Refuses `not-found`, `agenda.paper-elsewhere`. */
export async function paperOf(app: App, actor: Actor, consultation: ConsultationId, key: string): Promise<PaperId> {
  const {paper} = await seePaper(app, actor, key);
  if (paper.consultation !== consultation) throw new Refusal('agenda.paper-elsewhere');
  return paper.id;
}

async function locateParagraph(app: App, id: PaperId, name: string): Promise<LocatedParagraph> {
  const paper = await app.store.papers.find(id);
  const paragraphs = paper ? (await app.rooms.read(paper)).paragraphs : [];
  const place = paragraphs.findIndex(paragraph => paragraph.name === name);
  if (!paper || place < 0) throw new Refusal('paragraph.unknown');
  return {label: numberParagraphs(paragraphs, paper.language)[place] ?? '', place: place + 1};
}

/** What helps whoever asked; the same for a retry. */
function valueOf({entry, state, counted}: Done, actor: Extract<Actor, {kind: 'member'}>): Acted['value'] {
  const own = participantOf(state, actor.member)?.number;
  switch (entry?.event.type) {
    case 'floor.asked': {
      const {participant} = entry.event;
      return {participant, place: orderOf(state).find(one => one.participant === participant)?.place ?? 0};
    }
    case 'announcement.made':
      return {text: entry.event.text};
    case 'poll.opened':
      return {poll: entry.event.poll};
    default:
      return {...(own !== undefined && {participant: own}), ...(counted && {counted})};
  }
}

export interface SpokenTimes {
  readonly session: StoredSession;
  /** When it was added up, and by which state. */
  readonly now: number;
  readonly seq: number;
  readonly state: SessionState;
  readonly times: SpeakingTimes;
  readonly names: SessionNames;
}

/** Speaking time as it stands now, with whoever has the floor. Refuses as `readSession`. */
export async function speakingTimeOf(app: App, actor: Actor, key: string): Promise<SpokenTimes> {
  const {session, desk, audience} = await enterSession(app, actor, key);
  const now = app.clock.now();
  const state = stateFor(desk.state, audience);
  const names = await namesFor({store: app.store, now, session: session.id, audience}, mentionedBy(state));
  return {session, now, seq: state.seq, state, times: speakingTimes(state, now), names};
}
