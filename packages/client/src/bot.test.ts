import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import WebSocket from 'ws';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {canonicalText} from '@plenary/paper/canonical';
import {Bot} from './bot.ts';
import {RealRoom} from './testing/real-room.ts';

/** As much of a server as a bot asks of one. */
let room: RealRoom;
let api: Server;
let origin: string;
let bots: Bot[] = [];

beforeEach(async () => {
  room = new RealRoom();
  api = createServer((request, response) => {
    const member = memberOf(request);
    if (request.url === '/api/demo/sign-in') {
      request.on('data', (data: Buffer) => {
        const {as} = JSON.parse(data.toString()) as {as: string};
        response.setHeader('set-cookie', [`session=${as}; HttpOnly`, 'language=en']);
        response.end('{}');
      });
    } else if (request.url === '/api/me') {
      response.end(JSON.stringify({member: {id: member}}));
    } else {
      response.end(JSON.stringify({id: 'paper', room: '/rooms/paper', title: 'Joint statement'}));
    }
  });
  await new Promise<void>(resolve => api.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  await room.listen(api, memberOf);
  await room.seed([
    {kind: 'title', level: 0, dir: null, lang: null, runs: [{text: 'Joint statement', marks: {}}]},
    {kind: 'text', level: 0, dir: null, lang: null, runs: [{text: 'We,', marks: {}}]},
  ]);
});

afterEach(async () => {
  await Promise.all(bots.map(bot => bot.close()));
  bots = [];
  await room.kill();
});

function memberOf(request: IncomingMessage): string {
  return /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'nobody';
}

async function join(as: string): Promise<Bot> {
  const bot = await Bot.join({server: origin, as, paper: 'joint-statement', WebSocket});
  bots.push(bot);
  return bot;
}

/** Resolves when the bot's replica holds the line. */
function heard(bot: Bot, line: string): Promise<void> {
  return new Promise(resolve => {
    const check = (): void => {
      if (!canonicalText(bot.paragraphs()).split('\n').includes(line)) return;
      bot.doc.off('update', check);
      resolve();
    };
    bot.doc.on('update', check);
    check();
  });
}

it('signs in, joins, types, and reports what was acknowledged', async () => {
  const [ana, ben] = [await join('ana'), await join('ben')];
  await ana.type(' the undersigned,');
  await heard(ben, 'We, the undersigned,');
  const name = await ben.typeParagraph('Recalling,');
  await ben.type(' also', {paragraph: name, offset: 9});
  await heard(ana, 'Recalling also,');
  expect(ana.acknowledged).toEqual([' the undersigned,']);
  expect(ben.acknowledged).toEqual(['Recalling,', ' also']);
  expect(canonicalText(ana.paragraphs())).toBe('Joint statement\nWe, the undersigned,\nRecalling also,\n');
  expect(ben.member).toBe('ben');
});
