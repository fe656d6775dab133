import {z} from 'zod';
import {Refusal} from '@plenary/domain/refusal';
import {authorship, history, moment} from '@plenary/protocol/api/history';
import {restored} from '@plenary/protocol/api/revisions';
import {findConsultation} from '../consultations/consultations.service.ts';
import {instant} from '../core/instant.ts';
import {route, type Web} from '../core/route.ts';
import {citedJson} from '../papers/paper-json.ts';
import {revisionsJson} from '../revisions/revision-json.ts';
import type {Author} from './authors.ts';
import {authorshipOf, historyOf, momentOf, restoreMoment} from './history.service.ts';

const entry = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export function openHistory(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/papers/:paper/history',
    {
      summary: 'The steps in which a paper was written, or a part of them',
      query: z.object({after: entry.optional(), until: entry.optional()}),
      answer: history,
    },
    async ({actor, param, query, language}) => {
      const part = query.until === undefined ? null : {after: query.after ?? 0, until: query.until};
      const {readable, steps, isFinest, seq, authors, revisions, mayRestore} = await historyOf(
        app,
        actor,
        param('paper'),
        part,
      );
      const listed = listing(authors);
      const named = await revisionsJson(app, readable, revisions, language);
      return {
        paper: citedJson(readable.paper, await findConsultation(app, readable.paper.consultation)),
        you: {mayRestore},
        seq,
        isFinest,
        authors: listed.authors,
        steps: steps.map(({first, last, to, actors}) => ({
          after: first - 1,
          until: last,
          at: instant(to),
          by: actors.map(listed.placeOf),
        })),
        revisions: named.map((revision, at) => ({...revision, seq: revisions[at]!.seq})),
      };
    },
  );
  route(
    web,
    'GET /api/papers/:paper/history/:entry',
    {
      summary: 'The text as it was after an entry of its log, with what came and went after an earlier one',
      query: z.object({after: entry.optional()}),
      answer: moment,
    },
    async ({actor, param, query}) => {
      const until = wantedEntry(param('entry'));
      const after = query.after ?? until - 1;
      const {paper, paragraphs, authors} = await momentOf(app, actor, param('paper'), {after, until});
      const listed = listing(authors);
      return {
        after,
        until,
        language: paper.language,
        authors: listed.authors,
        paragraphs: paragraphs.map(({by, pieces, ...rest}) => ({
          ...rest,
          by: by === null ? null : listed.placeOf(by),
          pieces: pieces.map(piece => ({...piece, by: piece.by === null ? null : listed.placeOf(piece.by)})),
        })),
      };
    },
  );
  route(
    web,
    'POST /api/papers/:paper/history/:entry/restore',
    {summary: 'Brings the working text back to what it was after an entry of its log', answer: restored},
    async ({actor, param, language}) => {
      const {paper, kept} = await restoreMoment(app, actor, param('paper'), wantedEntry(param('entry')));
      return {kept: (await revisionsJson(app, paper, [kept], language))[0]!};
    },
  );
  route(
    web,
    'GET /api/papers/:paper/authors',
    {summary: 'Who writes under which clientID of the shared text', answer: authorship},
    async ({actor, param}) => {
      const {clients, authors} = await authorshipOf(app, actor, param('paper'));
      const listed = listing(authors);
      return {
        authors: listed.authors,
        clients: clients.map(([client, number]): [number, number] => [client, listed.placeOf(number)]),
      };
    },
  );
}

function wantedEntry(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Refusal('not-found');
  return Number(text);
}

/** Authors travel once, and are named by their places: the numbers of the log stay inside. */
function listing(authors: ReadonlyMap<number, Author>): {authors: Author[]; placeOf: (number: number) => number} {
  const places = new Map([...authors.keys()].map((number, place) => [number, place]));
  return {authors: [...authors.values()], placeOf: number => places.get(number)!};
}
