import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {io} from 'socket.io-client';
import {WebSocket} from 'ws';
import {WebsocketProvider} from 'y-websocket';
import * as Y from 'yjs';
import type {ConsultationId} from '@plenary/domain/ids';
import {follower, type Actor} from '@plenary/domain/members/actor';
import type {MandateRole} from '@plenary/domain/rights/roles';
import {polledRoomsPath} from '@plenary/protocol/polled-room';
import {openStore} from '@plenary/store/open-store';
import type {Store, StoredMember, StoredPaperRow, UpdateLog} from '@plenary/store/store';
import {aConsultation, aMember, anOrganisation, aPaper, newSlug} from '@plenary/store/testing/builders';
import {polledSocketOf} from '@plenary/client/polled-socket';
import {createPolledRooms, type PolledRooms} from '../polled-rooms.ts';
import type {RoomLimits} from '../room-limits.ts';
import {createRooms, type Rooms} from '../rooms.ts';
import {OwnClient} from './own-client.ts';

export const ownOrigin = 'http://plenary.test';

/** The ways to a room. */
export type Way = 'a WebSocket' | 'requests';

/** Opening a database takes seconds: the houses of one test file share it. */
let openedStore: Promise<Store> | null = null;

export async function closeStore(): Promise<void> {
  await (await openedStore)?.close();
  openedStore = null;
}

/** Rooms on a real server over a database in memory. Who somebody is stands in the header `x-member`. */
export class House {
  readonly store: Store;
  readonly rooms: Rooms;
  readonly consultation: ConsultationId;
  readonly cast: Record<'ana' | 'ben' | 'cho' | 'dina' | 'eve', StoredMember>;
  readonly troubles: unknown[] = [];
  /** How `stock` and `own` come. */
  way: Way = 'a WebSocket';
  readonly #server: Server;
  readonly #polled: PolledRooms;
  readonly #ends: (() => void)[] = [];

  private constructor(
    store: Store,
    updates: UpdateLog,
    consultation: ConsultationId,
    cast: House['cast'],
    limits: Partial<RoomLimits>,
  ) {
    this.store = store;
    this.consultation = consultation;
    this.cast = cast;
    const clock = {now: () => Date.now()};
    this.rooms = createRooms({
      store: {papers: store.papers, updates},
      clock,
      identify: request => this.#identify(String(request.headers['x-member'] ?? '')),
      allowedOrigin: origin => origin === undefined || origin === ownOrigin,
      organisationName: async id => (await store.organisations.find(id))?.name ?? null,
      sentence: (code, language) => `${code} in ${language}`,
      languageOf: () => 'en',
      log: {
        error: details => this.troubles.push(details),
        warn: details => this.troubles.push(details),
      },
      limits: {linger: 0, ...limits},
    });
    this.#server = createServer();
    this.#server.on('upgrade', (request, socket, head) => this.rooms.upgrade(request, socket, head));
    this.#polled = createPolledRooms({
      rooms: this.rooms,
      isSameSignIn: (one, other) => one.headers['x-member'] === other.headers['x-member'],
      log: {error: details => this.troubles.push(details)},
    });
    this.#polled.attach(this.#server);
  }

  static async open(
    limits: Partial<RoomLimits> = {},
    around: (updates: UpdateLog) => UpdateLog = updates => updates,
  ): Promise<House> {
    const store = await (openedStore ??= openStore({memory: true}));
    const {id: consultation} = await aConsultation(store);
    const organisation = await anOrganisation(store, {name: 'Harbour Watch'});
    const member = async (handle: string, role: MandateRole | null): Promise<StoredMember> => {
      const made = await aMember(store, {handle: `${handle} ${newSlug()}`});
      if (role) {
        const mandate = {member: made.id, consultation, role, organisation: organisation.id, from: 0, to: null};
        await store.members.grant(mandate);
      }
      return made;
    };
    const cast = {
      ana: await member('Ana', 'delegate'),
      ben: await member('Ben', 'delegate'),
      cho: await member('Cho', 'observer'),
      dina: await member('Dina', 'chair'),
      eve: await member('Eve', null),
    };
    const house = new House(store, around(store.updates), consultation, cast, limits);
    await new Promise<void>(resolve => house.#server.listen(0, '127.0.0.1', resolve));
    return house;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/rooms`;
  }

  paper(given: Partial<StoredPaperRow> = {}): Promise<StoredPaperRow> {
    return aPaper(this.store, {consultation: this.consultation, ...given});
  }

  /** The stock provider, unmodified, signed in as somebody. */
  stock(paper: StoredPaperRow, who: keyof House['cast'], doc = new Y.Doc()): WebsocketProvider {
    const provider = new WebsocketProvider(this.url, paper.slug, doc, {
      WebSocketPolyfill: this.socketOnTheWay(who),
      disableBc: true,
    });
    this.#ends.push(() => {
      provider.destroy();
      provider.awareness.destroy();
    });
    return provider;
  }

  /** Sockets with this member's sign-in. */
  socketOf(who: keyof House['cast']): new (url: string | URL, protocols?: string | string[]) => WebSocket {
    const member = this.cast[who].id;
    return class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, {headers: {'x-member': member}});
      }
    };
  }

  /** A client of our own kind, signed in as somebody. */
  own(paper: StoredPaperRow, who: keyof House['cast']): OwnClient {
    const client = new OwnClient(new (this.socketOnTheWay(who))(`${this.url}/${paper.slug}`));
    this.#ends.push(() => client.socket.close());
    return client;
  }

  /** What a browser would have. */
  socketOnTheWay(who: keyof House['cast']): typeof globalThis.WebSocket {
    if (this.way === 'requests') return polledSocketOf({headers: {'x-member': this.cast[who].id}});
    return this.socketOf(who) as unknown as typeof globalThis.WebSocket;
  }

  /** What an upgrade is answered with: a status and, when refused, its body. */
  async knock(
    path: string,
    headers: Record<string, string>,
  ): Promise<{status: number; body: {refusal?: string; sentence?: string}}> {
    const socket = new WebSocket(`${this.url}${path}`, {headers});
    socket.on('error', () => undefined);
    return new Promise(resolve => {
      socket.on('open', () => {
        socket.terminate();
        resolve({status: 101, body: {}});
      });
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => {
          socket.terminate();
          resolve({status: response.statusCode ?? 0, body: JSON.parse(text) as {refusal?: string}});
        });
      });
    });
  }

  /** The same by requests: what the first word of the room is. */
  async knockByRequests(
    paper: string,
    headers: Record<string, string>,
  ): Promise<'open' | {code: number; reason: string}> {
    const socket = io(this.url.replace(/^ws(.*)\/rooms$/, 'http$1'), {
      path: polledRoomsPath,
      transports: ['polling'],
      forceNew: true,
      reconnection: false,
      auth: {paper},
      extraHeaders: headers,
    });
    return new Promise(resolve => {
      socket.on('open', () => resolve('open'));
      socket.on('closed', resolve);
    }).finally(() => socket.disconnect()) as Promise<'open' | {code: number; reason: string}>;
  }

  /** The address of a connection by requests that has asked to come in and fetches nothing. */
  async polledAddressOf(paper: StoredPaperRow, who: keyof House['cast']): Promise<string> {
    const address = `${this.url.replace(/^ws(.*)\/rooms$/, 'http$1')}${polledRoomsPath}/?EIO=4&transport=polling`;
    const headers = {'x-member': this.cast[who].id, 'content-type': 'text/plain;charset=UTF-8'};
    const {sid} = JSON.parse((await (await fetch(address, {headers})).text()).slice(1)) as {sid: string};
    const own = `${address}&sid=${sid}`;
    await fetch(own, {method: 'POST', headers, body: `40${JSON.stringify({paper: paper.slug})}`});
    // It is let in when the room has said so.
    let told = '';
    while (!told.includes('["open"]')) told = await (await fetch(own, {headers})).text();
    const question = Buffer.from([0, 0, 1, 0]).toString('base64');
    const ask = `451-["frame",{"_placeholder":true,"num":0}]\u001eb${question}`;
    await fetch(own, {method: 'POST', headers, body: ask});
    return own;
  }

  /** What the database holds of a paper. */
  async stored(paper: StoredPaperRow): Promise<{seq: number; text: string}> {
    const {seq, paragraphs} = await this.rooms.read(paper);
    return {seq, text: paragraphs.map(({runs}) => runs.map(run => run.text).join('')).join('\n')};
  }

  async close(): Promise<void> {
    for (const end of this.#ends) end();
    await this.rooms.drain();
    this.#polled.close();
    this.#server.closeIdleConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #identify(id: string): Promise<Actor> {
    const member = Object.values(this.cast).find(one => one.id === id);
    if (!member) return follower;
    const {id: memberId, number, handle, instanceSecretariat} = member;
    const mandates = await this.store.members.mandatesOf(memberId, Date.now());
    return {kind: 'member', member: memberId, number, handle, instanceSecretariat, mandates};
  }
}

/** Resolves when it is so; asks every few milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>, within = 5_000): Promise<void> {
  const end = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It did not come to be: ${isSo.toString()}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

export function textOfDoc(doc: Y.Doc): string {
  return doc
    .getText('body')
    .toDelta()
    .map((part: {insert: unknown}) => (typeof part.insert === 'string' ? part.insert : '¶'))
    .join('');
}
