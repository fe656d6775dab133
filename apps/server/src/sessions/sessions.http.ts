import {z} from 'zod';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import {sessionActNames} from '@plenary/domain/sessions/acts';
import {
  createSession as wanted,
  sessionActBodies,
  sessionActEnvelope,
  sessionSummary,
} from '@plenary/protocol/api/sessions';
import type {SessionActBodies, SessionSnapshot, SessionStanding} from '@plenary/protocol/api/sessions';
import type {ActAnswer} from '@plenary/protocol/rt';
import {statusOf} from '@plenary/protocol/status';
import type {StoredSession} from '@plenary/store/store';
import type {App} from '../app.ts';
import {consultationLine, findConsultation} from '../consultations/consultations.service.ts';
import {instant} from '../core/instant.ts';
import {refusalBody, refusalFrom} from '../core/refuse.ts';
import {open, route, type Web} from '../core/route.ts';
import {whoIs} from '../core/who.ts';
import {checkedPublication} from '../papers/papers.service.ts';
import {
  actOn,
  attendByRequest,
  createSession,
  listSessions,
  readSession,
  seqAfter,
  speakingTimeOf,
} from './sessions.service.ts';
import {speakingTimeCsv, speakingTimeJson} from './speaking-time.ts';

const actSummaries: Readonly<Record<SessionActName, string>> = {
  'session.change': 'Changes title, times and zone',
  'session.publish': 'Sets the publication policy',
  'session.open': 'Opens the session, or goes on after a break',
  'session.suspend': 'Suspends the session',
  'session.close': 'Closes the session for good',
  'agenda.set': 'Sets the agenda',
  'item.take-up': 'Takes up an item of the agenda',
  'item.close': 'Closes an item of the agenda',
  'floor.show': 'Puts a paper, and a paragraph of it, before everyone',
  'limits.set': 'Sets the speaking limits',
  'list.open': 'Opens the list of speakers',
  'list.close': 'Closes the list of speakers',
  'list.move': 'Moves somebody on the list of speakers',
  'list.add': 'Adds somebody to the list of speakers',
  'floor.give': 'Gives the floor',
  'floor.pause': 'Stops the clock',
  'floor.resume': 'Lets the clock run',
  'floor.extend': 'Gives the speaker more time',
  'floor.end': 'Takes the floor back',
  'floor.absent': 'Notes that a speaker is not there',
  'announcement.make': 'Announces something to everyone',
  'poll.open': 'Opens a show of positions or a temperature check',
  'poll.close': 'Closes it',
  'participant.mute': 'Mutes somebody, or lets them be heard again',
  'participant.remove': 'Removes somebody from the session',
  'participant.readmit': 'Lets somebody in again',
  'contribution.hide': 'Hides words for good',
  'session.join': 'Joins the session',
  'session.leave': 'Leaves the session',
  'floor.ask': 'Asks for the floor',
  'floor.withdraw': 'Withdraws from the list, or ends one’s own speech',
  'order.raise': 'Raises a point of order',
  'position.take': 'Takes a position, or answers a temperature check',
};

export function openSessions(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/sessions',
    {
      summary: 'Sessions, of one consultation or of all',
      query: z.object({consultation: z.string().max(80).optional()}),
      answer: z.object({sessions: z.array(sessionSummary)}),
    },
    async ({actor, query}) => {
      const only = query.consultation === undefined ? null : await findConsultation(app, query.consultation);
      const all = new Map((only ? [only] : await app.store.consultations.all()).map(one => [one.id, one]));
      const listed = await listSessions(app, actor, only?.id ?? null);
      return {
        sessions: listed.flatMap(({session, title}) => {
          const consultation = all.get(session.consultation);
          return consultation ? [summaryJson(session, title, consultation)] : [];
        }),
      };
    },
  );
  route(
    web,
    'POST /api/sessions',
    {summary: 'Creates a session', body: wanted, answer: sessionSummary, status: 201},
    async ({actor, body}) => {
      const session = await createSession(app, actor, {
        consultation: body.consultation,
        slug: body.slug ?? null,
        title: body.title,
        startsAt: Date.parse(body.startsAt),
        endsAt: Date.parse(body.endsAt),
        zone: body.zone,
        publication: checkedPublication(body.publication, body.embargoUntil ? Date.parse(body.embargoUntil) : null),
        agenda: body.agenda,
        limits: {group: body.limits.group * 1000, individual: body.limits.individual * 1000},
      });
      return summaryOf(app, session, body.title);
    },
  );
  route(
    web,
    'GET /api/sessions/:session',
    {
      summary: 'A session as it stands, and what the reader may do',
      answer: z.object({
        summary: sessionSummary,
        you: z.custom<SessionStanding>(),
        snapshot: z.custom<SessionSnapshot>(),
      }),
    },
    async ({actor, param}) => {
      const {session, title, you, snapshot} = await readSession(app, actor, param('session'));
      return {summary: await summaryOf(app, session, title), you, snapshot};
    },
  );
  route(
    web,
    'GET /api/sessions/:session/speaking-time',
    {summary: 'Who has spoken for how long, in milliseconds', answer: speakingTimeJson.schema},
    async ({actor, param}) => speakingTimeJson.from(await speakingTimeOf(app, actor, param('session'))),
  );
  web.described.push({door: 'GET /api/sessions/:session/speaking-time.csv', summary: 'The same as a table'});
  open(web, 'GET /api/sessions/:session/speaking-time.csv', async (request, response) => {
    const {actor} = await whoIs(app, request);
    const spoken = await speakingTimeOf(app, actor, String(request.params.session));
    response
      .setHeader('Content-Type', 'text/csv; charset=utf-8')
      .setHeader('Content-Disposition', `attachment; filename="speaking-time-${spoken.session.slug}.csv"`)
      .setHeader('Cache-Control', 'no-store')
      .send(speakingTimeCsv(spoken));
  });
  for (const name of sessionActNames) openAct(web, name);
}

const acted = z.custom<ActAnswer>();

/** An act is answered over HTTP with the same JSON as over a socket, and the status of its refusal. */
function openAct<Name extends SessionActName>(web: Web, name: Name): void {
  const {app} = web;
  const body = sessionActBodies[name].extend({key: sessionActEnvelope.shape.key});
  route(
    web,
    `POST /api/sessions/:session/${name}`,
    {summary: actSummaries[name], body, answer: acted},
    async ({actor, language, param, body: given, response}) => {
      const {key, ...rest} = given as {key?: string};
      const session = param('session');
      try {
        const {seq, value} = await actOn(app, actor, session, {
          name,
          body: rest as SessionActBodies[Name],
          retry: key ?? null,
        });
        if (name === 'session.join') await attendByRequest(app, actor, session);
        return {ok: true as const, value, seq};
      } catch (error) {
        const refusal = refusalFrom(error);
        if (refusal.code === 'server.failed') throw error;
        response.status(statusOf[refusal.code]);
        return {ok: false as const, ...refusalBody(refusal, language), seq: await seqAfter(app, refusal, session)};
      }
    },
  );
}

type Line = {readonly id: string; readonly slug: string; readonly title: string};

async function summaryOf(app: App, session: StoredSession, title: string): Promise<z.input<typeof sessionSummary>> {
  const none = {id: session.consultation, slug: '', title: ''};
  return summaryJson(session, title, (await consultationLine(app, session.consultation)) ?? none);
}

function summaryJson(session: StoredSession, title: string, within: Line): z.input<typeof sessionSummary> {
  const {id, slug, startsAt, endsAt, zone, life, publication, seq} = session;
  return {
    id,
    slug,
    title,
    consultation: {id: within.id, slug: within.slug, title: within.title},
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
    zone,
    life,
    publication: publication.policy,
    embargoUntil: instant(publication.embargoUntil),
    seq,
  };
}
