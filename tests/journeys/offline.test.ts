import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs, openPaper, signInAs, typeAtEnd} from '../support/desk.ts';
import {call, signIn} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
const people: Person[] = [];

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const person of people.splice(0)) await person.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function comeIn(): Promise<Person> {
  const person = await personWith(browser, server.url);
  people.push(person);
  return person;
}

/** All that a paper needs is on the device. */
async function whenKept(page: Page): Promise<void> {
  await until(
    () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        return registration?.active?.state === 'activated';
      }),
    30_000,
    'the pages to be kept on the device',
  );
}

/** The window is closed, and days later, or where there is no network, another is opened. */
async function openAgain(context: BrowserContext, page: Page, path: string): Promise<Page> {
  await page.close();
  const next = await context.newPage();
  await next.goto(path);
  return next;
}

const kept = (page: Page) => page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 15_000});

/** A paper that Ana has open while the server goes away; she writes on in a window that is opened without it. */
async function writeWithoutServer(paper: string, words: string): Promise<{ana: Person; page: Page}> {
  const dina = await signIn(server.url, 'dina');
  await call(server.url, dina, 'POST', '/api/papers', {
    consultation: 'copenhagen',
    slug: paper,
    title: paper,
    text: '# A statement\n\nWhat stood there before.',
  });
  const ana = await comeIn();
  await openAs(ana, 'ana', paper);
  await whenKept(ana.page);
  await server.stop();
  const page = await openAgain(ana.context, ana.page, `/papers/${paper}`);
  await editorOf(page).getByText('What stood there before.').waitFor();
  await kept(page);
  await typeAtEnd(page, ` ${words}`);
  // A short wait is no news on the page: whoever closes it at once is asked first, which a test is not.
  await page.waitForTimeout(1_000);
  await kept(page);
  return {ana, page};
}

describe.skipIf(!thereIsABrowser)('R67: without a network', () => {
  test('a paper opens cold, is written in, and its words arrive days later under the right name', async () => {
    const {ana, page} = await writeWithoutServer('on-the-train', 'Written on the train.');
    const away = await ana.context.newPage();
    await away.goto('/organisations');
    await away.getByRole('link', {name: 'on-the-train'}).waitFor();
    await expectAccessible(away);
    await away.close();
    await page.close();
    await server.start();
    const ben = await comeIn();
    await openAs(ben, 'ben', 'on-the-train');
    await typeAtEnd(ben.page, ' Meanwhile, in the hall.');
    const later = await ana.context.newPage();
    await later.clock.install({time: Date.now() + 3 * 24 * 3_600_000});
    await openPaper(later, 'on-the-train');
    for (const one of [later, ben.page]) {
      await editorOf(one).getByText('Written on the train.').waitFor();
      await editorOf(one).getByText('Meanwhile, in the hall.').waitFor();
    }
    const {body} = await call<{authors: {handle: string | null}[]}>(
      server.url,
      await signIn(server.url, 'dina'),
      'GET',
      '/api/papers/on-the-train/authors',
    );
    expect(JSON.stringify(body)).toContain('Ana');
    expect([ana.elsewhere, ana.errors]).toEqual([[], []]);
  });

  test('words for a paper that was frozen meanwhile are offered to their writer, and are not in it', async () => {
    const {ana, page} = await writeWithoutServer('frozen-meanwhile', 'Too late for the text.');
    await page.close();
    await server.start();
    await call(server.url, await signIn(server.url, 'dina'), 'PATCH', '/api/papers/frozen-meanwhile', {mode: 'frozen'});
    const later = await ana.context.newPage();
    await later.goto('/papers/frozen-meanwhile');
    await later
      .getByRole('region', {name: /not accepted/})
      .getByText('Too late for the text.')
      .waitFor();
    await expectAccessible(later);
    const {body} = await call<string>(server.url, null, 'GET', '/read/frozen-meanwhile.txt');
    expect(body).not.toContain('Too late');
  });
});

describe.skipIf(!thereIsABrowser)('R68: what a device keeps', () => {
  const storage = (page: Page) =>
    page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map(({name}) => name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      local: Object.keys(localStorage).filter(name => /member|comments/.test(name)),
    }));

  test('on a shared computer is nothing, from the moment at which that is said', async () => {
    const ana = await comeIn();
    await openAs(ana, 'ana', 'joint-statement');
    await whenKept(ana.page);
    expect((await storage(ana.page)).databases).not.toEqual([]);
    await ana.page.goto('/account');
    await ana.page.getByRole('checkbox', {name: 'This is a shared computer'}).check();
    await until(async () => (await storage(ana.page)).workers === 0, 10_000, 'the worker to go');
    await openPaper(ana.page, 'joint-statement');
    await typeAtEnd(ana.page, ' On a shared computer.');
    await ana.page.getByText('Saved', {exact: true}).waitFor();
    // Pages are kept three seconds after a paper is opened, where they are.
    await ana.page.waitForTimeout(4_000);
    const left = await storage(ana.page);
    expect({...left, databases: left.databases.filter(name => /joint|room|paper/.test(name ?? ''))}).toEqual({
      databases: [],
      caches: [],
      workers: 0,
      local: [],
    });
  });

  test('goes when its member signs out', async () => {
    const ben = await comeIn();
    await openAs(ben, 'ben', 'joint-statement');
    await whenKept(ben.page);
    await ben.page.goto('/');
    await ben.page.getByRole('button', {name: 'Sign out'}).click();
    await ben.page.getByRole('link', {name: 'Sign in'}).first().waitFor();
    const left = await storage(ben.page);
    expect({caches: left.caches, workers: left.workers, local: left.local}).toEqual({
      caches: [],
      workers: 0,
      local: [],
    });
    await signInAs(ben, 'cho');
    await ben.page.goto('/papers/joint-statement');
    await editorOf(ben.page).waitFor();
  });
});
