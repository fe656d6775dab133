import WebSocket from 'ws';
import * as Y from 'yjs';
import {RoomClient, type RoomClientOptions} from '../room-client.ts';

/** Joins rooms and leaves them all again. */
export class People {
  private readonly clients: RoomClient[] = [];

  join(url: string, options: Partial<RoomClientOptions> = {}): RoomClient {
    const member = options.member ?? 'ana';
    const client = new RoomClient({
      url,
      paper: 'paper',
      title: 'Joint statement',
      member,
      language: 'en',
      storage: 'none',
      WebSocketPolyfill: socketOf(member),
      random: () => 0.1,
      ...options,
    });
    this.clients.push(client);
    return client;
  }

  async leave(): Promise<void> {
    await Promise.all(this.clients.map(client => client.close()));
    this.clients.length = 0;
  }
}

/** The `ws` package's, with the member in a header, as the browser has it in a cookie. */
export function socketOf(member: string): typeof globalThis.WebSocket {
  class SocketOfMember extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, {headers: {'x-member': member}});
    }
  }
  return SocketOfMember as unknown as typeof globalThis.WebSocket;
}

/** Types at the end, in a new paragraph when one is named. */
export function type(doc: Y.Doc, text: string, paragraph?: string): void {
  doc.transact(() => {
    const body = doc.getText('body');
    if (paragraph !== undefined) body.insertEmbed(body.length, {p: paragraph}, {});
    body.insert(body.length, text, {});
  }, 'typing');
}

/** Types after some words that stand there. */
export function typeAfter(doc: Y.Doc, words: string, text: string): void {
  const body = doc.getText('body');
  const flat = flatten(doc);
  const at = flat.indexOf(words);
  if (at < 0) throw new Error(`"${words}" does not stand in "${flat}".`);
  doc.transact(() => body.insert(at + words.length, text, {}), 'typing');
}

export function strike(doc: Y.Doc, words: string): void {
  const at = flatten(doc).indexOf(words);
  if (at < 0) throw new Error(`"${words}" does not stand in the paper.`);
  doc.transact(() => doc.getText('body').delete(at, words.length), 'typing');
}

/** The words, with ¶ for each opener. */
export function flatten(doc: Y.Doc): string {
  return doc
    .getText('body')
    .toDelta()
    .map(({insert}: {insert: unknown}) => (typeof insert === 'string' ? insert : '¶'))
    .join('');
}

/** Resolves when the doc reads so. */
export function whenText(doc: Y.Doc, text: string): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (flatten(doc) !== text) return;
      doc.off('update', check);
      resolve();
    };
    doc.on('update', check);
    check();
  });
}

export function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}
