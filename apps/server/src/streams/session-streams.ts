import type {Request, Response} from 'express';
import {isLanguage} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import type {MemberId} from '@plenary/domain/ids';
import {roleIn} from '@plenary/domain/members/actor';
import type {Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {discloseSession} from '@plenary/domain/sessions/publication';
import type {SessionId} from '@plenary/domain/sessions/session';
import type {StoredSession} from '@plenary/store/store';
import {languageOf} from '../core/language.ts';
import type {Who} from '../core/who.ts';
import type {Desks} from '../sessions/desks.ts';
import {roleInSession} from '../sessions/sessions.service.ts';
import {createAnswering, openOutlet} from './answering.ts';
import {retry, tickOf} from './events.ts';
import {mayFollow, readerOf} from './followed-session.ts';
import {
  closedSessionPage,
  followPage,
  followText,
  hallPage,
  noSessionPage,
  refusedSessionText,
} from './session-page.ts';
import type {SessionChoices, SessionShell} from './session-page.ts';
import type {Form, SessionView} from './session-sections.ts';
import {SessionStream} from './session-stream.ts';
import type {Seat, SessionFollower, SessionStreamOptions} from './session-stream.ts';
import {Remembered} from './remembered.ts';
import type {StreamsOptions, StreamStats} from './streams.ts';

/** Pages and streams for those who follow a session; each function answers one route. */
export interface SessionStreams {
  /** `GET /follow/:session` */
  page(request: Request, response: Response): Promise<void>;
  /** `GET /follow/:session.txt` */
  text(request: Request, response: Response): Promise<void>;
  /** `GET /follow/:session/events`, and below `/project` */
  events(request: Request, response: Response): Promise<void>;
  /** `GET /project/:session` */
  hall(request: Request, response: Response): Promise<void>;
  /** How many follow the session's streams from this process. */
  following(session: SessionId): number;
  /** Mandates of a member changed, or they signed out: what they follow begins anew. */
  rejudgeMember(member: MemberId): void;
  stats(): Omit<StreamStats, 'papers'> & {readonly sessions: number};
  /** Ends every stream, each told to come back at another moment. */
  close(): Promise<void>;
}

export type SessionStreamsOptions = Omit<StreamsOptions, 'store'> & {
  readonly store: SessionStreamOptions['store'];
  readonly desks: Desks;
};

const rememberedViews = 2000;

export function createSessionStreams(options: SessionStreamsOptions): SessionStreams {
  const {store, desks, texts, acts, clock, whoIs, onError} = options;
  const {session: pageAssets, hall: hallAssets} = options.assets;
  const mostFollowers = options.mostFollowers ?? 10_000;
  const mostWaiting = options.mostWaiting ?? 1024 * 1024;
  const version = `${pageAssets.script.file} ${pageAssets.style.file} ${hallAssets.style.file}`;
  const {head, tagUnlessKnown, send} = createAnswering(version);
  const open = new Map<SessionId, Promise<SessionStream>>();
  const ready = new Set<SessionStream>();
  /** Views that were served, so that a change can be told from any of them. */
  const served = new Remembered<SessionView>(rememberedViews);
  let followers = 0;
  let framesMade = 0;
  let slowOnesDropped = 0;
  let closing = false;

  const beating = setInterval(() => {
    for (const stream of ready) stream.beat();
  }, options.heartbeatEvery ?? 12_000);
  beating.unref();

  function streamOf(session: StoredSession): Promise<SessionStream> {
    const known = open.get(session.id);
    if (known) return known;
    const opening = desks.at(session.id).then(desk => {
      const stream: SessionStream = new SessionStream(session, desk, {
        store,
        texts,
        acts,
        clock,
        remembered: key => served.get(`${session.id} ${key}`),
        remember: (key, view) => served.set(`${session.id} ${key}`, view),
        onError,
        onFrame: () => framesMade++,
        onIdle: () => {
          open.delete(session.id);
          ready.delete(stream);
          stream.end();
        },
        linger: options.linger ?? 60_000,
      });
      ready.add(stream);
      return stream;
    });
    opening.catch(() => open.delete(session.id));
    open.set(session.id, opening);
    return opening;
  }

  interface Following {
    readonly session: StoredSession | null;
    readonly who: Who;
    readonly language: Language;
    readonly disclosure: Disclosure;
  }

  async function followingOf(request: Request): Promise<Following> {
    const [found, who] = await Promise.all([store.sessions.find(String(request.params['session'])), whoIs(request)]);
    const role = found && roleIn(who.actor, found.consultation);
    const disclosure: Disclosure =
      found && role ? discloseSession(found.publication, role, clock.now()) : {sees: 'nothing'};
    const session = disclosure.sees === 'nothing' ? null : found;
    return {session, who, language: languageOf(request, who.language), disclosure};
  }

  function choicesOf(request: Request): SessionChoices {
    const {lang, reload, saver, tick, theme} = request.query;
    return {
      lang: isLanguage(lang) ? lang : null,
      reload: reload === '60' ? 60 : null,
      saver: saver === '1',
      tick: tick === undefined ? null : tickOf(tick),
      theme: theme === 'light' || theme === 'dark' ? theme : null,
    };
  }

  function shellOf(request: Request, form: Form, language: Language): SessionShell {
    const folder = form === 'hall' ? '/project' : '/follow';
    const path = `${folder}/${encodeURIComponent(String(request.params['session']))}`;
    return {assets: form === 'hall' ? hallAssets : pageAssets, language, path, choices: choicesOf(request)};
  }

  async function titleOf({id}: StoredSession): Promise<string> {
    return (await store.sessions.titles([id])).get(id) ?? '';
  }

  /** Null: this reader may not follow it now. */
  async function viewFor(session: StoredSession, {actor}: Who, form: Form, language: Language) {
    const stream = await streamOf(session);
    return stream.whileJoining(async () => {
      const reader = readerOf(roleInSession(actor, stream.state));
      if (!mayFollow(stream.state, reader, clock.now())) return null;
      return stream.view({reader, form, language});
    });
  }

  async function answerPage(
    request: Request,
    response: Response,
    form: Form,
    write: (shell: SessionShell, view: SessionView) => string,
  ): Promise<void> {
    const {session, who, language, disclosure} = await followingOf(request);
    const shell = shellOf(request, form, language);
    const plain = {...shell, assets: pageAssets};
    head(response, 'text/html');
    if (!session) {
      await send(request, response.status(404), noSessionPage(plain), null);
      return;
    }
    const view = disclosure.sees === 'text' ? await viewFor(session, who, form, language) : null;
    if (!view) {
      const signedIn = who.actor.kind === 'member';
      const page = closedSessionPage(plain, session, {title: await titleOf(session), signedIn});
      await send(request, response.status(403), page, null);
      return;
    }
    const etag = tagUnlessKnown(request, response, form, session.id, view.id, shell.path, shell.choices, language);
    if (etag === null) return;
    await send(request, response, write(shell, view), etag);
  }

  return {
    page: (request, response) => answerPage(request, response, 'page', followPage),
    hall: (request, response) => answerPage(request, response, 'hall', hallPage),

    async text(request, response) {
      const {session, who, language, disclosure} = await followingOf(request);
      head(response, 'text/plain');
      const view = session && disclosure.sees === 'text' ? await viewFor(session, who, 'page', language) : null;
      if (!view) {
        const title = session ? await titleOf(session) : '';
        const refused = refusedSessionText(session, title, language);
        await send(request, response.status(session ? 403 : 404), refused, null);
        return;
      }
      const etag = tagUnlessKnown(request, response, 'text', view.followed.id, view.id, language);
      if (etag === null) return;
      response.setHeader('content-language', language);
      await send(request, response, followText(view), etag);
    },

    async events(request, response) {
      const {session, who, language, disclosure} = await followingOf(request);
      if (!session) throw new Refusal('not-found');
      if (disclosure.sees !== 'text') throw new Refusal('session.closed');
      if (closing || followers >= mostFollowers) {
        response.setHeader('retry-after', '30');
        throw new Refusal('server.busy');
      }
      const form: Form = request.query['view'] === 'hall' ? 'hall' : 'page';
      const tick = tickOf(request.query['tick']);
      const stream = await streamOf(session);
      await stream.whileJoining(async () => {
        const reader = readerOf(roleInSession(who.actor, stream.state));
        const seat: Seat = {reader, form, language, tick};
        // Between looking and joining nothing must have been taken away.
        do {
          if (!mayFollow(stream.state, reader, clock.now())) throw new Refusal('session.closed');
          await stream.view(seat);
        } while (!stream.isSettled);
        if (!mayFollow(stream.state, reader, clock.now())) throw new Refusal('session.closed');
        const outlet = openOutlet(request, response, {mostWaiting, onTooSlow: () => slowOnesDropped++});
        if (!outlet) return;
        const member = who.actor.kind === 'member' ? who.actor.member : null;
        const follower: SessionFollower = {seat, request, outlet, member};
        followers++;
        response.once('close', () => {
          followers--;
          stream.leave(follower);
        });
        const id = idOf(request.headers['last-event-id']) ?? idOf(request.query['from']);
        stream.join(follower, id, retry(2000 + Math.random() * 3000));
      });
    },

    following: session => [...ready].find(stream => stream.session.id === session)?.followers ?? 0,

    rejudgeMember(member) {
      for (const stream of ready) stream.rejudge(member, retry(Math.random() * 1000));
    },

    stats: () => ({followers, sessions: ready.size, framesMade, slowOnesDropped}),

    async close() {
      closing = true;
      clearInterval(beating);
      for (const stream of ready) stream.end(() => retry(1000 + Math.random() * 9000));
      ready.clear();
      open.clear();
    },
  };
}

/** An id that a reader brought; null when it is none of ours. */
function idOf(asked: unknown): string | null {
  return typeof asked === 'string' && /^\d{1,15}\.[\w-]{8}$/.test(asked) ? asked : null;
}
