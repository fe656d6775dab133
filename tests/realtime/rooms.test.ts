import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import WebSocket from 'ws';
import {WebsocketProvider} from 'y-websocket';
import * as Y from 'yjs';
import {encodeSync, syncType} from '@plenary/protocol/frames';
import {call, signIn} from '../support/members.ts';
import {appendWords, RawRoom} from '../support/raw-room.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let ana: string;
let ben: string;
let dina: string;
let serial = 0;

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  [ana, ben, dina] = (await Promise.all(['ana', 'ben', 'dina'].map(name => signIn(server.url, name)))) as [
    string,
    string,
    string,
  ];
});
afterAll(() => server?.remove());

async function freshPaper(text = 'The first paragraph.'): Promise<string> {
  const slug = `room-${++serial}`;
  const created = await call(server.url, dina, 'POST', '/api/papers', {
    consultation: 'copenhagen',
    slug,
    title: slug,
    text,
  });
  expect(created.status).toBe(201);
  return slug;
}

function stockProvider(paper: string, cookie: string, doc: Y.Doc): WebsocketProvider {
  class WithCookie extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, {headers: {cookie}});
    }
  }
  return new WebsocketProvider(`${server.url.replace('http', 'ws')}/rooms`, paper, doc, {
    WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
}

describe('a room of the running server', () => {
  test('R18: two stock providers write one paper, and the world reads it', async () => {
    const paper = await freshPaper();
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    const providers = [stockProvider(paper, ana, one), stockProvider(paper, ben, two)];
    try {
      await until(() => providers.every(provider => provider.synced), 10_000, 'both to be synchronised');
      appendWords(' Ana was here.')(one);
      appendWords(' Ben was here.')(two);
      await until(
        () => one.getText('body').toString() === two.getText('body').toString() && one.getText('body').length > 40,
        5000,
        'both to agree',
      );
      await until(
        async () => {
          const {body} = await call<string>(server.url, null, 'GET', `/read/${paper}.txt`);
          return body.includes('Ana was here.') && body.includes('Ben was here.');
        },
        5000,
        'the words to be readable',
      );
    } finally {
      for (const provider of providers) provider.destroy();
    }
  });

  test('R19, R20: a numbered frame is acknowledged with the seq of the log', async () => {
    const paper = await freshPaper();
    const room = await RawRoom.join(server.url, ana, paper);
    expect(room.hello).toMatchObject({schema: 1, epoch: 1, rights: {write: true}});
    const n = room.edit(appendWords(' More.'));
    await room.whenAcknowledged(n);
    const {body} = await call<{seq: number}>(server.url, ana, 'GET', `/api/papers/${paper}`);
    expect(room.seq).toBe(body.seq);
    room.close();
  });

  test('R19: a client that has not said hello gets none of our frames, and may send none', async () => {
    const paper = await freshPaper();
    const room = await RawRoom.join(server.url, ana, paper, {hello: false});
    appendWords(' x')(room.doc);
    room.send(encodeSync(syncType.update, Y.encodeStateAsUpdate(room.doc)));
    const witness = await RawRoom.join(server.url, ben, paper);
    expect(room.received.map(frame => frame[0]).filter(type => (type ?? 0) >= 100)).toEqual([]);
    witness.close();
    room.sendUpdate(new Uint8Array([0, 0]));
    await until(() => room.closed !== undefined, 5000, 'the close');
    expect(room.closed).toBe(4403);
  });

  test('R21: writing under the clientID of another is refused, and nothing of it is kept', async () => {
    const paper = await freshPaper();
    const honest = await RawRoom.join(server.url, ana, paper);
    await honest.whenAcknowledged(honest.edit(appendWords(' Honest.')));
    const forger = await RawRoom.join(server.url, ben, paper);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(honest.doc));
    copy.clientID = honest.doc.clientID;
    const before = Y.encodeStateVector(copy);
    appendWords(' Forged.')(copy);
    forger.sendUpdate(Y.encodeStateAsUpdate(copy, before));
    await until(() => forger.refused !== undefined, 5000, 'the refusal');
    expect(forger.refused).toMatchObject({n: 1, code: 'room.foreign-author'});
    await honest.whenAcknowledged(honest.edit(appendWords(' Still here.')));
    const {body} = await call<string>(server.url, null, 'GET', `/read/${paper}.txt`);
    expect([body.includes('Forged'), body.includes('Still here')]).toEqual([false, true]);
    honest.close();
    forger.close();
  });

  test('R21: a stock client that sends what is no update is closed with 4403, and the room lives', async () => {
    const paper = await freshPaper();
    const honest = await RawRoom.join(server.url, ana, paper);
    const broken = await RawRoom.join(server.url, ben, paper, {hello: false});
    broken.send(new Uint8Array([0, 2, 5, 255, 255, 255, 255, 255]));
    await until(() => broken.closed !== undefined, 5000, 'the close');
    expect(broken.closed).toBe(4403);
    await honest.whenAcknowledged(honest.edit(appendWords(' Alive.')));
    honest.close();
  });

  test('R11, R12: freezing a paper bites on an open connection within a second, and thawing gives the pen back', async () => {
    const paper = await freshPaper();
    const room = await RawRoom.join(server.url, ana, paper);
    const started = Date.now();
    await call(server.url, dina, 'PATCH', `/api/papers/${paper}`, {mode: 'frozen'});
    await until(() => room.hello?.rights.write === false, 1000, 'the new rights');
    expect(Date.now() - started).toBeLessThan(1500);
    expect(room.hello?.rights.why).toBe('paper.frozen');
    const n = room.edit(appendWords(' Too late.'));
    await until(() => room.refused !== undefined, 5000, 'the refusal');
    expect(room.refused).toMatchObject({n, code: 'paper.frozen'});
    expect(room.refused?.sentence.length).toBeGreaterThan(10);
    expect((await call<string>(server.url, null, 'GET', `/read/${paper}.txt`)).body).not.toContain('Too late');
    room.close();
    await call(server.url, dina, 'PATCH', `/api/papers/${paper}`, {mode: 'open'});
    const again = await RawRoom.join(server.url, ana, paper);
    expect(again.hello?.rights.write).toBe(true);
    again.close();
  });

  test('R13: closing a paper ends the connection of an observer within a second', async () => {
    const paper = await freshPaper();
    const observer = await signIn(server.url, `observer-${serial}`, {role: 'observer'});
    const room = await RawRoom.join(server.url, observer, paper);
    expect(room.hello?.rights.write).toBe(false);
    await call(server.url, dina, 'PATCH', `/api/papers/${paper}`, {publication: 'closed'});
    await until(() => room.closed !== undefined, 1500, 'the close');
    expect(room.closed).toBe(4404);
  });

  test('R17: deleted words are not in what a later reader receives', async () => {
    const paper = await freshPaper('Before SECRETWORD after.');
    const writer = await RawRoom.join(server.url, ana, paper);
    const n = writer.edit(doc => {
      const body = doc.getText('body');
      const at = writer.text().indexOf('SECRETWORD');
      // The opener of a paragraph is one unit in the body and none in its string.
      const index = body.toDelta().reduce(
        (found: {index: number; seen: number}, part: {insert: unknown}) =>
          typeof part.insert === 'string' && found.seen <= at
            ? {
                index:
                  found.seen + part.insert.length > at
                    ? found.index + (at - found.seen)
                    : found.index + part.insert.length,
                seen: found.seen + part.insert.length,
              }
            : found.seen <= at
              ? {index: found.index + 1, seen: found.seen}
              : found,
        {index: 0, seen: 0},
      ).index;
      body.delete(index, 'SECRETWORD'.length);
    });
    await writer.whenAcknowledged(n);
    expect(writer.text()).not.toContain('SECRETWORD');
    const later = await RawRoom.join(server.url, ben, paper);
    const wire = Buffer.concat(later.received).toString('latin1');
    expect(wire).not.toContain('SECRETWORD');
    expect((await call<string>(server.url, null, 'GET', `/read/${paper}`)).body).not.toContain('SECRETWORD');
    writer.close();
    later.close();
    // Also when the room was left at rest and is opened anew.
    await server.stop();
    await server.start();
    ana = await signIn(server.url, 'ana');
    ben = await signIn(server.url, 'ben');
    dina = await signIn(server.url, 'dina');
    const after = await RawRoom.join(server.url, ben, paper);
    expect(Buffer.concat(after.received).toString('latin1')).not.toContain('SECRETWORD');
    expect(after.text()).toContain('Before  after.');
    after.close();
  });

  test('R7: a room is not opened for a foreign origin, nor for nobody', async () => {
    const paper = await freshPaper();
    const refused = (headers: Record<string, string>) =>
      new Promise<number>(resolve => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/rooms/${paper}`, {headers});
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => resolve(101));
        socket.on('error', () => undefined);
      });
    expect(await refused({cookie: ana, origin: 'https://elsewhere.example'})).toBe(403);
    expect(await refused({})).toBe(401);
    expect(await refused({cookie: ana, origin: server.url})).toBe(101);
    expect(await refused({cookie: ana})).toBe(101);
  });
});
