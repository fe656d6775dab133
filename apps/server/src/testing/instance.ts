import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Constituency} from '@plenary/domain/organisations/organisation';
import type {MandateRole} from '@plenary/domain/rights/roles';
import {openStore} from '@plenary/store/open-store';
import type {Store} from '@plenary/store/store';
import {createMemoryBus} from '../adapters/bus.memory.ts';
import type {Message} from '../adapters/mail.ts';
import {createApp, type Adapters, type App, type RunningApp} from '../app.ts';
import {addToCast} from '../accounts/accounts.service.ts';
import {readConfig, type Config} from '../config.ts';
import {addConsultation} from '../consultations/consultations.service.ts';
import {createLog} from '../core/log.ts';
import {addOrganisation} from '../organisations/organisations.service.ts';
import {grantMandate} from '../people/mandates.service.ts';

/** A whole instance on a database in memory, on a free port, with what it mails and logs at hand. */
export interface TestInstance {
  readonly url: string;
  readonly app: App;
  readonly store: Store;
  readonly running: RunningApp;
  readonly mails: Message[];
  /** Everything that was logged, as text. */
  log(): string;
  /** Hours and days pass at once. */
  pass(ms: number): void;
  /** A request with a member's cookie, JSON in and out. */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    asked?: {as?: string | undefined; body?: unknown; headers?: Record<string, string>; text?: string},
  ): Promise<{status: number; body: Body; headers: Headers}>;
  /** The cookie of someone of the cast, who is made first where needed. */
  signIn(as: string, role?: MandateRole, organisation?: string): Promise<string>;
  close(): Promise<void>;
}

/** `adapters` in place of a database and a bus of its own. */
export async function startInstance(
  environment: Record<string, string> = {},
  adapters: Partial<Pick<Adapters, 'store' | 'bus'>> = {},
): Promise<TestInstance> {
  const webFolder = mkdtempSync(join(tmpdir(), 'plenary-web-'));
  const config: Config = {...readConfig({DEMO: '1', LIMITS: 'off', ...environment}), port: 0};
  const store = adapters.store ?? (await openStore({memory: true}));
  const lines: string[] = [];
  const mails: Message[] = [];
  let ahead = 0;
  const running = await createApp(config, {
    store,
    bus: adapters.bus ?? createMemoryBus(),
    clock: {now: () => Date.now() + ahead},
    mail: {
      async send(message) {
        mails.push(message);
      },
      close: () => undefined,
    },
    log: createLog({write: line => void lines.push(line)}),
    secret: 'a secret that only this test knows',
    webFolder,
  });
  const {app} = running;
  await running.listen();
  const address = running.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

  return {
    url,
    app,
    store,
    running,
    mails,
    log: () => lines.join(''),
    pass: ms => void (ahead += ms),
    async call<Body>(
      method: string,
      path: string,
      asked: {as?: string | undefined; body?: unknown; headers?: Record<string, string>; text?: string} = {},
    ) {
      const sent = asked.text ?? (asked.body === undefined ? null : JSON.stringify(asked.body));
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(asked.as !== undefined && {cookie: asked.as}),
          ...(sent !== null && {'content-type': 'application/json'}),
          ...asked.headers,
        },
        body: sent,
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return {status: response.status, body: (isJson ? JSON.parse(text) : text) as Body, headers: response.headers};
    },
    async signIn(as, role, organisation) {
      const response = await fetch(`${url}/api/demo/sign-in`, {
        method: 'POST',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({as, role, organisation}),
      });
      if (!response.ok) throw new Error(`${as} could not sign in: ${await response.text()}`);
      return cookieOf(response.headers);
    },
    async close() {
      await running.close();
      rmSync(webFolder, {recursive: true, force: true});
    },
  };
}

export function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ');
}

/** The consultation `copenhagen` with an organisation for Ana, Ben and Cho each, and Dina in the chair. */
export async function seatCast({app}: TestInstance): Promise<void> {
  const seats: [castName: string, slug: string, constituency: Constituency][] = [
    ['ana', 'open-assemblies', 'civil-society'],
    ['ben', 'meridian-cloud', 'private-sector'],
    ['cho', 'valmora', 'government'],
  ];
  const {id: consultation} = await addConsultation(app, null, {
    slug: 'copenhagen',
    title: 'Copenhagen',
    mandate: 'To agree on a joint statement.',
    phase: 'drafting',
    phaseEndsAt: null,
  });
  for (const [castName, slug, constituency] of seats) {
    const {id} = await addOrganisation(app, null, {slug, name: `The ${slug}`, constituency, region: 'global'});
    const member = await addToCast(app, {castName, handle: castName});
    await grantMandate(app, {member: member.id, consultation, role: 'delegate', organisation: id, by: null});
  }
  const dina = await addToCast(app, {castName: 'dina', handle: 'Dina'});
  await grantMandate(app, {member: dina.id, consultation, role: 'chair', organisation: null, by: null});
}
