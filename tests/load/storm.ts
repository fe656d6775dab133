import {fork, type ChildProcess} from 'node:child_process';
import {join} from 'node:path';
import {performance} from 'node:perf_hooks';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import {constituencies} from '@plenary/domain/organisations/organisation';
import type {OrganisationId} from '@plenary/domain/ids';
import {openStore} from '@plenary/store/open-store';
import {call, signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';
import {recordOf} from '../support/session-life.ts';
import {actOver, createSession} from '../support/sessions.ts';
import type {Order, Report} from './storm-clients.ts';

/**
 * A hall answers at once: every client, each of its own organisation, takes a position within ten seconds of the poll's
 * opening, and answers a temperature check in the same way; somebody works in another session meanwhile. One JSON line a
 * scenario. `CLIENTS=2000 WITHIN=8000 npm run bench -- storm`; with an empty database in `DATABASE_URL` on PostgreSQL.
 */
const {DATABASE_URL: databaseUrl} = process.env;
const clients = Number(process.env.CLIENTS ?? 2000);
const within = Number(process.env.WITHIN ?? 8000);
const processes = Math.min(4, Math.ceil(clients / 250));
/** One in ten asks twice. */
const twice = 0.1;

class Hall {
  readonly #children: ChildProcess[];

  constructor() {
    this.#children = Array.from({length: processes}, () =>
      fork(join(import.meta.dirname, 'storm-clients.ts'), [], {execArgv: ['--import', 'tsx']}),
    );
  }

  /** Gives each child its order, and resolves with what each reports of this kind. */
  async ask<Is extends Report['is']>(
    is: Is,
    order: (child: number) => Order,
  ): Promise<readonly Extract<Report, {is: Is}>[]> {
    return Promise.all(
      this.#children.map(
        (child, index) =>
          new Promise<Extract<Report, {is: Is}>>((resolve, reject) => {
            const hear = (report: Report): void => {
              if (report.is !== is) return;
              child.off('message', hear);
              resolve(report as Extract<Report, {is: Is}>);
            };
            child.on('message', hear);
            child.once('exit', code => reject(new Error(`Clients ended with ${code}.`)));
            child.send(order(index));
          }),
      ),
    );
  }

  go(): void {
    for (const child of this.#children) child.send({is: 'go'} satisfies Order);
  }

  end(): void {
    for (const child of this.#children) child.removeAllListeners('exit').kill();
  }
}

async function seatOrganisations({dataDir}: TestServer): Promise<readonly string[]> {
  const store = await openStore({dataDir, databaseUrl});
  const slugs = Array.from({length: clients}, (_nothing, index) => `storm-${index}`);
  await store.transaction(async tx => {
    for (const [index, slug] of slugs.entries()) {
      const organisation: Organisation = {
        id: `storm-organisation-${index}` as OrganisationId,
        slug,
        name: `Organisation ${index}`,
        constituency: constituencies[index % constituencies.length] ?? 'other',
        region: 'global',
      };
      await tx.organisations.create(organisation);
    }
  });
  await store.close();
  return slugs;
}

async function signInAll(url: string, organisations: readonly string[]): Promise<readonly string[]> {
  const cookies: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < organisations.length; index = next++) {
      const organisation = organisations[index] ?? '';
      cookies[index] = await signIn(url, organisation, {role: 'delegate', organisation});
    }
  };
  await Promise.all(Array.from({length: 10}, work));
  return cookies;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** An announcement every 200 ms in another session, until it is told to stop; resolves with how long each took. */
function workElsewhere(url: string, chair: string, session: string): () => Promise<readonly number[]> {
  const times: number[] = [];
  const work = {isOver: false};
  const working = (async () => {
    for (let turn = 0; !work.isOver; turn++) {
      const started = performance.now();
      await actOver(url, chair, session, 'announcement.make', {text: `Elsewhere ${turn}`});
      times.push(performance.now() - started);
      await new Promise(resolve => setTimeout(resolve, Math.max(0, 200 - (performance.now() - started))));
    }
  })();
  return async () => {
    work.isOver = true;
    await working;
    return times;
  };
}

async function storm(
  {url, chair, session, other, hall}: {url: string; chair: string; session: string; other: string; hall: Hall},
  kind: 'positions' | 'temperature',
): Promise<Record<string, unknown>> {
  const calm = workElsewhere(url, chair, other);
  await new Promise(resolve => setTimeout(resolve, 3000));
  const before = await calm();
  const opened = await actOver(url, chair, session, 'poll.open', {kind, question: `Storm of ${kind}`});
  const openedAt = Date.now();
  const poll = String(opened.value?.poll ?? '');
  const choices = kind === 'positions' ? ['support', 'reserve', 'oppose', 'abstain'] : ['warm', 'lukewarm', 'cold'];
  await hall.ask('ready', () => ({is: 'expect', poll, kind, choices, within, twice, total: clients}));
  const busy = workElsewhere(url, chair, other);
  const done = hall.ask('done', () => ({is: 'go'}));
  const reports = await done;
  const meanwhile = await busy();
  const latencies = reports.flatMap(report => report.latencies);
  const refusals = reports.flatMap(report => report.refusals);
  await actOver(url, chair, session, 'poll.close', {poll});
  const {body} = await call<{
    snapshot: {state: {polls: {id: string; state: {counts?: Record<string, number>}; answers: unknown[]}[]}};
  }>(url, chair, 'GET', `/api/sessions/${session}`);
  const closed = body.snapshot.state.polls.find(({id}) => id === poll);
  const counted = Object.values(closed?.state.counts ?? {}).reduce((sum, count) => sum + count, 0);
  const written = (await recordOf(url, chair, session)).filter(
    ({event}) => event.type === 'position.taken' && event.poll === poll,
  ).length;
  const acknowledged = latencies.length - refusals.length;
  return {
    scenario: `storm of ${kind}`,
    clients,
    withinMs: within,
    acknowledged,
    refused: refusals.length,
    counted,
    lost: Math.max(0, acknowledged - counted),
    doubled: kind === 'positions' ? Math.max(0, written - counted) : Math.max(0, counted - acknowledged),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    lastAcknowledgedMs: Math.max(...reports.map(report => report.lastAcknowledged)) - openedAt,
    sawAll: reports.reduce((sum, report) => sum + report.sawAll, 0),
    allSawAllMs: Math.max(...reports.map(report => report.allSawAll)) - openedAt,
    elsewhereBefore: {p50: quantile(before, 0.5), p99: quantile(before, 0.99)},
    elsewhereMeanwhile: {p50: quantile(meanwhile, 0.5), p99: quantile(meanwhile, 0.99)},
  };
}

const server = await startServer({LIMITS: 'off', ...(databaseUrl && {DATABASE_URL: databaseUrl, DEMO: '1'})});
const hall = new Hall();
try {
  await server.stop();
  const organisations = await seatOrganisations(server);
  await server.start();
  const {url} = server;
  const chair = await signIn(url, 'dina');
  const cookies = await signInAll(url, organisations);
  const {slug: session} = await createSession(url, chair, 'storm');
  const {slug: other} = await createSession(url, chair, 'elsewhere');
  for (const one of [session, other]) {
    for (const name of ['session.join', 'session.open']) await actOver(url, chair, one, name);
  }
  const came = performance.now();
  const share = Math.ceil(clients / processes);
  await hall.ask('come', index => ({
    is: 'come',
    url,
    session,
    cookies: cookies.slice(index * share, (index + 1) * share),
  }));
  const seconds = (performance.now() - came) / 1000;
  console.log(JSON.stringify({scenario: 'everyone comes', clients, seconds: Math.round(seconds * 10) / 10}));
  for (const kind of ['positions', 'temperature'] as const) {
    console.log(JSON.stringify(await storm({url, chair, session, other, hall}, kind)));
  }
} finally {
  hall.end();
  await server.remove();
}
