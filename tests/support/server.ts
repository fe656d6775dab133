import {spawn, type ChildProcess} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The built server in a process of its own, on a free port and a data folder that goes when it stops for good. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Everything it has printed. */
  output(): string;
  /** SIGKILL: no goodbye, no flush. */
  crash(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

export async function startServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'plenary-test-'));
  const prepared = process.env.PREPARED_FOLDER;
  if (prepared && Object.keys(environment).every(name => name === 'LIMITS')) {
    cpSync(prepared, dataDir, {recursive: true});
  }
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [join(root, 'apps/server/dist/serve.js')], {
      cwd: root,
      env: {...cleanEnvironment(), PORT: String(port), DATA_DIR: dataDir, ...environment},
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stdout.on('data', chunk => (output += String(chunk)));
    started.stderr.on('data', chunk => (output += String(chunk)));
    const ended = new Promise<never>((_resolve, reject) =>
      started.once('exit', code => reject(new Error(`The server ended with ${code}:\n${output.slice(-3000)}`))),
    );
    ended.catch(() => undefined);
    await Promise.race([
      ended,
      until(async () => (await fetch(`${url}/readyz`)).ok, 120_000, 'the server to be ready'),
    ]);
  }

  function end(signal: NodeJS.Signals): Promise<number | null> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null)
      return Promise.resolve(running?.exitCode ?? null);
    return new Promise(resolve => {
      running.once('exit', code => resolve(code));
      running.kill(signal);
    });
  }

  await start();
  return {
    url,
    port,
    dataDir,
    output: () => output,
    crash: async () => void (await end('SIGKILL')),
    signal: name => void child?.kill(name),
    stop: () => end('SIGTERM'),
    start,
    remove: async () => {
      await end('SIGKILL');
      rmSync(dataDir, {recursive: true, force: true});
    },
  };
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const {DATABASE_URL: _database, REDIS_URL: _redis, DEMO: _demo, ...environment} = process.env;
  return {...environment, NODE_ENV: 'production'};
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Waits until the condition holds; a condition that throws does not hold yet. */
export async function until(holds: () => Promise<boolean> | boolean, ms: number, what: string): Promise<void> {
  const end = Date.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`Waited ${ms} ms in vain for ${what}`, {cause: last});
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
