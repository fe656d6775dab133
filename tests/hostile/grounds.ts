import WebSocket from 'ws';
import * as Y from 'yjs';
import {readPaper} from '@plenary/paper/read';
import {call, signIn} from '../support/members.ts';
import {RawRoom} from '../support/raw-room.ts';
import {until} from '../support/server.ts';

/** Stands in every forged word. Where anybody reads it, an attack has succeeded. */
export const marker = '☠';

export interface Cookies {
  /** Chairs the consultation. */
  readonly chair: string;
  /** Writes with the rights of a delegate, and means harm. */
  readonly attacker: string;
  /** May read and not write. */
  readonly observer: string;
  /** Whose words the attacks are after. */
  readonly victim: string;
  readonly honest: readonly string[];
}

/** Where the attacks happen: an instance, a paper of it, and those who write there. */
export interface Grounds {
  readonly url: string;
  readonly paper: string;
  readonly cookies: Cookies;
  /** A connection of the attacker. */
  join(options?: {hello?: boolean; doc?: Y.Doc; cookie?: string}): Promise<RawRoom>;
  /** The paper as the world reads it. */
  text(): Promise<string>;
}

/** One way to do harm. Resolves with a sentence when it succeeded, with null when it did not. */
export interface Attack {
  readonly name: string;
  run(grounds: Grounds): Promise<string | null>;
}

/** Signs in by the demonstration's door. */
export async function demonstrationCookies(url: string): Promise<Cookies> {
  const delegate = (name: string) => signIn(url, name, {role: 'delegate'});
  const [chair, attacker, observer, victim, ...honest] = await Promise.all([
    signIn(url, 'dina'),
    delegate('mallory'),
    signIn(url, 'onlooker', {role: 'observer'}),
    delegate('victim'),
    delegate('honest-one'),
    delegate('honest-two'),
    delegate('honest-three'),
  ]);
  return {chair, attacker, observer, victim, honest};
}

export async function prepareGrounds(url: string, cookies: Cookies, consultation = 'copenhagen'): Promise<Grounds> {
  const {status, body} = await call<{slug: string}>(url, cookies.chair, 'POST', '/api/papers', {
    consultation,
    title: `Hostile grounds ${Date.now().toString(36)}`,
    text: 'The first paragraph stands.\n\nThe second paragraph stands too.\n\nThe third is the last.',
  });
  if (status !== 201) throw new Error(`Creating the paper answered ${status}: ${JSON.stringify(body)}`);
  return groundsOf(url, body.slug, cookies);
}

export function groundsOf(url: string, paper: string, cookies: Cookies): Grounds {
  return {
    url,
    paper,
    cookies,
    join: ({cookie = cookies.attacker, ...options} = {}) => RawRoom.join(url, cookie, paper, options),
    async text() {
      return (await call<string>(url, cookies.chair, 'GET', `/read/${paper}.txt`)).body;
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}

/** What the room said to something that was sent: it took it, refused it, hung up, or nothing within a second. */
export async function outcome(room: RawRoom, n: number): Promise<'taken' | 'refused' | 'closed' | 'silent'> {
  const said = (): 'taken' | 'refused' | 'closed' | null => {
    if (room.refused) return 'refused';
    if (room.closed !== undefined) return 'closed';
    return n > 0 && room.acknowledged >= n ? 'taken' : null;
  };
  await until(() => said() !== null, 1_000, 'an answer').catch(() => undefined);
  return said() ?? 'silent';
}

/** A clientID whose words the paper holds, that of the member who wrote them last. */
export function someAuthor(doc: Y.Doc): {client: number; clock: number} {
  const [client, clock] = [...Y.decodeStateVector(Y.encodeStateVector(doc))].at(-1) ?? [1, 0];
  return {client, clock};
}

export function namesOf(doc: Y.Doc): string[] {
  return readPaper(doc).map(({name}) => name);
}

/** A plain WebSocket of the attacker to any path. */
export function socketTo(url: string, path: string, headers: Record<string, string>): WebSocket {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, {headers, handshakeTimeout: 5_000});
  socket.on('error', () => undefined);
  return socket;
}
