import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {openAs, textOf, typeAtEnd} from '../support/desk.ts';
import {HinderingProxy} from '../support/hindering-proxy.ts';
import {call, signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let proxy: HinderingProxy;
const people: Person[] = [];

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  proxy = await HinderingProxy.before(server.port);
});
afterEach(async () => {
  for (const person of people.splice(0)) await person.close();
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.remove();
});

async function writer(as: string, paper: string, url: string): Promise<Person> {
  const person = await personWith(browser, url);
  people.push(person);
  await openAs(person, as, paper);
  return person;
}

const saved = (person: Person) => person.page.getByText('Saved', {exact: true}).waitFor();

/** How long it takes until the words that one has typed stand before the other. */
async function passage(from: Person, to: Person, words: string): Promise<number> {
  await typeAtEnd(from.page, ` ${words.slice(0, -1)}`);
  const typed = Date.now();
  await from.page.keyboard.type(words.slice(-1));
  await to.page.getByText(words).waitFor({timeout: 10_000});
  return Date.now() - typed;
}

describe.skipIf(!thereIsABrowser)('R66: behind a network that lets no WebSocket through', () => {
  test.each([['refused'], ['lost']] as const)(
    'one writes with somebody outside, each sees the other within two seconds, where WebSockets are %s',
    async how => {
      proxy.webSockets = how;
      const ana = await writer('ana', 'joint-statement', proxy.url);
      const ben = await writer('ben', 'joint-statement', server.url);
      expect(proxy.asked).toBeGreaterThan(0);
      const [there, back] = [
        await passage(ana, ben, `From inside, ${how}.`),
        await passage(ben, ana, `From outside, ${how}.`),
      ];
      console.log(`WebSockets ${how}: a word was there after ${there} ms, and the other way after ${back} ms`);
      expect(Math.max(there, back)).toBeLessThan(2000);
      await saved(ana);
      expect(await textOf(ana.page)).toBe(await textOf(ben.page));
      const {body} = await call<string>(server.url, null, 'GET', '/read/joint-statement.txt');
      expect(body).toContain(`From inside, ${how}.`);
      // Names stand beside carets, and what happens around the paper is heard.
      await ben.page.locator('.caret', {hasText: 'Ana'}).waitFor();
      expect([ana.elsewhere, ana.errors]).toEqual([[], []]);
    },
  );

  test('a paper that is frozen takes the pen within a second, and tells so', async () => {
    proxy.webSockets = 'refused';
    const ana = await writer('ana', 'draft-resolution', proxy.url);
    const dina = await signIn(server.url, 'dina');
    await call(server.url, dina, 'PATCH', '/api/papers/draft-resolution', {mode: 'frozen'});
    await ana.page.locator('[role=textbox][aria-readonly=true]').waitFor({timeout: 1500});
    await call(server.url, dina, 'PATCH', '/api/papers/draft-resolution', {mode: 'open'});
    await ana.page.locator('[role=textbox]:not([aria-readonly=true])').waitFor({timeout: 1500});
    await typeAtEnd(ana.page, ' And on it goes.');
    await saved(ana);
  });
});
