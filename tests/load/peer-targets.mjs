// This server as a target of the load generator that measures it beside others: plain JavaScript, since it loads it so.
// Every writer is a member of their own with a sign-in of their own; what is typed passes the same doors, guard and log
// as in production. Rates are off, since a hundred writers share one address here.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const postgres = process.env.BENCH_DATABASE_URL;

const cookies = [];
const origin = port => `http://127.0.0.1:${port}`;

async function signIn(port, as, role) {
  const answer = await fetch(`${origin(port)}/api/demo/sign-in`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({as, ...(role ? {role} : {})}),
  });
  if (!answer.ok) throw new Error(`Signing in as ${as} answered ${answer.status}.`);
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

async function untilReady(port) {
  for (let turn = 0; turn < 2400; turn++) {
    const ready = await fetch(`${origin(port)}/readyz`).catch(() => null);
    if (ready?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('The server did not become ready.');
}

/** After each start: people sign in, and papers that are not there yet are made, without a word in them. */
async function prepare({port, docs, people}) {
  await untilReady(port);
  const dina = await signIn(port, 'dina');
  cookies.length = 0;
  for (let index = 0; index < people; index += 1) cookies.push(await signIn(port, `bench-${index}`, 'delegate'));
  for (const slug of docs) {
    const answer = await fetch(`${origin(port)}/api/papers`, {
      method: 'POST',
      headers: {'content-type': 'application/json', cookie: dina},
      body: JSON.stringify({consultation: 'copenhagen', slug, title: slug, mode: 'open', publication: 'public'}),
    });
    if (answer.status !== 201 && answer.status !== 409) {
      throw new Error(`Making a paper answered ${answer.status}: ${await answer.text()}`);
    }
  }
}

/** A database for this folder alone, made where it is not there yet. */
function databaseOf(dataDir) {
  const url = new URL(postgres);
  const name = `bench_${createHash('sha256').update(basename(dataDir)).digest('hex').slice(0, 16)}`;
  const make = `
    import pg from 'pg';
    const client = new pg.Client({connectionString: ${JSON.stringify(postgres)}});
    await client.connect();
    const {rowCount} = await client.query('select 1 from pg_database where datname = $1', ['${name}']);
    if (!rowCount) await client.query('create database ${name}');
    await client.end();`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', make], {cwd: join(root, 'packages/store')});
  url.pathname = `/${name}`;
  return String(url);
}

function start(database) {
  return ({port, dataDir}) => ({
    cmd: process.execPath,
    args: [join(root, 'apps/server/dist/serve.js')],
    cwd: root,
    env: {
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: '1',
      LIMITS: 'off',
      NODE_ENV: 'production',
      DATABASE_URL: database(dataDir),
    },
  });
}

const room = {
  protocol: 'y-websocket',
  shape: 'flat',
  crdt: true,
  persistent: true,
  url: ({port, doc}) => `ws://127.0.0.1:${port}/rooms/${doc}`,
  headers: ({i}) => ({cookie: cookies[i % cookies.length]}),
  prepare,
};

export const targets = {
  'plenary-pglite': {...room, start: start(() => '')},
  // Those who follow read the stream of the paper; they need no account.
  'plenary-stream': {
    ...room,
    protocol: {writer: 'y-websocket', follower: 'sse'},
    url: ({port, doc, role}) =>
      role === 'follower' ? `${origin(port)}/read/${doc}/events?tick=1000` : `ws://127.0.0.1:${port}/rooms/${doc}`,
    headers: ({i, role}) => (role === 'follower' ? {} : {cookie: cookies[i % cookies.length]}),
    start: start(() => ''),
  },
  ...(postgres ? {'plenary-postgres': {...room, start: start(databaseOf)}} : {}),
};
