import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {discloseSession} from '@plenary/domain/sessions/publication';
import type {LedgerEntry} from '@plenary/store/store';
import type {App} from '../app.ts';
import {findConsultation} from '../consultations/consultations.service.ts';
import {discloseTo, seePaper} from '../papers/papers.service.ts';
import {disclosureFor, isOwn, type ActPlace, type SeenAct} from './disclosure.ts';

export interface ShownAct {
  readonly entry: LedgerEntry;
  readonly seen: SeenAct;
  readonly by: Doer | null;
  readonly yours: boolean;
}

/** Who did it, with names as they are now: the ledger itself knows ids alone. */
export interface Doer {
  readonly handle: string | null;
  readonly erased: boolean;
  readonly organisation: string | null;
  readonly role: string;
}

export interface Page {
  readonly size: number;
  readonly acts: readonly ShownAct[];
  readonly more: boolean;
}

/** Oldest first from `from` on. */
export async function actsFrom(app: App, actor: Actor, from: number, limit: number): Promise<Page> {
  const entries = await app.store.ledger.readAll(from, limit + 1);
  return page(app, actor, entries, limit);
}

export interface Wanted {
  readonly before: number | null;
  readonly limit: number;
  /** Slug or id. */
  readonly paper?: string | undefined;
  readonly consultation?: string | undefined;
}

/** Newest first, of the instance, of one paper, or of one consultation with the papers and sessions that are open to the reader. */
export async function latestActs(app: App, actor: Actor, wanted: Wanted): Promise<Page> {
  const {before, limit} = wanted;
  const streams = await streamsOf(app, actor, wanted);
  const entries = await app.store.ledger.latest({before, limit: limit + 1, streams});
  return page(app, actor, entries, limit);
}

async function streamsOf(
  app: App,
  actor: Actor,
  {paper, consultation}: Pick<Wanted, 'paper' | 'consultation'>,
): Promise<string[] | undefined> {
  if (paper !== undefined) return [`paper:${(await seePaper(app, actor, paper)).paper.id}`];
  if (consultation === undefined) return undefined;
  const {id} = await findConsultation(app, consultation);
  const papers = await app.store.papers.of(id);
  const streams = [`consultation:${id}`];
  for (const paper of papers) {
    if (discloseTo(app, actor, paper).sees === 'text') streams.push(`paper:${paper.id}`);
  }
  for (const session of await app.store.sessions.of(id)) {
    const {sees} = discloseSession(session.publication, roleIn(actor, id), app.clock.now());
    if (sees === 'text') streams.push(`session:${session.id}`);
  }
  return streams;
}

/** What the member did themselves, newest first. */
export async function ownActs(app: App, actor: Actor, before: number | null, limit: number): Promise<Page> {
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  const entries = await app.store.ledger.latest({before, limit: limit + 1, member: actor.member});
  return page(app, actor, entries, limit);
}

/** Refuses `not-found` when there is no such act (yet). */
export async function oneAct(app: App, actor: Actor, index: number): Promise<ShownAct> {
  const entry = await app.store.ledger.find(index);
  const [act] = entry ? await show(app, actor, [entry]) : [];
  if (!act) throw new Refusal('not-found');
  return act;
}

async function page(app: App, actor: Actor, entries: readonly LedgerEntry[], limit: number): Promise<Page> {
  return {
    size: await app.store.ledger.size(),
    acts: await show(app, actor, entries.slice(0, limit)),
    more: entries.length > limit,
  };
}

async function show(app: App, actor: Actor, entries: readonly LedgerEntry[]): Promise<ShownAct[]> {
  const judge = disclosureFor(app, actor);
  const name = namesFor(app);
  const acts: ShownAct[] = [];
  for (const entry of entries) {
    const seen = await judge(entry);
    const by = seen.sees === 'whole' ? await name(entry, seen.named) : null;
    acts.push({entry, seen, by, yours: isOwn(actor, entry)});
  }
  return acts;
}

function namesFor(app: App): (entry: LedgerEntry, named: boolean) => Promise<Doer | null> {
  const members = new Map<string, ReturnType<App['store']['members']['find']>>();
  const organisations = new Map<string, ReturnType<App['store']['organisations']['find']>>();
  return async ({actor}, named) => {
    if (!actor) return null;
    const {member: id, organisation: spoken, role} = actor;
    let member = named ? members.get(id) : undefined;
    if (named && !member) members.set(id, (member = app.store.members.find(id)));
    let organisation = spoken === null ? undefined : organisations.get(spoken);
    if (spoken !== null && !organisation)
      organisations.set(spoken, (organisation = app.store.organisations.find(spoken)));
    const found = await member;
    return {
      handle: found?.handle ?? null,
      erased: (found?.erasedAt ?? null) !== null,
      organisation: (await organisation)?.name ?? null,
      role,
    };
  };
}

/** What of an act may be handed out with its salt; null when only its hash may. */
export function wholeLeaf({entry, seen}: Pick<ShownAct, 'entry' | 'seen'>): LedgerEntry | null {
  return seen.sees === 'whole' ? entry : null;
}

export function placeOf(seen: SeenAct): ActPlace | null {
  return seen.sees === 'hash' ? null : seen.place;
}
