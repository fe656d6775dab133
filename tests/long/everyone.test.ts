import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {languages} from '@plenary/domain/languages';
import {expectAccessible, launchBrowser, thereIsABrowser} from '../support/browser.ts';
import {comeAs, routes, seePage, sidewaysScroll} from '../support/routes.ts';
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
      const person = await comeAs(browser, server.url, as);
      for (const language of languages) {
        for (const colorScheme of ['light', 'dark'] as const) {
          for (const width of [320, 412, 1280]) {
            await seePage(person, path, {language, colorScheme, width});
            await expectAccessible(person.page);
            expect(
              await sidewaysScroll(person.page),
              `sideways scroll of ${path} in ${language} at ${width}`,
            ).toBeLessThanOrEqual(0);
          }
        }
      }
      await person.close();
    },
  );
});
