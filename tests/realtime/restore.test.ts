import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import WebSocket from 'ws';
import {Bot} from '@plenary/client/bot';
import {canonicalText} from '@plenary/paper/canonical';
import {insertText} from '@plenary/paper/write';
import {textOf} from '@plenary/paper/view';
import {call, signIn} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let dina: string;

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  dina = await signIn(server.url, 'dina');
});
afterAll(() => server?.remove());

/** A generator of the same numbers for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return ((state >>> 8) & 0xffff) % below;
  };
}

/** Not inside of a token, so that each can be found whole. */
function placeIn(text: string, chance: (below: number) => number): number {
  const free = Array.from({length: text.length + 1}, (_, offset) => offset).filter(offset => {
    return text.lastIndexOf('<', offset - 1) <= text.lastIndexOf('>', offset - 1) || offset === 0;
  });
  return free[chance(free.length)]!;
}

describe('R34: restoring while three write', () => {
  test(
    'whatever was acknowledged is in the text, or was taken out and stands in what was kept',
    {timeout: 120_000},
    async () => {
      const paper = 'restored-while-written';
      const text = [
        'We, the people,',
        'Recalling that all are equal,',
        'Calls upon States to act;',
        'Decides to meet again.',
      ];
      await call(server.url, dina, 'POST', '/api/papers', {
        consultation: 'copenhagen',
        slug: paper,
        title: paper,
        text: text.join('\n\n'),
      });
      const {body: zero} = await call<{id: string}>(server.url, dina, 'POST', `/api/papers/${paper}/revisions`, {});
      const bots = await Promise.all(
        ['ana', 'ben', 'cho'].map(as => Bot.join({server: server.url, as, paper, WebSocket, storage: 'none'})),
      );
      try {
        const acknowledged: string[] = [];
        const settled: string[] = [];
        let isRestored = false;
        let serial = 0;
        const typing = bots.map(async (bot, who) => {
          const chance = seeded(who + 1);
          for (let i = 0; i < 60; i++) {
            const isLate = isRestored;
            const token = `<${'abc'[who]}${++serial}>`;
            const paragraphs = bot.paragraphs();
            const one = paragraphs[chance(paragraphs.length)]!;
            if (chance(12) === 0) await bot.type(token);
            else {
              insertText(bot.doc, {paragraph: one.name, offset: placeIn(textOf(one), chance)}, token, {}, bot);
              await bot.room.whenSaved();
            }
            acknowledged.push(token);
            if (isLate) settled.push(token);
          }
        });
        const kept: string[] = [];
        for (const after of [45, 90]) {
          await until(() => acknowledged.length >= after, 60_000, 'enough to be written');
          const {status, body} = await call<{kept: {id: string}}>(
            server.url,
            dina,
            'POST',
            `/api/papers/${paper}/revisions/${zero.id}/restore`,
          );
          expect(status).toBe(200);
          kept.push(body.kept.id);
        }
        isRestored = true;
        await Promise.all(typing);

        const read = async (query = '') =>
          (await call<string>(server.url, dina, 'GET', `/read/${paper}.txt${query}`)).body;
        const now = await read();
        const before = await Promise.all(kept.map(id => read(`?revision=${id}`)));
        await until(() => bots.every(bot => canonicalText(bot.paragraphs()) === now), 10_000, 'all to see the same');

        const lost = acknowledged.filter(token => !now.includes(token) && !before.some(one => one.includes(token)));
        expect(lost).toEqual([]);
        expect(acknowledged.filter(token => now.split(token).length > 2)).toEqual([]);
        // Some were taken out, and what was written afterwards stands.
        expect(acknowledged.filter(token => !now.includes(token)).length).toBeGreaterThan(0);
        expect(settled.length).toBeGreaterThan(0);
        expect(settled.filter(token => !now.includes(token))).toEqual([]);
        for (const words of text) expect(now.replace(/<[abc]\d+>/g, '')).toContain(words);
      } finally {
        await Promise.all(bots.map(bot => bot.close()));
      }
    },
  );
});
