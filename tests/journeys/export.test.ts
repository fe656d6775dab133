import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Page} from 'playwright-core';
import {importFile} from '@plenary/formats/registry';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs, openPaper, typeAtEnd} from '../support/desk.ts';
import {startServer, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let ana: Person;

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  ana = await personWith(browser, server.url);
  await openAs(ana, 'ana', 'joint-statement');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function openSaving(page: Page): Promise<void> {
  await page.getByRole('button', {name: 'Share'}).click();
  await page.getByRole('button', {name: 'Save as a file…'}).click();
  await page.getByLabel('Which text').waitFor();
}

async function saved(page: Page): Promise<{name: string; bytes: Buffer}> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Save the file'}).click();
  const download = await downloading;
  return {name: download.suggestedFilename(), bytes: readFileSync(await download.path())};
}

describe.skipIf(!thereIsABrowser)('R35: Ana takes a paper home', () => {
  test('as a Word file, with the words that she wrote a moment ago', async () => {
    const {page} = ana;
    await typeAtEnd(page, ' Written just now.');
    await page.getByText('Saved', {exact: true}).waitFor();
    await openSaving(page);
    await expectAccessible(page);
    const {name, bytes} = await saved(page);
    expect(name).toMatch(/\.docx$/);
    const {content, report} = await importFile(bytes, name);
    expect(
      content
        .at(-1)
        ?.runs.map(({text}) => text)
        .join(''),
    ).toContain('Written just now.');
    expect(report.left).toEqual([]);
    await page.getByText(`The file ${name} is saved.`).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('and brings it back in as the paper that it was', async () => {
    const {page} = ana;
    const before = await (await fetch(`${server.url}/read/joint-statement.txt`)).text();
    await openSaving(page);
    const {name, bytes} = await saved(page);
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('Back again');
    await page.getByText('A file', {exact: true}).click();
    await page.locator('input[type=file]').setInputFiles({name, mimeType: 'application/octet-stream', buffer: bytes});
    await page.getByText(name).waitFor();
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByText('Everything was carried over.').waitFor();
    await page.getByRole('link', {name: 'Go to the paper'}).click();
    await editorOf(page).waitFor();
    const slug = new URL(page.url()).pathname.split('/').at(-1);
    expect(await (await fetch(`${server.url}/read/${slug}.txt`)).text()).toBe(before);
  });

  test('by keyboard alone, in another format', async () => {
    const {page} = ana;
    await openPaper(page, 'joint-statement');
    await openSaving(page);
    await page.getByLabel('Which text').focus();
    await page.keyboard.press('Tab');
    // The formats are one group of choices, Word first.
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', {name: /^Markdown/}).isChecked()).toBe(true);
    const downloading = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await downloading).suggestedFilename()).toMatch(/\.md$/);
  });

  test('and is told with a way out when the file does not come', async () => {
    const {page} = ana;
    await openSaving(page);
    await page.route('**/export?*', route => route.abort());
    await page.getByRole('button', {name: 'Save the file'}).click();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/export?*');
    expect((await saved(page)).name).toMatch(/\.docx$/);
  });
});
