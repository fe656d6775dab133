import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {copyMadeFolder, freshPostgres} from '@plenary/store/testing/test-databases';
import {call, signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';
import {Wire} from '../support/wire.ts';
import {Typists} from './typists.ts';

export type DatabaseKind = 'embedded' | 'postgres';

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
  /** Makes a paper and seats people in it. */
  seat(count: number, names?: string): Promise<{readonly paper: string; readonly typists: Typists}>;
  /** The canonical text, as the log has it. */
  read(paper: string): Promise<string>;
  /** What `tests/faults/inside.mjs` does in the server's process. */
  order(order: {readonly clock?: number; readonly stall?: number}): Promise<void>;
  /** While this file exists, the embedded database can write nothing. */
  readonly diskSwitch: string;
  close(): Promise<void>;
}

export async function openGrounds(kind: DatabaseKind): Promise<Grounds> {
  const wire = await Wire.open();
  const url = `http://127.0.0.1:${wire.port}`;
  const postgres = kind === 'postgres' ? await postgresBehindWire() : null;
  const orders = mkdtempSync(join(tmpdir(), 'plenary-faults-'));
  const diskSwitch = join(orders, 'disk-is-full');
  const dataDir = join(orders, 'data');
  if (!postgres) {
    mkdirSync(dataDir);
    await copyMadeFolder(dataDir);
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
  });
  wire.lead(server.port);
  const chair = await signIn(server.url, 'dina');
  let papers = 0;

  return {
    server,
    url,
    dataDir,
    wire,
    database: postgres?.wire ?? null,
    diskSwitch,
    async seat(count, names) {
      const paper = `fault-${++papers}`;
      const body = {consultation: 'copenhagen', slug: paper, title: paper, text: 'Start. '};
      const {status} = await call(server.url, chair, 'POST', '/api/papers', body);
      if (status !== 201) throw new Error(`Creating the paper answered ${status}.`);
      const typists = await Typists.sitDown({server: url, paper, count, ...(names && {names})});
      return {paper, typists};
    },
    async read(paper) {
      const {status, body} = await call<string>(server.url, chair, 'GET', `/read/${paper}.txt`);
      if (status !== 200) throw new Error(`Reading the paper answered ${status}.`);
      return body;
    },
    async order(order) {
      writeFileSync(join(orders, 'order.json'), JSON.stringify(order));
      server.signal('SIGUSR2');
    },
    async close() {
      await wire.close();
      await server.remove();
      await postgres?.drop();
      rmSync(orders, {recursive: true, force: true});
    },
  };
}

async function postgresBehindWire(): Promise<{readonly url: string; readonly wire: Wire; drop(): Promise<void>}> {
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
    wire,
    async drop() {
      await wire.close();
      await fresh.drop();
    },
  };
}
