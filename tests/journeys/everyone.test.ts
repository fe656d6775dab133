import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {gzipSync} from 'node:zlib';
import {languages, type Language} from '@plenary/domain/languages';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openPaper, signInAs} from '../support/desk.ts';
import {call, signIn} from '../support/members.ts';
import {comeAs, routes, seePage, sidewaysScroll} from '../support/routes.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({LIMITS: 'off'});
  if (thereIsABrowser) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** Each route is seen twice, in some pairing of language, colours and width; `npm run test:all` sees all pairings. */
const widths = [1280, 390, 320];

describe.skipIf(!thereIsABrowser)('everyone can take part', () => {
  /** One browser for each of those who look: what they see is set anew for each page. */
  const viewers = new Map<string | null, Promise<Person>>();
  const viewer = (as: string | null): Promise<Person> => {
    const known = viewers.get(as) ?? comeAs(browser, server.url, as);
    viewers.set(as, known);
    return known;
  };

  test.each(routes.map((route, index) => ({...route, index})))(
    '$path as $as is accessible',
    async ({path, as, index}) => {
      const person = await viewer(as);
      const {page} = person;
      const language: Language = index % 2 === 0 ? 'ar' : 'en';
      for (const [dark, width] of [
        [index % 4 < 2, widths[index % 3] ?? 1280],
        [index % 4 >= 2, widths[(index + 1) % 3] ?? 390],
      ] as const) {
        await seePage(person, path, {
          language: dark ? language : language === 'ar' ? 'en' : 'ar',
          colorScheme: dark ? 'dark' : 'light',
          width,
        });
        await expectAccessible(page);
        expect(await sidewaysScroll(page), `sideways scroll of ${path} at ${width}`).toBeLessThanOrEqual(0);
        expect({elsewhere: person.elsewhere, errors: person.errors}).toEqual({elsewhere: [], errors: []});
      }
    },
  );

  test('by keyboard alone: sign in, go to the paper, write, make it bold, move it, leave the text', async () => {
    const person = await personWith(browser, server.url);
    const {page} = person;
    await page.goto('/');
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
        if (name.test(focused)) return;
      }
      throw new Error(`No Tab led to ${name}`);
    };
    await tabTo(/^Ana/);
    await page.keyboard.press('Enter');
    await editorOf(page).waitFor();
    await page.getByText('Saved', {exact: true}).waitFor();
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if (await editorOf(page).evaluate(element => element === document.activeElement)) break;
    }
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('By keyboard alone');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+b');
    await until(
      async () => (await editorOf(page).locator('b', {hasText: 'alone'}).count()) === 1,
      3000,
      'the bold word',
    );
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByText('Saved', {exact: true}).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await editorOf(page).evaluate(element => element !== document.activeElement)).toBe(true);
    await person.close();
  });

  test('the text can be read before any script has run', async () => {
    const cookie = await signIn(server.url, 'ana');
    const {body} = await call<string>(server.url, cookie, 'GET', '/papers/joint-statement');
    expect(body).toContain('The undersigned organisations,');
    const person = await personWith(browser, server.url, {javaScriptEnabled: false});
    await person.page.goto('/papers/joint-statement');
    await person.page.getByText('The undersigned organisations,').waitFor();
    await person.close();
    const visitor = await personWith(browser, server.url);
    await visitor.page.goto('/papers/joint-statement');
    await visitor.page.getByRole('link', {name: 'Follow it live'}).waitFor();
    await visitor.page.getByText('The undersigned organisations,').waitFor();
    await visitor.close();
  });

  test('one can type with 200 kB of script or less', async () => {
    const person = await personWith(browser, server.url);
    let bytes = 0;
    let gzipped = 0;
    const loads: Promise<void>[] = [];
    await signInAs(person, 'ana');
    const fresh = await personWith(browser, server.url);
    await fresh.context.addCookies(await person.context.cookies());
    fresh.page.on('response', response => {
      if (response.request().resourceType() !== 'script') return;
      loads.push(
        Promise.all([response.body(), response.request().sizes()]).then(([body, {responseBodySize}]) => {
          bytes += responseBodySize;
          gzipped += gzipSync(body, {level: 9}).byteLength;
        }),
      );
    });
    await openPaper(fresh.page, 'joint-statement');
    await Promise.all(loads);
    console.log(
      `script until one can type: ${(bytes / 1000).toFixed(1)} kB as it travels, ${(gzipped / 1000).toFixed(1)} kB gzip`,
    );
    expect(bytes).toBeGreaterThan(30_000);
    expect(bytes).toBeLessThanOrEqual(200_000);
    await person.close();
    await fresh.close();
  });
});

test('R15: the reading page of the Declaration weighs 10 kB or less in every language, with 3 kB of script', async () => {
  for (const language of languages) {
    const {body} = await call<string>(server.url, null, 'GET', `/read/udhr-${language}?lang=${language}`);
    const assets = [...body.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(match => match[1] ?? '');
    expect(assets.length).toBeLessThanOrEqual(2);
    let total = gzipSync(body, {level: 9}).byteLength;
    for (const asset of assets) {
      const size = gzipSync((await call<string>(server.url, null, 'GET', asset)).body, {level: 9}).byteLength;
      if (asset.endsWith('.js')) expect(size).toBeLessThanOrEqual(3000);
      total += size;
    }
    console.log(`/read/udhr-${language}: ${total} bytes gzip in ${assets.length + 1} requests`);
    expect(total, language).toBeLessThanOrEqual(10_000);
  }
});
