import type * as Y from 'yjs';
import {idFromBytes} from '@plenary/domain/ids';
import {readPaper} from '@plenary/paper/read';
import type {Paragraph} from '@plenary/paper/view';
import {insertText, splitParagraph} from '@plenary/paper/write';
import {request} from './http.ts';
import {RoomClient} from './room-client.ts';

export interface BotOptions {
  /** Origin of the server, `http://127.0.0.1:3000`. */
  readonly server: string;
  /** Name in the demonstration, `ana` or a new one. */
  readonly as: string;
  readonly role?: string;
  /** Slug. */
  readonly organisation?: string;
  /** Slug or id. */
  readonly paper: string;
  readonly language?: string;
  /** The `ws` package's, which takes headers as its third argument. */
  readonly WebSocket: new (url: string, protocols: string[], options: {headers: Record<string, string>}) => object;
  readonly storage?: 'device' | 'none';
}

/** A writer without a window, for tests, seeds and load. */
export class Bot {
  readonly room: RoomClient;
  readonly cookie: string;
  readonly member: string;
  /** Texts that the server has acknowledged, in the order of acknowledgement. */
  readonly acknowledged: string[] = [];

  private constructor(room: RoomClient, cookie: string, member: string) {
    this.room = room;
    this.cookie = cookie;
    this.member = member;
  }

  /** Signs in by the demonstration's door and joins the paper. Resolves when it holds the text. */
  static async join(options: BotOptions): Promise<Bot> {
    const {server, as, role, organisation, language = 'en', storage = 'none'} = options;
    const cookie = await signIn(server, {as, ...(role ? {role} : {}), ...(organisation ? {organisation} : {})});
    const asked = {base: server, headers: {cookie}};
    const {member} = await request<{member: {id: string} | null}>('GET', '/api/me', undefined, asked);
    if (member === null) throw new Error(`Signed in as ${as}, and yet nobody.`);
    const paper = await request<{id: string; room: string; title: string}>(
      'GET',
      `/api/papers/${options.paper}`,
      undefined,
      asked,
    );
    const room = new RoomClient({
      url: server.replace(/^http/, 'ws') + paper.room,
      paper: paper.id,
      member: member.id,
      title: paper.title,
      language,
      storage,
      WebSocketPolyfill: withHeaders(options.WebSocket, {cookie, origin: server}),
    });
    const bot = new Bot(room, cookie, member.id);
    await room.when(state => state.synced || state.connection === 'refused');
    const {refusal} = room.getSnapshot();
    if (refusal !== null) throw new Error(`The room is closed to ${as}: ${refusal.code}`);
    return bot;
  }

  get doc(): Y.Doc {
    return this.room.getSnapshot().doc;
  }

  paragraphs(): Paragraph[] {
    return readPaper(this.doc);
  }

  /** Types at a place; at the end of the last paragraph without one. Resolves when it is acknowledged. */
  async type(text: string, place?: {paragraph: string; offset: number}): Promise<void> {
    insertText(this.doc, place ?? this.end(), text, {}, this);
    await this.room.whenSaved();
    this.acknowledged.push(text);
  }

  /** Begins a new paragraph after the last and types in it. Resolves with its name when it is acknowledged. */
  async typeParagraph(text: string): Promise<string> {
    const name: string = idFromBytes(crypto.getRandomValues(new Uint8Array(12)));
    this.doc.transact(() => {
      splitParagraph(this.doc, this.end(), name, this);
      insertText(this.doc, {paragraph: name, offset: 0}, text, {}, this);
    }, this);
    await this.room.whenSaved();
    this.acknowledged.push(text);
    return name;
  }

  close(): Promise<void> {
    return this.room.close();
  }

  private end(): {paragraph: string; offset: number} {
    const last = this.paragraphs().at(-1);
    if (last === undefined) throw new Error('The paper has no paragraph.');
    return {paragraph: last.name, offset: last.runs.reduce((sum, run) => sum + run.text.length, 0)};
  }
}

async function signIn(server: string, as: Record<string, string>): Promise<string> {
  const response = await fetch(`${server}/api/demo/sign-in`, {
    method: 'POST',
    headers: {'content-type': 'application/json', origin: server},
    body: JSON.stringify(as),
  });
  if (!response.ok) throw new Error(`Signing in as ${as['as']} answered ${response.status}: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map(cookie => cookie.split(';', 1)[0])
    .join('; ');
}

function withHeaders(Socket: BotOptions['WebSocket'], headers: Record<string, string>): typeof WebSocket {
  class SocketWithHeaders extends Socket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, {headers});
    }
  }
  return SocketWithHeaders as unknown as typeof WebSocket;
}
