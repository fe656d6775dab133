import 'fake-indexeddb/auto';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import {RoomClient, type RoomClientOptions} from './room-client.ts';
import {ScriptedRoom} from './testing/room-server.ts';

let room: ScriptedRoom;
let clients: RoomClient[] = [];

beforeEach(async () => {
  room = new ScriptedRoom();
  write(room.doc, 'Recalling its resolution 70/1,', 'p1');
  await room.listen();
});

afterEach(async () => {
  await Promise.all(clients.map(client => client.close()));
  clients = [];
  await room.kill();
});

function join(options: Partial<RoomClientOptions> = {}): RoomClient {
  const member = options.member ?? 'ana';
  const client = new RoomClient({
    url: `${room.url}?member=${member}`,
    paper: 'paper',
    member,
    language: 'en',
    storage: 'none',
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    random: () => 0.1,
    ...options,
  });
  clients.push(client);
  return client;
}

function write(doc: Y.Doc, text: string, paragraph?: string): void {
  doc.transact(() => {
    const body = doc.getText('body');
    if (paragraph !== undefined) body.insertEmbed(body.length, {p: paragraph}, {});
    body.insert(body.length, text, {});
  }, 'test');
}

function textOf(doc: Y.Doc): string {
  return doc.getText('body').toJSON();
}

describe('saved', () => {
  it('shows what the server holds, and may write', async () => {
    const ana = join();
    await ana.when(state => state.synced);
    expect(textOf(ana.getSnapshot().doc)).toBe('Recalling its resolution 70/1,');
    expect(ana.getSnapshot()).toMatchObject({save: 'saved', connection: 'open', rights: {write: true}, epoch: 1});
    expect(room.history[0]?.hello).toMatchObject({schema: 1, epoch: null, language: 'en'});
  });

  it('is said after the acknowledgement and not before', async () => {
    const ana = join();
    await ana.when(state => state.synced);
    room.holds = true;
    write(ana.getSnapshot().doc, ' Noting');
    expect(ana.getSnapshot()).toMatchObject({save: 'saving', unacknowledged: 1});
    room.release();
    await ana.whenSaved();
    expect(ana.getSnapshot()).toMatchObject({save: 'saved', unacknowledged: 0});
    expect(textOf(room.doc)).toContain('Noting');
  });
});
