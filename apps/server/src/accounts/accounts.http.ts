import type {IncomingMessage} from 'node:http';
import {z} from 'zod';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {languages} from '@plenary/domain/languages';
import {demoSignIn, handle} from '@plenary/protocol/api/people';
import {addressOf, open, route, type Web} from '../core/route.ts';
import {whoIs} from '../core/who.ts';
import {judgeMemberAgain} from '../people/members.service.ts';
import {longestPassword, shortestPassword} from './accounts.ts';
import {completeSignUp, signInToDemonstration} from './accounts.service.ts';

const mostBytes = 16_384;

/** better-auth's endpoints that are open here; all others answer as if they did not exist. */
const endpoints = {
  'POST sign-up/email': 'sign-up',
  'POST sign-in/email': 'sign-in',
  'POST sign-out': 'write',
  'POST request-password-reset': 'sign-in',
  'POST reset-password': 'sign-in',
  'POST change-password': 'sign-in',
} as const;
type Endpoint = keyof typeof endpoints;

const password = z.string().min(shortestPassword).max(longestPassword);
const email = z.email().max(200);
const bodies = {
  'POST sign-up/email': z
    .object({
      handle: handle.optional(),
      name: handle.optional(),
      email,
      password,
      language: z.enum(languages).optional(),
    })
    .transform(({handle, name, ...rest}) => ({...rest, name: handle ?? name ?? ''}))
    .refine(({name}) => name !== '', {path: ['handle']}),
  'POST sign-in/email': z.object({
    email,
    password: z.string().max(longestPassword),
    rememberMe: z.boolean().optional(),
  }),
  'POST sign-out': z.object({}),
  'POST request-password-reset': z.object({email}),
  'POST reset-password': z.object({token: z.string().max(100), newPassword: password}),
  'POST change-password': z.object({
    currentPassword: z.string().max(longestPassword),
    newPassword: password,
    revokeOtherSessions: z.boolean().optional(),
  }),
} satisfies Record<Endpoint, z.ZodType>;

/** What better-auth says, as we say it. Anything else that it refuses is input that we let through and it did not. */
const refusals: Record<string, RefusalCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'sign-in.wrong',
  INVALID_PASSWORD: 'sign-in.wrong',
  USER_ALREADY_EXISTS: 'email.taken',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email.taken',
  INVALID_TOKEN: 'invitation.invalid',
  UNAUTHORIZED: 'sign-in.again',
};

export function openAccounts(web: Web): void {
  const {app} = web;
  open(web, 'ALL /api/auth/*rest', async (request, response) => {
    const path = (request.path.split('/api/auth/')[1] ?? '').replace(/\/+$/, '');
    const endpoint = `${request.method} ${path}`;
    if (!isEndpoint(endpoint)) throw new Refusal('not-found');
    app.limits.spend(endpoints[endpoint], addressOf(request));
    const parsed: unknown = bodies[endpoint].parse(await readJson(request));
    const body = parsed as {name?: string; email?: string; language?: (typeof languages)[number]};
    if (endpoint === 'POST sign-in/email') app.limits.spend('sign-in-account', (body.email ?? '').toLowerCase());
    if (endpoint === 'POST request-password-reset') {
      app.limits.spend('password-mail', (body.email ?? '').toLowerCase());
    }
    if (endpoint === 'POST sign-up/email' && (await app.store.members.findByHandle(body.name ?? ''))) {
      throw new Refusal('handle.taken');
    }
    const before = endpoint === 'POST sign-out' ? (await whoIs(app, request)).actor : null;
    const answer = await app.accounts.answer(
      new Request(`${app.address()}/api/auth/${path}`, {
        method: 'POST',
        // Only what signs in: no agent and no address reaches the accounts.
        headers: {'content-type': 'application/json', cookie: request.headers.cookie ?? ''},
        body: JSON.stringify(parsed),
      }),
    );
    const text = await answer.text();
    const said = parseJson(text);
    if (!answer.ok) throw refusalOf(answer.status, said);
    if (endpoint === 'POST sign-up/email') {
      const {user} = z.object({user: z.object({id: z.string()})}).parse(said);
      await completeSignUp(app, user.id, {handle: body.name ?? '', language: body.language ?? null});
    }
    for (const cookie of answer.headers.getSetCookie()) response.append('Set-Cookie', cookie);
    if (before?.kind === 'member') judgeMemberAgain(app, before.member);
    response.setHeader('Cache-Control', 'no-store');
    response.json({done: true});
  });

  route(
    web,
    'POST /api/demo/sign-in',
    {
      summary: 'Signs in as someone of the demonstration, who is made first where needed',
      body: demoSignIn,
      answer: z.object({as: z.string()}),
      rate: 'demonstration',
    },
    async ({body, response}) => {
      response.append('Set-Cookie', await signInToDemonstration(app, body));
      return {as: body.as};
    },
  );
}

function isEndpoint(text: string): text is Endpoint {
  return Object.hasOwn(endpoints, text);
}

function refusalOf(status: number, said: unknown): Refusal {
  const code = typeof said === 'object' && said !== null && 'code' in said ? String(said.code) : '';
  const known = refusals[code];
  if (known) return new Refusal(known);
  return new Refusal(status === 401 ? 'sign-in.wrong' : status >= 500 ? 'server.failed' : 'input.invalid');
}

/** The body as JSON, whatever it calls itself; nothing counts as an empty object. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new Refusal('input.too-large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  if (parsed === undefined) throw new Refusal('input.unreadable');
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
