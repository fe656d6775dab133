import {discloseToPublic} from '@plenary/domain/papers/publication';
import type {SessionEntry} from '@plenary/domain/sessions/events';
import {stateWithoutNames, withoutNames} from '@plenary/domain/sessions/publication';
import type {SessionId, SessionState} from '@plenary/domain/sessions/session';
import type {PackedPositions, SessionFrame, SessionNames} from '@plenary/protocol/api/sessions';
import type {Store} from '@plenary/store/store';
import type {Mentioned} from './entries.ts';
import {mentionedIn} from './entries.ts';

/**
 * Who hears a session, by what they may know. `inside`: participants of its consultation · `named`: others, where the
 * policy gives names · `nameless`: others, where it does not.
 */
export const audiences = ['inside', 'named', 'nameless'] as const;
export type Audience = (typeof audiences)[number];

type Named = Pick<Store, 'sessions' | 'members' | 'organisations' | 'papers'>;

export function stateFor(state: SessionState, audience: Audience): SessionState {
  return audience === 'nameless' ? stateWithoutNames(state) : state;
}

export function entriesFor(entries: readonly SessionEntry[], audience: Audience): readonly SessionEntry[] {
  return audience === 'nameless' ? entries.map(withoutNames) : entries;
}

/** Names for what is mentioned, as far as this audience may know them. */
export async function namesFor(
  {store, now, session, audience}: {store: Named; now: number; session: SessionId; audience: Audience},
  {texts, members, organisations, papers}: Mentioned,
): Promise<SessionNames> {
  const withPeople = audience !== 'nameless';
  const [words, handles, all, listed] = await Promise.all([
    texts.size > 0 ? store.sessions.texts(session, [...texts]) : new Map<string, string | null>(),
    withPeople ? store.members.findAll([...members]) : [],
    withPeople ? store.organisations.findAll([...organisations]) : [],
    Promise.all([...papers].map(paper => store.papers.find(paper))),
  ]);
  return {
    texts: Object.fromEntries(words),
    members: Object.fromEntries(handles.map(({id, handle, erasedAt}) => [id, erasedAt === null ? handle : null])),
    organisations: Object.fromEntries(all.map(({id, name, constituency}) => [id, {name, constituency}])),
    papers: Object.fromEntries(
      listed.flatMap(paper => {
        if (!paper || (audience !== 'inside' && discloseToPublic(paper.publication, now).sees === 'nothing')) return [];
        const {slug, title, symbol, language} = paper;
        return [[paper.id, {slug, title, symbol, language}]];
      }),
    ),
  };
}

/** Entries on their way to one audience, with the names that they need. */
export async function frameFor(
  from: {store: Named; now: number; session: SessionId; audience: Audience},
  entries: readonly SessionEntry[],
  since: number,
): Promise<SessionFrame> {
  const given = entriesFor(entries, from.audience);
  const mentioned = mentionedIn(given);
  const needsNames = Object.values(mentioned).some(({size}) => size > 0);
  return {
    session: from.session,
    from: since + 1,
    to: since + given.length,
    now: from.now,
    entries: packed(given),
    names: needsNames ? await namesFor(from, mentioned) : {},
  };
}

/** Positions without reasons that follow each other in one poll travel together. */
function packed(entries: readonly SessionEntry[]): (SessionEntry | PackedPositions)[] {
  const all: (SessionEntry | PackedPositions)[] = [];
  const packs: (PackedPositions & {readonly answers: [participant: number, choice: string, later: number][]})[] = [];
  for (const entry of entries) {
    const {event, at, seq, by} = entry;
    if (event.type !== 'position.taken' || event.reason !== null || by !== event.participant) {
      all.push(entry);
      continue;
    }
    const last = packs.at(-1);
    if (last && last === all.at(-1) && last.poll === event.poll) {
      last.answers.push([event.participant, event.choice, at - last.at]);
      continue;
    }
    const pack = {
      seq,
      poll: event.poll,
      at,
      answers: [[event.participant, event.choice, 0] as [number, string, number]],
    };
    packs.push(pack);
    all.push(pack);
  }
  return all;
}
