import {afterAll, beforeAll, expect, test} from 'vitest';
import {startServer, type TestServer} from '../support/server.ts';
import {cookiesOf, liveThroughSession} from '../support/session-life.ts';

const seeds = Array.from({length: Number(process.env.SESSION_SEEDS ?? 24)}, (_nothing, index) => 100 + index);

let server: TestServer;
let cookies: readonly string[];

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  cookies = await cookiesOf(server.url);
});
afterAll(() => server?.remove());

test.each(seeds)('R53: forty people in one session end with the same floor, seed %i', async seed => {
  const {wrong, acknowledged} = await liveThroughSession(server, cookies, seed);
  expect(wrong).toEqual([]);
  expect(acknowledged).toBeGreaterThan(60);
});
