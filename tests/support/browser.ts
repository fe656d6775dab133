import {AxeBuilder} from '@axe-core/playwright';
import {chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page} from 'playwright-core';
import {expect} from 'vitest';

export const executablePath = process.env.CHROMIUM;
export const thereIsABrowser = Boolean(executablePath);
if (!thereIsABrowser) {
  console.log(
    'No Chromium is named in CHROMIUM: the journeys in a real browser are skipped (npm test finds or installs one).',
  );
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('There is no Chromium.');
  return chromium.launch({executablePath, args: flags});
}

/** A browser of one person: own cookies, own device. Everything that it asks of another host is a failure. */
export async function personWith(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: {width: 1280, height: 900},
    locale: 'en',
    ...options,
  });
  const elsewhere: string[] = [];
  const errors: string[] = [];
  context.on('request', request => {
    const target = new URL(request.url());
    if (/^(https?|wss?):$/.test(target.protocol) && target.host !== new URL(url).host) elsewhere.push(request.url());
  });
  const page = await context.newPage();
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text()))
      errors.push(message.text());
  });
  return {context, page, origin: url, elsewhere, errors, close: () => context.close()};
}

export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly origin: string;
  /** Requests to other hosts: there must be none. */
  readonly elsewhere: readonly string[];
  /** Uncaught errors and what the content policy stopped. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Every rule of axe for WCAG 2.2 AA and good practice; the offences are named in the failure. */
export async function expectAccessible(page: Page): Promise<void> {
  // A page that is still on its way is judged when it has come.
  await page.locator('h1').first().waitFor();
  const {violations} = await new AxeBuilder({page}).analyze();
  expect(
    violations.map(
      ({id, help, nodes}) =>
        `${id}: ${help} ${nodes
          .map(node => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    ),
    `axe on ${page.url()}`,
  ).toEqual([]);
}
