import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Page} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, typeAtEnd} from '../support/desk.ts';
import {startServer, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let clerk: Person;
let delegate: Person;
let invitation = '';

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({DEMO: '0', LIMITS: 'off'});
  browser = await launchBrowser();
  [clerk, delegate] = await Promise.all([personWith(browser, server.url), personWith(browser, server.url)]);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function signUp(page: Page, handle: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(`${handle.toLowerCase()}@example.org`);
  await page.getByLabel('Password').fill('three plain words');
  await page.getByLabel('Handle').fill(handle);
  await page.getByRole('button', {name: 'Sign up'}).click();
}

describe.skipIf(!thereIsABrowser)('R6: an instance begins with nobody', () => {
  test('the link that the first start prints makes the first secretariat', async () => {
    const link = /http:\/\/127\.0\.0\.1:\d+(\/invitations\/[\w-]+)/.exec(server.output())?.[1] ?? '';
    expect(link).not.toBe('');
    const {page} = clerk;
    await page.goto(link);
    await expectAccessible(page);
    await page.getByRole('link', {name: 'Sign up'}).click();
    await signUp(page, 'Noor');
    await page.getByRole('button', {name: 'Accept the invitation'}).click();
    await page.waitForURL('/');
    await delegate.page.goto(link);
    await delegate.page.getByText('This invitation has been used.').waitFor();
  });

  test('the secretariat enters organisations and opens a consultation', async () => {
    const {page} = clerk;
    await page.goto('/organisations');
    for (const [name, slug, constituency] of [
      ['Harbour Towns Alliance', 'harbour-towns', 'Civil society'],
      ['Ministry of Open Waters', 'open-waters', 'Government'],
    ] as const) {
      await page.getByLabel('Name', {exact: true}).fill(name);
      await page.getByLabel('Short name').fill(slug);
      await page.getByLabel('Constituency').selectOption({label: constituency});
      await page.getByRole('button', {name: 'Enter the organisation'}).click();
      await page.getByText(name).first().waitFor();
    }
    await expectAccessible(page);
    await page.goto('/consultations/new');
    await page.getByLabel('Title').fill('Rules for shared harbours');
    await page.getByLabel('Short name').fill('harbours');
    await page.getByLabel('Mandate').fill('A position of harbour towns on shared data.');
    await page.getByRole('button', {name: 'Open the consultation'}).click();
    await page.waitForURL('/consultations/harbours');
    await expectAccessible(page);
  });

  test('an invitation gives its role and organisation to one member', async () => {
    const {page} = clerk;
    await page.goto('/consultations/harbours/people');
    await page.getByLabel('Role').selectOption({label: 'Delegate'});
    await page.getByLabel('Organisation').selectOption({label: 'Harbour Towns Alliance'});
    await page.getByRole('button', {name: 'Make the link'}).click();
    invitation = new URL((await page.locator('.once code').innerText()).trim()).pathname;
    await expectAccessible(page);
    const theirs = delegate.page;
    await theirs.goto(invitation);
    await theirs.getByText('Harbour Towns Alliance').waitFor();
    await theirs.getByRole('link', {name: 'Sign up'}).click();
    await signUp(theirs, 'Ilse');
    await theirs.getByRole('button', {name: 'Accept the invitation'}).click();
    await theirs.waitForURL('/consultations/harbours');
    await theirs.getByText('You take part here. Your role: Delegate.').waitFor();
  });

  test('the delegate creates a paper and writes in it', async () => {
    const {page} = delegate;
    await page.getByRole('link', {name: 'New paper'}).click();
    await page.getByLabel('Title of the paper').fill('Position on shared data');
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.waitForURL('/papers/position-on-shared-data');
    await editorOf(page).waitFor();
    await typeAtEnd(page, 'Harbour data belongs to all who use the harbour.');
    await page.getByText('Saved', {exact: true}).waitFor();
    await clerk.page.goto('/papers/position-on-shared-data');
    await clerk.page.getByText('Harbour data belongs to all').waitFor();
  });

  test('signing out names work that is only on this device, and what was kept comes back with its author', async () => {
    const {page, context} = delegate;
    await context.setOffline(true);
    await typeAtEnd(page, ' KEPTWORDS');
    await page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 10_000});
    // The page of the account is opened in another tab, which has the network while the paper's tab has none.
    page.once('dialog', dialog => void dialog.accept());
    await context.setOffline(false);
    await context.route('**/rooms/**', route => route.abort());
    await page.goto('/account');
    await page.getByRole('button', {name: 'Sign out'}).first().click();
    const dialog = page.getByRole('dialog');
    const named = await dialog
      .getByText('Position on shared data')
      .waitFor({timeout: 5000})
      .then(() => true)
      .catch(() => false);
    // When the network was quicker than the press, all is saved and nothing has to be named.
    if (named) {
      await expectAccessible(page);
      await dialog.getByRole('button', {name: 'Keep it and sign out'}).click();
    }
    await page.getByRole('link', {name: 'Sign in'}).first().waitFor();
    await context.unroute('**/rooms/**');
    await page.goto('/sign-in?next=/papers/position-on-shared-data');
    await page.getByLabel('E-mail address').fill('ilse@example.org');
    await page.getByLabel('Password').fill('three plain words');
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page.waitForURL('/papers/position-on-shared-data');
    await page.getByText('KEPTWORDS').waitFor();
    await page.getByText('Saved', {exact: true}).waitFor();
    await clerk.page.getByText('KEPTWORDS').waitFor();
  });

  test('two people in one browser never mix', async () => {
    const {page, context} = delegate;
    await context.setOffline(true);
    await typeAtEnd(page, ' OFILSE');
    await page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 10_000});
    const cookies = await clerk.context.cookies();
    await context.addCookies(cookies);
    page.once('dialog', dialog => void dialog.accept());
    await context.setOffline(false);
    // The clerk now sits at the same browser: Ilse's words must not go out under the clerk's name.
    await page.goto('/papers/position-on-shared-data');
    await editorOf(page).waitFor();
    await page.getByText('Saved', {exact: true}).waitFor();
    expect(await editorOf(page).innerText()).not.toContain('OFILSE');
  });

  test('a wrong password is said plainly, and what was typed stays', async () => {
    const stranger = await personWith(browser, server.url);
    const {page} = stranger;
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill('ilse@example.org');
    await page.getByLabel('Password').fill('not the right one');
    await page.getByRole('button', {name: 'Sign in'}).click();
    await page
      .getByText(/password/i)
      .first()
      .waitFor();
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ilse@example.org');
    await expectAccessible(page);
    expect(stranger.elsewhere).toEqual([]);
  });
});
