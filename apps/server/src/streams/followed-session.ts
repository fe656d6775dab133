import {discloseSession} from '@plenary/domain/sessions/publication';
import {disclose} from '@plenary/domain/papers/publication';
import type {Role} from '@plenary/domain/rights/roles';
import {pollKinds} from '@plenary/domain/sessions/polls/kinds';
import {itemOnFloor} from '@plenary/domain/sessions/session';
import type {SessionId, SessionState} from '@plenary/domain/sessions/session';
import type {Counts, Poll} from '@plenary/domain/sessions/polls/poll';
import type {SessionNames} from '@plenary/protocol/api/sessions';
import {countSubParagraphs} from '@plenary/paper/sub-paragraphs';
import type {Paragraph} from '@plenary/paper/view';
import type {StoredPaperRow} from '@plenary/store/store';
import type {FollowedParagraph, FollowedText} from './followed-text.ts';
import type {LastChange, ParagraphChanges} from './last-change.ts';

/**
 * Whom a lane is for: what one may know of a session and its papers depends on the role alone, and only these three make a
 * difference to `disclose`.
 */
export const readers = {public: 'follower', member: 'observer', inside: 'delegate'} as const satisfies Record<
  string,
  Role
>;
export type Reader = keyof typeof readers;

export function readerOf(role: Role): Reader {
  if (role === 'follower') return 'public';
  return role === 'chair' || role === 'secretariat' || role === 'delegate' ? 'inside' : 'member';
}

/** What is on the floor, as far as this reader may see it. */
export type Floor =
  | {readonly is: 'nothing'}
  /** The reader may not read its text. */
  | {readonly is: 'closed'}
  | {readonly is: 'paper'; readonly paper: StoredPaperRow}
  | {readonly is: 'gone'; readonly paper: StoredPaperRow}
  | {
      readonly is: 'paragraph';
      readonly paper: StoredPaperRow;
      readonly paragraph: FollowedParagraph;
      /** The paragraph, and after it those that belong to it. */
      readonly paragraphs: readonly FollowedParagraph[];
      readonly place: number;
      /** Null: none of them has changed while somebody followed. */
      readonly changed: Changed | null;
      readonly paperChangedAt: number;
      /** Where the paper changed last, of what did while somebody followed. */
      readonly paperChangedIn: Located | null;
    };

/** A paragraph and its place in the paper, from 0. */
export interface Located {
  readonly paragraph: FollowedParagraph;
  readonly place: number;
}

export interface Changed extends Located {
  readonly change: LastChange;
}

/** A session at one moment, as one kind of reader may follow it; in no language yet. */
export interface FollowedSession {
  readonly id: SessionId;
  readonly slug: string;
  /** Without names where the reader must not know them. */
  readonly state: SessionState;
  /** When its last entry was written. */
  readonly at: number;
  readonly names: SessionNames;
  readonly tallies: ReadonlyMap<string, Counts>;
  readonly consultation: {readonly slug: string; readonly title: string} | null;
  readonly floor: Floor;
}

/** The paper on the floor as the process has it, whoever reads. */
export interface ShownPaper {
  readonly paper: StoredPaperRow;
  readonly text: FollowedText;
  readonly changedAt: number;
  readonly changes: Pick<ParagraphChanges, 'lastOf'>;
}

export function floorFor(state: SessionState, shown: ShownPaper | null, reader: Reader, now: number): Floor {
  if (!state.shown) return {is: 'nothing'};
  const role = readers[reader];
  if (!shown || shown.paper.id !== state.shown.paper) return {is: 'closed'};
  const {paper, text} = shown;
  if (disclose(paper.publication, role, now).sees !== 'text') return {is: 'closed'};
  const name = state.shown.paragraph;
  if (name === null) return {is: 'paper', paper};
  const place = text.paragraphs.findIndex(({source}) => source.name === name);
  const paragraph = text.paragraphs[place];
  if (!paragraph) return {is: 'gone', paper};
  const paragraphs = text.paragraphs.slice(place, place + 1 + countSubParagraphs(sourcesOf(text), place));
  const last = shown.changes.lastOf(paragraphs);
  const located = (one: FollowedParagraph): Located => ({paragraph: one, place: text.paragraphs.indexOf(one)});
  const inPaper = last ?? shown.changes.lastOf(text.paragraphs);
  return {
    is: 'paragraph',
    paper,
    paragraph,
    paragraphs,
    place,
    changed: last && {...located(last.paragraph), change: last.change},
    paperChangedAt: shown.changedAt,
    paperChangedIn: inPaper && located(inPaper.paragraph),
  };
}

function sourcesOf({paragraphs}: FollowedText): Paragraph[] {
  return paragraphs.map(({source}) => source);
}

export function mayFollow(state: SessionState, reader: Reader, now: number): boolean {
  return discloseSession(state.publication, readers[reader], now).sees === 'text';
}

/** The question that is open, else the one that was closed last. */
export function pollOf(state: SessionState): Poll | undefined {
  return state.polls.findLast(({state: {is}}) => is === 'open') ?? state.polls.at(-1);
}

export function countsOf({tallies}: Pick<FollowedSession, 'tallies'>, poll: Poll): Counts {
  if (poll.state.is === 'closed') return poll.state.counts;
  const kind = pollKinds[poll.kind];
  const counts: Record<string, number> = Object.fromEntries(kind.choices.map(choice => [choice, 0]));
  if (!kind.keepsAnswers) return {...counts, ...tallies.get(poll.id)};
  for (const {choice} of poll.answers) counts[choice] = (counts[choice] ?? 0) + 1;
  return counts;
}

/** Place of the item on the floor in the agenda, from 1. */
export function itemNumber(state: SessionState): number | null {
  const item = itemOnFloor(state);
  return item ? state.agenda.indexOf(item) + 1 : null;
}
