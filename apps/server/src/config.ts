import {isAbsolute, resolve} from 'node:path';
import {z} from 'zod';

/** What the operator decided, read once from the environment. */
export interface Config {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Origin that people open, without a trailing slash; null: the address that the server listens on. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** Signs sign-in cookies; null: made and kept in the data folder. */
  readonly secret: string | null;
  /** `smtp://…`, `smtps://…`, or `folder:` with a path (messages become files). */
  readonly mailUrl: string;
  /** As express understands it: how many proxies stand in front, or which. */
  readonly trustProxy: boolean | number | string;
  /** Rate limits; other limits always hold. */
  readonly limits: boolean;
  readonly demo: boolean;
}

/** The environment cannot be used; `message` says why, a sentence a line. */
export class ConfigProblem extends Error {
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigProblem';
  }
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

function address(protocols: readonly string[]) {
  return z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol));
}

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine(port => port < 65_536)
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/)
    .default('127.0.0.1'),
  PUBLIC_URL: address(['http:', 'https:'])
    .refine(text => URL.canParse(text) && new URL(text).pathname === '/')
    .transform(text => (URL.canParse(text) ? new URL(text).origin : text))
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: address(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: address(['redis:', 'rediss:']).optional(),
  SECRET: z.string().min(16).optional(),
  MAIL_URL: address(['smtp:', 'smtps:', 'folder:']).optional(),
  TRUST_PROXY: z.string().optional(),
  LIMITS: z.enum(['on', 'off']).default('on'),
  DEMO: z.enum(['0', '1']).optional(),
});

const wanted: Record<keyof z.infer<typeof environment>, string> = {
  PORT: 'PORT must be a number from 0 to 65535',
  HOST: 'HOST must be a host name or an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PUBLIC_URL: 'PUBLIC_URL must be the address that people open, such as https://plenary.example.org, without a path',
  DATA_DIR: 'DATA_DIR must name a folder',
  DATABASE_URL: 'DATABASE_URL must begin with postgres://',
  REDIS_URL: 'REDIS_URL must begin with redis:// or rediss://',
  SECRET: 'SECRET must have at least 16 characters',
  MAIL_URL: 'MAIL_URL must begin with smtp://, smtps:// or folder:',
  TRUST_PROXY: 'TRUST_PROXY must be 1, a number of proxies, or their addresses',
  LIMITS: 'LIMITS must be on or off',
  DEMO: 'DEMO must be 0 or 1',
};

/** Secrets are never repeated in a sentence. */
const unspoken = new Set(['SECRET', 'DATABASE_URL', 'REDIS_URL', 'MAIL_URL']);

/** Throws `ConfigProblem` with a sentence for every value that cannot be used. An empty value counts as unset. */
export function readConfig(given: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(given).filter(([name, value]) => name in wanted && value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(issue => String(issue.path[0]) as keyof typeof wanted));
    throw new ConfigProblem(
      [...names].map(name => `${wanted[name]}${unspoken.has(name) ? '' : `; it is “${given[name] ?? ''}”`}.`),
    );
  }
  const values = parsed.data;
  const dataDir = isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(values.DATA_DIR);
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    secret: values.SECRET ?? null,
    mailUrl: values.MAIL_URL ?? `folder:${resolve(dataDir, 'mail')}`,
    trustProxy: trustProxy(values.TRUST_PROXY),
    limits: values.LIMITS === 'on',
    demo: values.DEMO === undefined ? isLoopback(values.HOST) && !values.DATABASE_URL : values.DEMO === '1',
  };
}

function trustProxy(text: string | undefined): boolean | number | string {
  if (text === undefined || text === '0' || text === 'false') return false;
  if (text === 'true') return 1;
  return /^\d+$/.test(text) ? Number(text) : text;
}
