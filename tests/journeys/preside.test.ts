import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {call} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';
import {editorOf, openAs} from '../support/desk.ts';

let server: TestServer;
let browser: Browser;
let ana: Person;
let dina: Person;
let eve: Person;

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  [ana, dina, eve] = await Promise.all([
    personWith(browser, server.url),
    personWith(browser, server.url),
    personWith(browser, server.url),
  ]);
  await openAs(ana, 'ana', 'draft-resolution');
  await openAs(dina, 'dina', 'draft-resolution');
  await eve.page.goto('/read/draft-resolution');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function preside(choice: string): Promise<void> {
  await dina.page.getByRole('button', {name: 'Change'}).click();
  const dialog = dina.page.getByRole('dialog');
  await dialog.getByText(choice, {exact: true}).click();
  await expectAccessible(dina.page);
  await dialog.getByRole('button', {name: 'Set it'}).click();
  await dialog.waitFor({state: 'hidden'});
}

describe.skipIf(!thereIsABrowser)('R11: Dina presides over the draft resolution', () => {
  test('only the chair is offered to change who writes and who reads', async () => {
    expect(await dina.page.getByRole('button', {name: 'Change'}).count()).toBe(1);
    expect(await ana.page.getByRole('button', {name: 'Change'}).count()).toBe(0);
  });

  test('frozen: within a second nobody can type, and everyone is told why, by whom and when', async () => {
    await preside('Frozen');
    const started = Date.now();
    await until(
      async () => (await editorOf(ana.page).getAttribute('contenteditable')) === 'false',
      1500,
      'Ana’s editor to close',
    );
    expect(Date.now() - started).toBeLessThan(1500);
    await ana.page.getByText(/set the drafting mode to Frozen/).waitFor();
    await ana.page.getByText('Nobody writes in the text now.').first().waitFor();
    expect(await ana.page.getByRole('toolbar').count()).toBe(0);
    await eve.page.getByText('Frozen').first().waitFor({timeout: 5000});
    const {body} = await call<{entries: {act: string; by: {handle: string}}[]}>(
      server.url,
      null,
      'GET',
      '/api/papers/draft-resolution/record',
    );
    expect(body.entries.at(-1)).toMatchObject({act: 'paper.mode-set', by: {handle: 'Dina'}});
  });

  test('amendments: the chair writes, delegates read', async () => {
    await preside('Amendments');
    await until(
      async () => (await editorOf(dina.page).getAttribute('contenteditable')) === 'true',
      3000,
      'Dina’s editor to open',
    );
    expect(await editorOf(ana.page).getAttribute('contenteditable')).toBe('false');
    await editorOf(dina.page).click();
    await dina.page.keyboard.press('Control+End');
    await dina.page.keyboard.type(' From the chair.');
    await ana.page.getByText('From the chair.').waitFor();
  });

  test('open again: the pen comes back without a reload', async () => {
    await preside('Open drafting');
    await until(
      async () => (await editorOf(ana.page).getAttribute('contenteditable')) === 'true',
      3000,
      'Ana’s editor to open',
    );
    await editorOf(ana.page).click();
    await ana.page.keyboard.press('Control+End');
    await ana.page.keyboard.type(' From Ana again.');
    await eve.page.getByText('From Ana again.').waitFor({timeout: 8000});
  });

  test('R13: closed: the reader’s stream ends, the page says so, delegates write on', async () => {
    await preside('Closed');
    await editorOf(ana.page).click();
    await ana.page.keyboard.press('Control+End');
    await ana.page.keyboard.type(' BEHINDDOORS');
    await dina.page.getByText('BEHINDDOORS').waitFor();
    await until(async () => (await eve.page.locator('.tag.live').count()) === 0, 5000, 'the stream to end');
    expect(await eve.page.locator('body').innerText()).not.toContain('BEHINDDOORS');
    await eve.page.goto('/read/draft-resolution');
    expect(await eve.page.locator('body').innerText()).not.toContain('BEHINDDOORS');
    await expectAccessible(eve.page);
    await preside('Public with attributions');
  });

  test('no script failed and nothing was asked of another host', () => {
    for (const {elsewhere, errors} of [ana, dina, eve])
      expect({elsewhere, errors}).toEqual({elsewhere: [], errors: []});
  });
});
