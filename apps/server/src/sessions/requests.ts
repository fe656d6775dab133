import type {PaperId} from '@plenary/domain/ids';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {PlannedItem} from '@plenary/domain/sessions/events';
import type {LocatedParagraph} from '@plenary/domain/sessions/polls/poll';
import type {Attending, SessionRequest} from '@plenary/domain/sessions/requests';
import type {ItemId, PollId, SessionState, TextId} from '@plenary/domain/sessions/session';
import {Refusal} from '@plenary/domain/refusal';
import type {SessionActBodies} from '@plenary/protocol/api/sessions';
import {checkedPublication} from '../papers/papers.service.ts';

/** What is needed to make the rules' request of what somebody sent. */
export interface Making {
  readonly state: SessionState;
  attending(): Promise<Attending>;
  newId(): string;
  /** By slug or id. Refuses what is not a paper of the session's consultation, or not known to who asks. */
  paper(key: string): Promise<PaperId>;
  /** Refuses `paragraph.unknown`. */
  locate(paper: PaperId, paragraph: string): Promise<LocatedParagraph>;
  /** What the texts of the session say now. */
  said(texts: readonly TextId[]): Promise<ReadonlyMap<TextId, string | null>>;
  /** New words, or those of `known` where they are the same. */
  readonly words: Map<TextId, string>;
}

type Makers = {
  readonly [Name in SessionActName]: (
    body: SessionActBodies[Name],
    making: Making,
  ) => SessionRequest | Promise<SessionRequest>;
};

const plain = <Name extends SessionActName>(act: Name) => (() => ({act})) as () => SessionRequest;

/** One line an act: a body as it travels becomes the request that the rules take. */
const makers: Makers = {
  'session.change': async ({title, startsAt, endsAt, zone}, making) => ({
    act: 'session.change',
    title: await textFor(making, title, making.state.title),
    startsAt: Date.parse(startsAt),
    endsAt: Date.parse(endsAt),
    zone,
  }),
  'session.publish': ({publication, embargoUntil}) => ({
    act: 'session.publish',
    publication: checkedPublication(publication, embargoUntil === null ? null : Date.parse(embargoUntil)),
  }),
  'session.open': plain('session.open'),
  'session.suspend': plain('session.suspend'),
  'session.close': () => ({act: 'session.close', counts: {}}),
  'agenda.set': async ({agenda}, making) => ({act: 'agenda.set', agenda: await plannedItems(agenda, making)}),
  'item.take-up': ({item}) => ({act: 'item.take-up', item: item as ItemId}),
  'item.close': ({item}) => ({act: 'item.close', item: item as ItemId}),
  'floor.show': async (body, making) => {
    const {paper, paragraph} = await place(body, making);
    return {act: 'floor.show', paper, paragraph};
  },
  'limits.set': ({group, individual}) => ({
    act: 'limits.set',
    limits: {group: group * 1000, individual: individual * 1000},
  }),
  'list.open': plain('list.open'),
  'list.close': plain('list.close'),
  'list.move': body => ({act: 'list.move', ...body}),
  'list.add': body => ({act: 'list.add', ...body}),
  'floor.give': body => ({act: 'floor.give', ...body}),
  'floor.pause': plain('floor.pause'),
  'floor.resume': plain('floor.resume'),
  'floor.extend': ({seconds}) => ({act: 'floor.extend', more: seconds * 1000}),
  'floor.end': body => ({act: 'floor.end', ...body}),
  'floor.absent': body => ({act: 'floor.absent', ...body}),
  'announcement.make': async ({text}, making) => ({act: 'announcement.make', text: await textFor(making, text)}),
  'poll.open': async ({kind, question, paper, paragraph}, making) => ({
    act: 'poll.open',
    poll: making.newId() as PollId,
    kind,
    question: await textFor(making, question),
    ...(await place({paper, paragraph}, making)),
  }),
  'poll.close': ({poll}) => ({act: 'poll.close', poll: poll as PollId, counts: null}),
  'participant.mute': body => ({act: 'participant.mute', ...body}),
  'participant.remove': body => ({act: 'participant.remove', ...body}),
  'participant.readmit': body => ({act: 'participant.readmit', ...body}),
  'contribution.hide': ({text, reason}) => ({act: 'contribution.hide', text: text as TextId, reason}),
  'session.join': async (_body, making) => ({act: 'session.join', ...(await making.attending())}),
  'session.leave': plain('session.leave'),
  'floor.ask': body => ({act: 'floor.ask', ...body}),
  'floor.withdraw': plain('floor.withdraw'),
  'order.raise': plain('order.raise'),
  'position.take': async ({poll, choice, reason}, making) => ({
    act: 'position.take',
    poll: poll as PollId,
    choice,
    reason: reason === '' ? null : await textFor(making, reason),
  }),
};

/** Refuses `agenda.item-unknown`, `agenda.paper-elsewhere`, `not-found`, `paragraph.unknown`, `input.invalid`. */
export async function requestFrom<Name extends SessionActName>(
  name: Name,
  body: SessionActBodies[Name],
  making: Making,
): Promise<SessionRequest> {
  return makers[name](body, making);
}

async function textFor(making: Making, words: string, known?: TextId): Promise<TextId> {
  if (known !== undefined && (await making.said([known])).get(known) === words) return known;
  const id = making.newId() as TextId;
  making.words.set(id, words);
  return id;
}

export interface WishedItem {
  readonly id?: string | undefined;
  readonly title: string;
  readonly papers: readonly string[];
  readonly minutes: number | null;
}

/** Items that are there already keep their id, and their title's text where it says the same. */
export async function plannedItems(
  wished: readonly WishedItem[],
  making: Pick<Making, 'newId' | 'paper' | 'said' | 'words'> & {readonly state: Pick<SessionState, 'agenda'>},
): Promise<readonly PlannedItem[]> {
  const {agenda} = making.state;
  const said = await making.said(agenda.map(({title}) => title));
  const items: PlannedItem[] = [];
  for (const {id, title, papers, minutes} of wished) {
    const known = id === undefined ? undefined : agenda.find(item => item.id === id);
    if (id !== undefined && !known) throw new Refusal('agenda.item-unknown');
    const text = known && said.get(known.title) === title ? known.title : (making.newId() as TextId);
    if (text !== known?.title) making.words.set(text, title);
    const named: PaperId[] = [];
    for (const key of papers) named.push(await making.paper(key));
    items.push({id: known?.id ?? (making.newId() as ItemId), title: text, papers: [...new Set(named)], minutes});
  }
  return items;
}

async function place(
  {paper: key, paragraph}: {paper: string | null; paragraph: string | null},
  making: Making,
): Promise<{paper: PaperId | null; paragraph: string | null; located: LocatedParagraph | null}> {
  if (key === null) return {paper: null, paragraph: null, located: null};
  const paper = await making.paper(key);
  const located = paragraph === null ? null : await making.locate(paper, paragraph);
  return {paper, paragraph, located};
}
