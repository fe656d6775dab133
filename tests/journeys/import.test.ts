import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs} from '../support/desk.ts';
import {paragraph, run, styled, style, wordFile} from '@plenary/formats/testing/word-file';
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

const markdown = `# Notes on notice

*Recalling* the **duty** to publish,

1. *Calls upon* conveners to answer [in time](https://example.org/time);

![a chart](chart.png)

| a | b |
|---|---|
| 1 | 2 |
`;

describe.skipIf(!thereIsABrowser)('R9: Ana brings a text of her own', () => {
  test('by button: a file comes in, and she is told what was not carried over', async () => {
    const {page} = ana;
    await page.goto('/consultations/copenhagen');
    await page.getByRole('link', {name: 'New paper'}).click();
    await page.getByText('A file', {exact: true}).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown)});
    await page.getByText('notes.md').waitFor();
    await page.getByLabel('Title of the paper').fill('Notes on notice');
    await expectAccessible(page);
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByRole('heading', {name: 'What was not carried over'}).waitFor();
    await page
      .getByText(/image|picture/i)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('link', {name: 'Go to the paper'}).click();
    await editorOf(page).waitFor();
    expect(await editorOf(page).locator('b', {hasText: 'duty'}).count()).toBe(1);
    expect(await editorOf(page).locator('a[href="https://example.org/time"]').count()).toBe(1);
  });

  test('by drag and drop: half a form survives a reload', async () => {
    const {page} = ana;
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('Dropped here');
    await page.getByText('A file', {exact: true}).click();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['Only plain words.\n\nAnd more of them.\n'], 'plain.txt', {type: 'text/plain'}));
      document
        .querySelector('.drop')
        ?.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
    });
    await page.getByText('plain.txt').waitFor();
    await page.reload();
    expect(await page.getByLabel('Title of the paper').inputValue()).toBe('Dropped here');
    await page.getByText('plain.txt').waitFor();
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByRole('link', {name: 'Go to the paper'}).click();
    await page.getByText('And more of them.').waitFor();
  });

  test('a file that is no text is refused with a sentence, and nothing typed is lost', async () => {
    const {page} = ana;
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('No text at all');
    await page.getByText('A file', {exact: true}).click();
    const noise = Buffer.from(Array.from({length: 4000}, (_nothing, index) => (index * 7919) % 256));
    await page.locator('input[type=file]').setInputFiles({name: 'noise.md', mimeType: 'text/markdown', buffer: noise});
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.locator('.notice.danger').waitFor();
    expect(await page.getByLabel('Title of the paper').inputValue()).toBe('No text at all');
  });

  test('R36: a Word file comes in with its changes accepted, and she is told what became of them', async () => {
    const {page} = ana;
    const by = 'w:author="Ben" w:date="2026-01-01T00:00:00Z"';
    const buffer = wordFile({
      body:
        styled('T', 'Notes from Word') +
        paragraph(
          `${run('1.\u00A0')}${run('Calls upon', '<w:i/>')}${run(' all to ')}<w:ins w:id="1" ${by}>${run('read')}</w:ins><w:del w:id="2" ${by}><w:r><w:delText>ignore</w:delText></w:r></w:del>${run(' this.')}`,
        ),
      styles: style('T', 'Title'),
      comments: '<w:comment w:id="1"/>',
    });
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('Notes from Word');
    await page.getByText('A file', {exact: true}).click();
    await page.locator('input[type=file]').setInputFiles({name: 'notes.docx', mimeType: 'application/msword', buffer});
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByText('2 tracked changes were taken as accepted.').waitFor();
    await page.getByText('1 comment was left out.').waitFor();
    await page.getByRole('link', {name: 'Go to the paper'}).click();
    await editorOf(page).waitFor();
    await page.getByText('Calls upon all to read this.').waitFor();
    expect(await editorOf(page).locator('.kind-operative').count()).toBe(1);
  });

  test('R37: a Word file with macros is refused with a sentence, and nothing typed is lost', async () => {
    const {page} = ana;
    const buffer = wordFile({body: paragraph(run('Words.')), others: [['word/vbaProject.bin', 'x']]});
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('Not this one');
    await page.getByText('A file', {exact: true}).click();
    await page.locator('input[type=file]').setInputFiles({name: 'macros.docx', mimeType: 'application/msword', buffer});
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByText('This file carries macros').waitFor();
    expect(await page.getByLabel('Title of the paper').inputValue()).toBe('Not this one');
  });

  test('a file that takes long can be cancelled, and no paper is made of it', async () => {
    const {page} = ana;
    await page.goto('/consultations/copenhagen/papers/new');
    await page.getByLabel('Title of the paper').fill('Never mind this');
    await page.getByText('A file', {exact: true}).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({name: 'plain.txt', mimeType: 'text/plain', buffer: Buffer.from('Words.')});
    await page.getByText('plain.txt').waitFor();
    // The server never gets it: it is on its way as long as nobody cancels.
    await page.route('**/api/papers?*', () => undefined);
    await page.getByRole('button', {name: 'Create the paper'}).click();
    await page.getByRole('button', {name: 'Cancel'}).click();
    await page.getByText('Cancelled. The form is as you left it.').waitFor();
    await page.unroute('**/api/papers?*');
    expect(await page.getByLabel('Title of the paper').inputValue()).toBe('Never mind this');
    await page.goto('/consultations/copenhagen');
    expect(await page.getByText('Never mind this').count()).toBe(0);
  });
});
