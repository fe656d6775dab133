import {json, type Express, type Request, type RequestHandler, type Response} from 'express';
import type {z} from 'zod';
import type {Language} from '@plenary/domain/languages';
import type {Actor} from '@plenary/domain/members/actor';
import {Refusal} from '@plenary/domain/refusal';
import {doors, type Door} from '@plenary/domain/rights/doors';
import {requireRight, rights, type Grant} from '@plenary/domain/rights/permissions';
import type {App} from '../app.ts';
import {languageOf} from './language.ts';
import type {RateName} from './limits.ts';
import type {RequestLocals} from './refuse.ts';
import {whoIs} from './who.ts';

export type HttpDoor = Extract<Door, `${'GET' | 'POST' | 'PATCH' | 'ALL'} /${string}`>;

/** The server's ways in over HTTP, as they are being opened. */
export interface Web {
  readonly app: App;
  readonly express: Express;
  /** For the description at `/api/openapi.json`. */
  readonly described: Described[];
}

export interface Described {
  readonly door: HttpDoor;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is also taken as a form with a file. */
  readonly takesFile?: boolean;
  readonly answer?: z.ZodType;
  readonly status?: number;
}

type None = z.ZodType<Record<string, never>>;

export interface RouteOptions<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer?: Answer;
  /** 200 unless said. */
  readonly status?: number;
  /** `read` for GET, `write` for all others unless said. */
  readonly rate?: RateName;
  /** Most bytes of a JSON body; 64 KiB unless said. */
  readonly mostBytes?: number;
  /** Reads a body that is not JSON; undefined: it is JSON. */
  readonly readBody?: (request: Request) => Promise<unknown> | undefined;
}

export interface Asked<Query, Body> {
  readonly actor: Actor;
  readonly language: Language;
  readonly query: Query;
  readonly body: Body;
  /** A parameter of the path; every door's parameters are there when its handler runs. */
  param(name: string): string;
  readonly request: Request;
  readonly response: Response;
}

/**
 * Opens a door of the API: finds out who asks, checks the door's right (one that a mandate gives is checked by the
 * service, which knows the consultation), parses, and answers with JSON.
 */
export function route<
  Query extends z.ZodType = None,
  Body extends z.ZodType = None,
  Answer extends z.ZodType = z.ZodType,
>(
  web: Web,
  door: HttpDoor,
  options: RouteOptions<Query, Body, Answer>,
  handler: (asked: Asked<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer>>,
): void {
  const {app} = web;
  const reads = door.startsWith('GET');
  const {summary, query, body, answer, status, readBody} = options;
  web.described.push({
    door,
    summary,
    ...(query && {query}),
    ...(body && {body}),
    ...(answer && {answer}),
    ...(status && {status}),
    ...(readBody && {takesFile: true}),
  });
  const parseJson = json({limit: options.mostBytes ?? 65_536});

  open(web, door, async (request, response) => {
    const locals = response.locals as RequestLocals;
    const who = await whoIs(app, request);
    locals.language = languageOf(request, who.language);
    requireDoor(who.actor, door, app.accounts.hasCookie(request.headers.cookie));
    app.limits.spend(options.rate ?? (reads ? 'read' : 'write'), limitKey(who.actor, request));
    const other = body && readBody?.(request);
    if (body && !other) await parsed(parseJson, request, response);
    const given: unknown = other ? await other : request.body;
    const value = await handler({
      actor: who.actor,
      language: locals.language,
      query: (query ? query.parse(request.query) : {}) as z.output<Query>,
      body: (body ? body.parse(given ?? {}) : {}) as z.output<Body>,
      param: name => paramOf(request, name),
      request,
      response,
    });
    // It sent a file by itself.
    if (response.writableEnded) return;
    response.setHeader('Cache-Control', 'no-store');
    // A handler may say another status by itself.
    response.status(status ?? response.statusCode).json(value);
  });
}

/** Opens a door whose handler answers by itself: pages, streams, what is not JSON. */
export function open(web: Web, door: HttpDoor, handler: (request: Request, response: Response) => unknown): void {
  const [method, path] = door.split(' ') as ['GET' | 'POST' | 'PATCH' | 'ALL', string];
  // A wildcard alone does not match the empty path.
  const paths = path === '/*page' ? ['/', path] : path;
  const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'all';
  web.express[verb](paths, async (request: Request, response: Response) => {
    (response.locals as RequestLocals).door = door;
    response.once('finish', () => web.app.counts.answered(door, response.statusCode));
    await handler(request, response);
  });
}

/** A parameter of the path. */
export function paramOf(request: Request, name: string): string {
  const value: unknown = request.params[name];
  if (typeof value !== 'string') throw new Error(`This door has no parameter “${name}”.`);
  return value;
}

/** Who a rate limit counts: the member, or the address when nobody is signed in. */
export function limitKey(actor: Actor, request: Request): string {
  return actor.kind === 'member' ? actor.member : addressOf(request);
}

/** For limits alone: it is never stored and never logged. */
export function addressOf(request: Request): string {
  return request.ip ?? 'unknown';
}

function requireDoor(actor: Actor, door: HttpDoor, hasCookie: boolean): void {
  const right = doors[door];
  const grant: Grant = rights[right];
  if ('anyone' in grant) return;
  if (actor.kind === 'follower') throw new Refusal(hasCookie ? 'sign-in.again' : 'sign-in.required');
  if (!('roles' in grant)) requireRight(actor, right);
}

function parsed(parser: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void parser(request, response, (error?: Error | string) => (error ? reject(error) : resolve()));
  });
}
