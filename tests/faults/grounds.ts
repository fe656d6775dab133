import {cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {copyMadeFolder, freshPostgres} from '@plenary/store/testing/test-databases';
import {call, signIn} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';
import {Wire} from '../support/wire.ts';
import {Typists} from './typists.ts';

/** `machines`: two servers share one PostgreSQL and one Redis. */
export type DatabaseKind = 'embedded' | 'postgres' | 'machines';

export interface Machine {
  readonly server: TestServer;
  /** Between those who write and this server. */
  readonly wire: Wire;
}

/** A built server in a process of its own, with lines that can be cut: to those who write, and to its database. */
export interface Grounds {
  readonly server: TestServer;
  /** Where people reach it, by the wire. */
  readonly url: string;
  readonly dataDir: string;
  /** Between those who write and the server; what the campaign asks itself goes another way. */
  readonly wire: Wire;
  /** Between the server and PostgreSQL; null: the database is in the server's process. */
  readonly database: Wire | null;
  /** Between the first server and Redis, where there are two of them. */
  readonly bus: Wire | null;
  /** The second server; of those who are seated, every other one writes there. */
  readonly second: Machine | null;
  /** Makes a paper and seats people in it. `joined`: how long ago by the server's clock they joined, in milliseconds. */
  seat(count: number, names?: string, joined?: number): Promise<{readonly paper: string; readonly typists: Typists}>;
  /** The canonical text, as the log has it. */
  read(paper: string): Promise<string>;
  /** What `inside.mjs` does in the server's process; resolves when it does. */
  order(order: {readonly clock?: number; readonly stall?: number}): Promise<void>;
  /** While this file exists, the embedded database can write nothing. */
  readonly diskSwitch: string;
  close(): Promise<void>;
}

export async function openGrounds(kind: DatabaseKind): Promise<Grounds> {
  const wire = await Wire.open();
  const url = `http://127.0.0.1:${wire.port}`;
  const postgres = kind === 'embedded' ? null : await postgresBehindWire();
  const bus = kind === 'machines' ? await redisBehindWire() : null;
  const orders = mkdtempSync(join(tmpdir(), 'plenary-faults-'));
  const diskSwitch = join(orders, 'disk-is-full');
  const dataDir = join(orders, 'data');
  if (!postgres) {
    mkdirSync(dataDir);
    const prepared = process.env['PREPARED_FOLDER'];
    if (prepared) cpSync(prepared, dataDir, {recursive: true});
    else await copyMadeFolder(dataDir);
  }
  const server = await startServer({
    LIMITS: 'off',
    DEMO: '1',
    DATA_DIR: dataDir,
    PUBLIC_URL: url,
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'inside.mjs')).href}`,
    FAULT_ORDERS: join(orders, 'order.json'),
    FAULT_DISK: diskSwitch,
    ...(postgres && {DATABASE_URL: postgres.url}),
    ...(bus && {REDIS_URL: bus.url, SECRET: sharedSecret}),
  });
  wire.lead(server.port);
  const second = bus && postgres ? await openSecond(join(orders, 'second'), postgres.direct, bus.direct) : null;
  const chair = await signIn(server.url, 'dina');
  let papers = 0;

  async function order(given: Parameters<Grounds['order']>[0]): Promise<void> {
    const path = join(orders, 'order.json');
    writeFileSync(path, JSON.stringify(given));
    server.signal('SIGUSR2');
    await until(() => !existsSync(path), 10_000, 'the order to be read');
  }

  return {
    server,
    url,
    dataDir,
    wire,
    database: postgres?.wire ?? null,
    bus: bus?.wire ?? null,
    second,
    diskSwitch,
    async seat(count, names, joined = 0) {
      const paper = `fault-${++papers}`;
      const body = {consultation: 'copenhagen', slug: paper, title: paper, text: 'Start. '};
      const {status} = await call(server.url, chair, 'POST', '/api/papers', body);
      if (status !== 201) throw new Error(`Creating the paper answered ${status}.`);
      const servers = [url, ...(second ? [`http://127.0.0.1:${second.wire.port}`] : [])];
      if (joined > 0) await order({clock: -joined});
      const typists = await Typists.sitDown({servers, paper, count, ...(names && {names})});
      if (joined > 0) await order({clock: 0});
      return {paper, typists};
    },
    async read(paper) {
      const {status, body} = await call<string>(server.url, chair, 'GET', `/read/${paper}.txt`);
      if (status !== 200) throw new Error(`Reading the paper answered ${status}.`);
      return body;
    },
    order,
    async close() {
      await wire.close();
      await second?.wire.close();
      await second?.server.remove();
      await server.remove();
      await bus?.wire.close();
      await postgres?.drop();
      rmSync(orders, {recursive: true, force: true});
    },
  };
}

const sharedSecret = 'a secret that two machines share';

/** Another machine, with lines of its own to people, to PostgreSQL and to Redis. */
async function openSecond(dataDir: string, databaseUrl: string, redisUrl: string): Promise<Machine> {
  const wire = await Wire.open();
  const server = await startServer({
    LIMITS: 'off',
    DEMO: '1',
    DATA_DIR: dataDir,
    PUBLIC_URL: `http://127.0.0.1:${wire.port}`,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SECRET: sharedSecret,
  });
  wire.lead(server.port);
  return {server, wire};
}

async function redisBehindWire(): Promise<{readonly url: string; readonly direct: string; readonly wire: Wire}> {
  const direct = process.env['TEST_REDIS_URL'];
  if (!direct) throw new Error('TEST_REDIS_URL must name a Redis.');
  const url = new URL(direct);
  const wire = await Wire.open();
  wire.lead(Number(url.port || 6379));
  url.hostname = '127.0.0.1';
  url.port = String(wire.port);
  return {url: url.href, direct, wire};
}

async function postgresBehindWire(): Promise<{
  readonly url: string;
  readonly direct: string;
  readonly wire: Wire;
  drop(): Promise<void>;
}> {
  const given = process.env['TEST_DATABASE_URL'];
  if (!given) throw new Error('TEST_DATABASE_URL must name a PostgreSQL.');
  const fresh = await freshPostgres(given);
  const url = new URL(fresh.url);
  const wire = await Wire.open();
  wire.lead(Number(url.port || 5432));
  url.hostname = '127.0.0.1';
  url.port = String(wire.port);
  return {
    url: url.href,
    direct: fresh.url,
    wire,
    async drop() {
      await wire.close();
      await fresh.drop();
    },
  };
}
