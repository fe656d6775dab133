import type {IncomingMessage} from 'node:http';
import type {Request, Response} from 'express';
import {isLanguage} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import type {MemberId, PaperId} from '@plenary/domain/ids';
import {roleIn} from '@plenary/domain/members/actor';
import {refuseWriting} from '@plenary/domain/papers/drafting';
import {disclose} from '@plenary/domain/papers/publication';
import type {Disclosure} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {canonicalText} from '@plenary/paper/canonical';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {languageOf} from '../core/language.ts';
import type {PaperActs} from '../core/live-acts.ts';
import type {Who} from '../core/who.ts';
import {createAnswering, openOutlet} from './answering.ts';
import type {ReadAssets} from './assets.ts';
import {idOf, retry, tickOf} from './events.ts';
import {followedText, paragraphHtml} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import {closedPage, nothingPage, readingPage, refusedText} from './page.ts';
import type {PageChoices, PageShell, Since} from './page.ts';
import {PaperStream} from './paper-stream.ts';
import type {Follower} from './paper-stream.ts';
import type {PaperTexts} from './ports.ts';
import {Remembered} from './remembered.ts';

/** Pages and streams for those who read along; each function answers one route. */
export interface Streams {
  /** `GET /read/:paper` */
  page(request: Request, response: Response): Promise<void>;
  /** `GET /read/:paper.txt` */
  text(request: Request, response: Response): Promise<void>;
  /** `GET /read/:paper/paragraphs` */
  paragraphs(request: Request, response: Response): Promise<void>;
  /** `GET /read/:paper/events` */
  events(request: Request, response: Response): Promise<void>;
  /** `GET /read-assets/:file` */
  asset(request: Request, response: Response): Promise<void>;
  /** How many follow the paper's stream from this process. */
  following(paper: PaperId): number;
  /** Mandates of a member changed, or they signed out: what they follow is judged again. */
  rejudgeMember(member: MemberId): void;
  stats(): StreamStats;
  /** Ends every stream, each told to come back at another moment. */
  close(): Promise<void>;
}

export interface StreamStats {
  readonly followers: number;
  readonly papers: number;
  /** Frames made; each was sent to all followers of its paper and tick. */
  readonly framesMade: number;
  readonly slowOnesDropped: number;
}

export interface StreamsOptions {
  readonly store: Pick<Store, 'papers' | 'consultations' | 'updates' | 'ledger'>;
  readonly texts: PaperTexts;
  readonly acts: PaperActs;
  readonly clock: {now(): number};
  readonly whoIs: (request: IncomingMessage) => Promise<Who>;
  readonly assets: ReadAssets;
  readonly onError: (error: unknown) => void;
  readonly mostFollowers?: number;
  /** Bytes that may wait for one follower. */
  readonly mostWaiting?: number;
  readonly heartbeatEvery?: number;
  /** How long a stream that nobody follows is kept for those who come back. */
  readonly linger?: number;
}

const rememberedTexts = 64;

export function createStreams(options: StreamsOptions): Streams {
  const {store, texts, acts, clock, whoIs, assets, onError} = options;
  const mostFollowers = options.mostFollowers ?? 10_000;
  const mostWaiting = options.mostWaiting ?? 1024 * 1024;
  const open = new Map<PaperId, PaperStream>();
  /** Texts that were served, so that a change can be told from any of them. */
  const served = new Remembered<FollowedText>(rememberedTexts);
  const files = new Map(
    [assets, assets.session, assets.hall].flatMap(({script, style}) =>
      [script, style].map(asset => [asset.file, asset.content] as const),
    ),
  );
  const {head, tagUnlessKnown, send} = createAnswering(`${assets.script.file} ${assets.style.file}`);
  let followers = 0;
  let framesMade = 0;
  let slowOnesDropped = 0;
  let closing = false;

  const beating = setInterval(() => {
    for (const stream of open.values()) stream.beat();
  }, options.heartbeatEvery ?? 12_000);
  beating.unref();

  function streamOf(paper: StoredPaperRow): PaperStream {
    const known = open.get(paper.id);
    if (known) return known;
    const end = () => {
      if (open.get(paper.id) === stream) open.delete(paper.id);
      stream.end();
    };
    const stream: PaperStream = new PaperStream(paper, {
      texts,
      acts,
      clock,
      identify: async request => (await whoIs(request)).actor,
      remembered: id => served.get(`${paper.id} ${id}`),
      remember: text => served.set(`${paper.id} ${text.id}`, text),
      onError,
      onFrame: () => framesMade++,
      onIdle: end,
      linger: options.linger ?? 60_000,
    });
    stream.ready.catch(end);
    open.set(paper.id, stream);
    return stream;
  }

  interface Reading {
    readonly paper: StoredPaperRow | null;
    readonly who: Who;
    readonly language: Language;
    readonly disclosure: Disclosure;
  }

  async function readingOf(request: Request): Promise<Reading> {
    const [paper, who] = await Promise.all([store.papers.find(String(request.params['paper'])), whoIs(request)]);
    const disclosure: Disclosure = paper
      ? disclose(paper.publication, roleIn(who.actor, paper.consultation), clock.now())
      : {sees: 'nothing'};
    const known = disclosure.sees === 'nothing' ? null : paper;
    return {paper: known, who, language: languageOf(request, who.language), disclosure};
  }

  async function newestText(paper: StoredPaperRow): Promise<FollowedText> {
    const stream = open.get(paper.id);
    if (stream) {
      await stream.ready;
      return stream.newest();
    }
    const id = `${paper.epoch}.${await store.updates.lastSeq(paper.number)}`;
    const known = served.get(`${paper.id} ${id}`);
    if (known) return known;
    const text = followedText(paper, await texts.read(paper), null);
    served.set(`${paper.id} ${text.id}`, text);
    return text;
  }

  async function changedAtOf(paper: StoredPaperRow, text: FollowedText): Promise<number> {
    if (text.seq === 0) return paper.createdAt;
    return (await store.updates.read(paper.number, text.seq - 1, 1))[0]?.at ?? paper.createdAt;
  }

  function choicesOf(request: Request): PageChoices {
    const {lang, reload, tick} = request.query;
    return {lang: isLanguage(lang) ? lang : null, reload: reload === '60' ? 60 : null, tick: tickOf(tick)};
  }

  function shellOf(request: Request, language: Language): PageShell {
    const path = `/read/${encodeURIComponent(String(request.params['paper']))}`;
    return {assets, language, path, choices: choicesOf(request)};
  }

  function sinceOf(request: Request, paper: StoredPaperRow, text: FollowedText): Since | null {
    const asked = request.query['since'];
    if (typeof asked !== 'string' || !/^\d{1,15}$/.test(asked)) return null;
    const seq = Number(asked);
    const before = seq === text.seq ? text : served.get(`${paper.id} ${paper.epoch}.${seq}`);
    if (!before) return {seq, places: null, removed: 0};
    const known = new Map(before.paragraphs.map(paragraph => [paragraph.source.name, paragraph]));
    const places = text.paragraphs.flatMap((paragraph, place) => {
      const old = known.get(paragraph.source.name);
      known.delete(paragraph.source.name);
      const isSame = old && old.text === paragraph.text && old.frame === paragraph.frame;
      return isSame ? [] : [place];
    });
    return {seq, places, removed: known.size};
  }

  return {
    async page(request, response) {
      const {paper, who, language, disclosure} = await readingOf(request);
      const shell = shellOf(request, language);
      head(response, 'text/html');
      if (!paper) {
        await send(request, response.status(404), nothingPage(shell), null);
        return;
      }
      if (disclosure.sees !== 'text') {
        const signedIn = who.actor.kind === 'member';
        await send(request, response.status(403), closedPage({...shell, paper, signedIn}), null);
        return;
      }
      const [text, acts] = await Promise.all([newestText(paper), store.ledger.lastSeq(`paper:${paper.id}`)]);
      const since = sinceOf(request, paper, text);
      const mayWrite = refuseWriting(paper.mode, roleIn(who.actor, paper.consultation)) === null;
      const etag = tagUnlessKnown(
        request,
        response,
        'page',
        paper,
        text.id,
        acts,
        shell.path,
        shell.choices,
        language,
        mayWrite,
        since,
      );
      if (etag === null) return;
      const [consultation, changedAt] = await Promise.all([
        store.consultations.find(paper.consultation),
        changedAtOf(paper, text),
      ]);
      const page = readingPage({...shell, paper, consultation, text, changedAt, acts, mayWrite, since});
      await send(request, response, page, etag);
    },

    async text(request, response) {
      const {paper, language, disclosure} = await readingOf(request);
      head(response, 'text/plain');
      if (!paper || disclosure.sees !== 'text') {
        await send(request, response.status(paper ? 403 : 404), refusedText(paper, language), null);
        return;
      }
      const text = await newestText(paper);
      const etag = tagUnlessKnown(request, response, 'text', paper.id, text.id);
      if (etag === null) return;
      response.setHeader('content-language', paper.language);
      await send(request, response, canonicalText(text.paragraphs.map(({source}) => source)), etag);
    },

    async paragraphs(request, response) {
      const {paper, disclosure} = await readingOf(request);
      if (!paper) throw new Refusal('not-found');
      if (disclosure.sees !== 'text') throw new Refusal('paper.closed');
      head(response, 'application/json');
      const {id, paragraphs} = await newestText(paper);
      const etag = tagUnlessKnown(request, response, 'paragraphs', paper.id, id);
      if (etag === null) return;
      const named = paragraphs.map(paragraph => ({
        name: paragraph.source.name,
        label: paragraph.label,
        html: paragraphHtml(paragraph, paper.language),
      }));
      await send(request, response, JSON.stringify({id, language: paper.language, paragraphs: named}), etag);
    },

    async events(request, response) {
      const {paper, disclosure} = await readingOf(request);
      if (!paper) throw new Refusal('not-found');
      if (disclosure.sees !== 'text') throw new Refusal('paper.closed');
      if (closing || followers >= mostFollowers) {
        response.setHeader('retry-after', '30');
        throw new Refusal('server.busy');
      }
      const stream = streamOf(paper);
      await stream.whileJoining(async () => {
        let judged = stream.paper;
        let standing = await stream.disclosureTo(request);
        // Between judging and joining the policy must not have changed.
        while (judged !== stream.paper) {
          judged = stream.paper;
          standing = await stream.disclosureTo(request);
        }
        const now = standing.disclosure;
        if (now.sees === 'nothing') throw new Refusal('not-found');
        if (now.sees === 'title') throw new Refusal('paper.closed');
        follow(stream, request, response, standing.member, now.attributions);
      });
    },

    async asset(request, response) {
      const content = files.get(String(request.params['file']));
      if (content === undefined) throw new Refusal('not-found');
      response.setHeader(
        'content-type',
        `text/${String(request.params['file']).endsWith('.js') ? 'javascript' : 'css'}; charset=utf-8`,
      );
      response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      response.vary('Accept-Encoding');
      await send(request, response, content, String(request.params['file']));
    },

    following: paper => open.get(paper)?.followers.size ?? 0,

    rejudgeMember(member) {
      for (const stream of open.values()) {
        const theirs = [...stream.followers].filter(follower => follower.member === member);
        if (theirs.length > 0) stream.rejudge(theirs).then(settle => settle(), onError);
      }
    },

    stats: () => ({followers, papers: open.size, framesMade, slowOnesDropped}),

    async close() {
      closing = true;
      clearInterval(beating);
      for (const stream of open.values()) {
        for (const follower of stream.followers) follower.outlet.end(retry(1000 + Math.random() * 9000));
        stream.end();
      }
      open.clear();
    },
  };

  function follow(
    stream: PaperStream,
    request: Request,
    response: Response,
    member: MemberId | null,
    names: boolean,
  ): void {
    const outlet = openOutlet(request, response, {mostWaiting, onTooSlow: () => slowOnesDropped++});
    if (!outlet) return;
    const id = idOf(request.headers['last-event-id']) ?? idOf(request.query['from']);
    const follower: Follower = {request, tick: tickOf(request.query['tick']), outlet, member, names};
    followers++;
    response.once('close', () => {
      followers--;
      stream.leave(follower);
    });
    stream.join(follower, id, retry(2000 + Math.random() * 3000));
  }
}
