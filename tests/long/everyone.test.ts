import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {languages} from '@plenary/domain/languages';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser} from '../support/browser.ts';
import {signInAs} from '../support/desk.ts';
import {routes} from '../support/routes.ts';
import {startServer, type TestServer} from '../support/server.ts';

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

describe.skipIf(!thereIsABrowser)('everyone, everywhere', () => {
  test.each(routes)(
    '$path as $as is accessible in every language, in light and dark, at every width',
    async ({path, as}) => {
      for (const language of languages) {
        for (const colorScheme of ['light', 'dark'] as const) {
          for (const width of [320, 412, 1280]) {
            const person = await personWith(browser, server.url, {viewport: {width, height: 800}, colorScheme});
            await person.context.addCookies([{name: 'language', value: language, url: server.url}]);
            if (as) await signInAs(person, as);
            await person.page.goto(path);
            await person.page.waitForLoadState('networkidle', {timeout: 3_000}).catch(() => undefined);
            await expectAccessible(person.page);
            const overflow = await person.page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            expect(overflow, `sideways scroll of ${path} in ${language} at ${width}`).toBeLessThanOrEqual(0);
            await person.close();
          }
        }
      }
    },
  );
});
