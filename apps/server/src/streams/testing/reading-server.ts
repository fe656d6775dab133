import {createServer} from 'node:http';
import type {IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import express from 'express';
import type {Request, Response} from 'express';
import {pino} from 'pino';
import {follower} from '@plenary/domain/members/actor';
import type {MemberId} from '@plenary/domain/ids';
import {roleIn} from '@plenary/domain/members/actor';
import type {Publication, DraftingMode} from '@plenary/domain/papers/paper';
import type {Store, StoredPaperRow} from '@plenary/store/store';
import {createMemoryBus} from '../../adapters/bus.memory.ts';
import type {Bus} from '../../adapters/bus.ts';
import {createPaperActs} from '../../core/live-acts.ts';
import {createLive} from '../../core/live.ts';
import type {Live} from '../../core/live.ts';
import {errorEdge} from '../../core/refuse.ts';
import {securityHeaders} from '../../core/security.ts';
import {actorFrom} from '../../core/who.ts';
import type {Who} from '../../core/who.ts';
import {buildReadAssets} from '../build-assets.ts';
import type {ReadAssets} from '../assets.ts';
import {createStreams} from '../streams.ts';
import type {Streams, StreamsOptions} from '../streams.ts';
import {DocTexts} from './doc-texts.ts';

export interface ReadingServer {
  readonly url: string;
  readonly texts: DocTexts;
  readonly streams: Streams;
  readonly live: Live;
  readonly bus: Bus;
  readonly errors: unknown[];
  /** Records the act as the product does: row and ledger in one transaction, a hint after it. */
  publish(paper: StoredPaperRow, publication: Publication, by?: MemberId): Promise<void>;
  setMode(paper: StoredPaperRow, mode: DraftingMode, by?: MemberId): Promise<void>;
  stop(): Promise<void>;
}

let assets: Promise<ReadAssets> | undefined;

/** Pages, streams and live events on a real socket; the cookie `as=<member>` says who asks. */
export async function startReading(
  store: Store,
  options: Partial<StreamsOptions> & {
    bus?: Bus;
    port?: number;
    lookEvery?: number;
    texts?: DocTexts;
    limits?: boolean;
  } = {},
): Promise<ReadingServer> {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const clock = options.clock ?? {now: () => Date.now()};
  const bus = options.bus ?? createMemoryBus(onError);
  const texts = options.texts ?? new DocTexts(store);
  const acts = createPaperActs({store, bus, clock, onError, lookEvery: options.lookEvery ?? 5000});
  async function whoIs(request: IncomingMessage): Promise<Who> {
    const id = /(?:^|; )as=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const member = id ? await store.members.find(id as MemberId) : null;
    return member
      ? {actor: await actorFrom({store, clock}, member), language: member.language}
      : {actor: follower, language: null};
  }
  assets ??= buildReadAssets();
  const streams = createStreams({store, acts, clock, whoIs, assets: await assets, onError, ...options, texts});
  const live = createLive({
    store,
    bus,
    acts,
    clock,
    identify: async request => (await whoIs(request)).actor,
    allowedOrigin: origin => origin === undefined || origin === 'http://localhost',
    count: () => ({writing: 0, reading: 0}),
    following: paper => streams.following(paper),
    limits: options.limits ?? true,
    onError,
  });
  const app = express();
  app.use(securityHeaders({publicUrl: null}));
  type Handler = (request: Request, response: Response) => Promise<void>;
  const routes: readonly (readonly [string, Handler])[] = [
    ['/read/:paper.txt', streams.text],
    ['/read/:paper/paragraphs', streams.paragraphs],
    ['/read/:paper/events', streams.events],
    ['/read/:paper', streams.page],
    ['/read-assets/:file', streams.asset],
  ];
  for (const [path, handler] of routes) app.get(path, (request, response) => handler(request, response));
  app.use(errorEdge(pino({level: 'silent'})));
  const server = createServer(app);
  live.attach(server);
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;

  async function record(
    paper: StoredPaperRow,
    by: MemberId | undefined,
    act: string,
    event: Record<string, unknown>,
    change: (papers: Store['papers'], at: number) => Promise<void>,
  ): Promise<void> {
    const at = clock.now();
    const actor = by ? await actorFrom({store, clock}, await found(store.members.find(by))) : null;
    await store.transaction(async tx => {
      await change(tx.papers, at);
      const role = actor ? roleIn(actor, paper.consultation) : 'chair';
      const entry = await tx.ledger.append({
        stream: `paper:${paper.id}`,
        act,
        at,
        actor: by ? {member: by, organisation: null, role} : null,
        event,
      });
      tx.afterCommit(() => bus.publish(`paper:${paper.id}`, {seq: entry.seq}));
    });
  }

  return {
    url: `http://127.0.0.1:${port}`,
    texts,
    streams,
    live,
    bus,
    errors,
    publish: (paper, publication, by) =>
      record(paper, by, 'paper.publication-set', {...publication}, (papers, at) =>
        papers.setPublication(paper.id, publication, at),
      ),
    setMode: (paper, mode, by) =>
      record(paper, by, 'paper.mode-set', {mode}, (papers, at) => papers.setMode(paper.id, mode, at)),
    async stop() {
      await live.close();
      await streams.close();
      acts.close();
      await bus.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function found<Value>(value: Promise<Value | null>): Promise<Value> {
  const it = await value;
  if (it === null) throw new Error('It is not there.');
  return it;
}
