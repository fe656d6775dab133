import type {ConsultationId, MemberId, PaperId} from '@plenary/domain/ids';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {refuseWriting} from '@plenary/domain/papers/drafting';
import type {DraftingMode, Publication, PublicationPolicy} from '@plenary/domain/papers/paper';
import {disclose, type Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {holds, requireRight} from '@plenary/domain/rights/permissions';
import type {ParagraphContent} from '@plenary/paper/view';
import type {Act, LedgerEntry, StoredPaperRow} from '@plenary/store/store';
import type {App} from '../app.ts';
import {actorIn} from '../ledger/ledger.service.ts';
import {whyBarred} from '../sessions/barred.ts';
import {slugFrom} from './slug.ts';

export interface SeenPaper {
  readonly paper: StoredPaperRow;
  readonly disclosure: Exclude<Disclosure, {sees: 'nothing'}>;
}

/** By slug or id, as far as this reader may know of it. Refuses `not-found` alike for what is hidden and what is not there. */
export async function seePaper(app: App, actor: Actor, key: string): Promise<SeenPaper> {
  const paper = await app.store.papers.find(key);
  const disclosure = paper && discloseTo(app, actor, paper);
  if (!paper || !disclosure || disclosure.sees === 'nothing') throw new Refusal('not-found');
  return {paper, disclosure};
}

export function discloseTo(app: Pick<App, 'clock'>, actor: Actor, paper: StoredPaperRow): Disclosure {
  return disclose(paper.publication, roleIn(actor, paper.consultation), app.clock.now());
}

export interface ListedPaper {
  readonly paper: StoredPaperRow;
  readonly mayRead: boolean;
}

/** Papers whose existence the reader may know. */
export async function listPapers(
  app: App,
  actor: Actor,
  consultation: ConsultationId | null,
): Promise<readonly ListedPaper[]> {
  const papers = consultation === null ? await app.store.papers.all() : await app.store.papers.of(consultation);
  return papers.flatMap(paper => {
    const {sees} = discloseTo(app, actor, paper);
    return sees === 'nothing' ? [] : [{paper, mayRead: sees === 'text'}];
  });
}

export interface NewPaper {
  readonly consultation: ConsultationId;
  /** Made from the title when null. */
  readonly slug: string | null;
  readonly title: string;
  readonly symbol: string;
  readonly language: string;
  readonly mode: DraftingMode;
  readonly publication: Publication;
  readonly content: readonly ParagraphContent[];
}

/** Refuses `sign-in.required`, `not-permitted`, `slug.taken`. */
export async function createPaper(app: App, actor: Actor, wanted: NewPaper): Promise<StoredPaperRow> {
  requireRight(actor, 'create-paper', wanted.consultation);
  if (actor.kind === 'follower') throw new Refusal('sign-in.required');
  return addPaper(app, {number: actor.number, member: actor.member, act: actorIn(actor, wanted.consultation)}, wanted);
}

export interface PaperAuthor {
  /** Number under which the first text stands in the update log. */
  readonly number: number;
  readonly member: MemberId | null;
  readonly act: Act['actor'];
}

/** The same without asking for a right: for scenes. */
export async function addPaper(app: App, author: PaperAuthor, wanted: NewPaper): Promise<StoredPaperRow> {
  for (let tried = 0; ; tried++) {
    try {
      const paper = await insert(app, author, wanted, wanted.slug ?? (await freeSlug(app, wanted.title)));
      if (wanted.content.length > 0) await app.rooms.seed(paper, wanted.content, author.number);
      return paper;
    } catch (error) {
      // A slug that we made ourselves may have been taken between looking and writing.
      const again = error instanceof Refusal && error.code === 'slug.taken' && wanted.slug === null && tried < 5;
      if (!again) throw error;
    }
  }
}

async function insert(app: App, author: PaperAuthor, wanted: NewPaper, slug: string): Promise<StoredPaperRow> {
  const {consultation, title, symbol, language, mode, publication} = wanted;
  const createdAt = app.clock.now();
  return app.store.transaction(async tx => {
    const id: PaperId = app.newId<'paper'>();
    const paper = await tx.papers.create({
      id,
      slug,
      symbol,
      consultation,
      title,
      language,
      mode,
      publication,
      createdAt,
      createdBy: author.member,
    });
    const {seq} = await tx.ledger.append({
      stream: `paper:${id}`,
      act: 'paper.created',
      at: createdAt,
      actor: author.act,
      event: {paper: id, consultation, mode, policy: publication.policy, embargoUntil: publication.embargoUntil},
    });
    tx.afterCommit(() => app.bus.publish(`paper:${id}`, {seq}));
    return paper;
  });
}

async function freeSlug(app: App, title: string): Promise<string> {
  const base = slugFrom(title);
  if (base === null)
    return `paper-${app
      .newId<'paper'>()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 8)}`;
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await app.store.papers.find(slug))) return slug;
  }
}

export interface PaperChange {
  readonly mode?: DraftingMode | undefined;
  readonly policy?: PublicationPolicy | undefined;
  readonly embargoUntil?: number | null | undefined;
}

/** Sets mode and publication policy; each change is an act of its own. Refuses `not-found`, `not-permitted`, `input.invalid`. */
export async function presideOver(app: App, actor: Actor, key: string, change: PaperChange): Promise<StoredPaperRow> {
  const {paper: seen} = await seePaper(app, actor, key);
  requireRight(actor, 'preside', seen.consultation);
  return app.store.transaction(async tx => {
    const paper = await tx.papers.lock(seen.id);
    if (!paper) throw new Refusal('not-found');
    const at = app.clock.now();
    const publication = nextPublication(paper.publication, change);
    const acts: {act: string; event: Act['event']}[] = [];
    if (change.mode !== undefined && change.mode !== paper.mode) {
      await tx.papers.setMode(paper.id, change.mode, at);
      acts.push({act: 'paper.mode-set', event: {mode: change.mode}});
    }
    if (
      publication.policy !== paper.publication.policy ||
      publication.embargoUntil !== paper.publication.embargoUntil
    ) {
      await tx.papers.setPublication(paper.id, publication, at);
      acts.push({act: 'paper.publication-set', event: {...publication}});
    }
    for (const {act, event} of acts) {
      const by = actorIn(actor, paper.consultation);
      const {seq} = await tx.ledger.append({stream: `paper:${paper.id}`, act, at, actor: by, event});
      tx.afterCommit(() => app.bus.publish(`paper:${paper.id}`, {seq}));
    }
    // Rooms tell those of other processes; live events and streams read the record when they hear of it.
    if (acts.length > 0) tx.afterCommit(() => app.rooms.rejudge(paper.id));
    return (await tx.papers.find(paper.id)) ?? paper;
  });
}

function nextPublication(now: Publication, change: PaperChange): Publication {
  const policy = change.policy ?? now.policy;
  const embargoUntil = change.embargoUntil === undefined ? now.embargoUntil : change.embargoUntil;
  return checkedPublication(policy, embargoUntil);
}

/** An embargo has an end, and nothing else has one. Refuses `input.invalid`. */
export function checkedPublication(policy: PublicationPolicy, embargoUntil: number | null): Publication {
  if (policy !== 'embargo') return {policy, embargoUntil: null};
  if (embargoUntil === null) throw new Refusal('input.invalid', {fields: ['embargoUntil']});
  return {policy, embargoUntil};
}

/** Why this actor may not write the paper now; null when they may. */
export function whyNotWriting(actor: Actor, paper: StoredPaperRow): Refusal | null {
  if (actor.kind === 'follower') return new Refusal('sign-in.required');
  const code = refuseWriting(paper.mode, roleIn(actor, paper.consultation));
  return code && new Refusal(code);
}

/** The same with what the chair of a sitting has decided about this member. */
export async function whyNotWritingNow(
  app: Pick<App, 'store' | 'desks'>,
  actor: Actor,
  paper: StoredPaperRow,
): Promise<Refusal | null> {
  const why = whyNotWriting(actor, paper);
  if (why || actor.kind !== 'member') return why;
  const barred = await whyBarred(app, actor.member, paper);
  return barred && new Refusal(barred);
}

/** Moves a paragraph behind another, or to the front. Refuses as writing does, and `paragraph.unknown`, `move.impossible`. */
export async function moveParagraph(
  app: App,
  actor: Actor,
  key: string,
  {paragraph, after}: {paragraph: string; after: string | null},
): Promise<void> {
  const {paper, number} = await writablePaper(app, actor, key);
  await app.rooms.move(paper, paragraph, after, number);
}

/** Joins a paragraph to the one before it. Refuses as writing does, and `paragraph.unknown`, `join.impossible`. */
export async function joinParagraph(app: App, actor: Actor, key: string, paragraph: string): Promise<void> {
  const {paper, number} = await writablePaper(app, actor, key);
  await app.rooms.join(paper, paragraph, number);
}

async function writablePaper(app: App, actor: Actor, key: string): Promise<{paper: StoredPaperRow; number: number}> {
  const {paper, disclosure} = await seePaper(app, actor, key);
  requireRight(actor, 'write', paper.consultation);
  if (disclosure.sees !== 'text') throw new Refusal('paper.closed');
  const why = await whyNotWritingNow(app, actor, paper);
  if (why) throw why;
  return {paper, number: actor.kind === 'member' ? actor.number : 0};
}

export interface NamedAct {
  readonly entry: LedgerEntry;
  readonly by: {readonly handle: string; readonly organisation: string | null; readonly role: string} | null;
}

/** A page of the paper's record, oldest first; without names where the text is read without them. */
export async function recordOf(
  app: App,
  actor: Actor,
  key: string,
  {since, limit}: {since: number; limit: number},
): Promise<readonly NamedAct[]> {
  const {paper, disclosure} = await seePaper(app, actor, key);
  const entries = await app.store.ledger.read(`paper:${paper.id}`, since, limit);
  const named = disclosure.sees === 'text' && disclosure.attributions;
  // Who comments is for those to know who may read the comments.
  return nameActs(app, entries, named, holds(actor, 'read-comments', paper.consultation) ? 'named' : 'nameless');
}

/** The last act of the chair on this paper, or null. */
export async function lastPresided(app: App, {paper, disclosure}: SeenPaper): Promise<NamedAct | null> {
  const stream = `paper:${paper.id}`;
  const last = await app.store.ledger.lastSeq(stream);
  const entries = await app.store.ledger.read(stream, Math.max(0, last - 20), 20);
  const entry = entries.findLast(({act}) => act === 'paper.mode-set' || act === 'paper.publication-set');
  if (!entry) return null;
  const named = disclosure.sees === 'text' && disclosure.attributions;
  return (await nameActs(app, [entry], named))[0] ?? null;
}

async function nameActs(
  app: App,
  entries: readonly LedgerEntry[],
  named: boolean,
  comments: 'named' | 'nameless' = 'nameless',
): Promise<NamedAct[]> {
  const handles = new Map<string, string | null>();
  const organisations = new Map<string, string | null>();
  const acts: NamedAct[] = [];
  for (const entry of entries) {
    const {actor} = entry;
    if (!named || !actor || (comments === 'nameless' && entry.act.startsWith('comment.'))) {
      acts.push({entry, by: null});
      continue;
    }
    const {member, organisation, role} = actor;
    if (!handles.has(member)) handles.set(member, (await app.store.members.find(member))?.handle ?? null);
    if (organisation && !organisations.has(organisation)) {
      organisations.set(organisation, (await app.store.organisations.find(organisation))?.name ?? null);
    }
    const handle = handles.get(member);
    const name = organisation === null ? null : (organisations.get(organisation) ?? null);
    acts.push({entry, by: handle ? {handle, organisation: name, role} : null});
  }
  return acts;
}
