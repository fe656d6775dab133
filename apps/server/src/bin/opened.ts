import {randomBytes} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import pino from 'pino';
import {copenhagen} from '@plenary/scenes/copenhagen';
import type {Scene} from '@plenary/scenes/scene';
import {openStore} from '@plenary/store/open-store';
import type {Store} from '@plenary/store/store';
import {createMemoryBus} from '../adapters/bus.memory.ts';
import {createRedisBus} from '../adapters/bus.redis.ts';
import {steadyClock, systemClock} from '../adapters/clock.ts';
import {openMail} from '../adapters/mail.ts';
import {createApp, type RunningApp} from '../app.ts';
import {ConfigProblem, readConfig, type Config} from '../config.ts';
import {createLog} from '../core/log.ts';
import {castOf} from './scene-port.ts';

export const scenes: Readonly<Record<string, Scene>> = {copenhagen};

export function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

export function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** The database that the environment names, alone. */
export async function openInstanceStore(config: Config, log: (message: string) => void = complain): Promise<Store> {
  mkdirSync(config.dataDir, {recursive: true, mode: 0o700});
  return openStore({
    dataDir: config.dataDir,
    ...(config.databaseUrl !== null && {databaseUrl: config.databaseUrl}),
    log,
  });
}

export function secretOf(config: Config): string {
  return config.secret ?? keptSecret(config.dataDir);
}

/** The whole instance on the database that the environment names; it does not listen yet. */
export async function openInstance(config: Config): Promise<RunningApp> {
  const log = createLog(pino.destination({dest: 2, sync: true}));
  const store = await openInstanceStore(config, message => log.warn(message));
  try {
    const onError = (err: unknown): void => log.error({err}, 'The bus failed.');
    return await createApp(config, {
      store,
      bus: config.redisUrl === null ? createMemoryBus(onError) : await createRedisBus({url: config.redisUrl, onError}),
      clock: systemClock,
      steady: steadyClock,
      mail: openMail(config.mailUrl, senderOf(config)),
      log,
      secret: secretOf(config),
      cast: config.demo ? castOf(copenhagen) : [],
      // Set by `npm run dev`, whose pages are not built.
      ...(process.env['WEB_FOLDER'] && {webFolder: process.env['WEB_FOLDER']}),
    });
  } catch (error) {
    await store.close();
    throw error;
  }
}

function senderOf(config: Config): string {
  const host = config.publicUrl === null ? 'localhost' : new URL(config.publicUrl).hostname;
  return `Plenary <plenary@${host}>`;
}

/** Made on the first start: whoever has it can sign in as anybody, so only the operator may read it. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), {flag: 'wx', mode: 0o600});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8').trim();
}

/** The environment's values, or the end of the process with a sentence for each that cannot be used. */
export function configOrEnd(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    complain(error.message);
    process.exit(1);
  }
}

/** What went wrong, for whoever started the process: sentences, not a trace. */
export function sentenceOf(error: unknown, config: Config): string {
  const {code, message, cause} = error as NodeJS.ErrnoException & {cause?: unknown};
  if (code === 'EADDRINUSE') {
    return `Port ${config.port} is in use, perhaps by another Plenary. Stop that, or choose another port: PORT=3001 npm start`;
  }
  if (code === 'EACCES' && (error as NodeJS.ErrnoException).syscall === 'listen') {
    return `This user may not listen on port ${config.port}. Choose one above 1023: PORT=3000 npm start`;
  }
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${config.host} to listen on. Choose another HOST.`;
  const inner = cause instanceof Error ? ` (${cause.message})` : '';
  return `Plenary could not start: ${message}${inner}`;
}
