import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Download, Page} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {signInAs} from '../support/desk.ts';
import {call, signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let ana: Person;
const saved = {receipt: '', receipts: '', verifier: '', log: '', revision: '', issued: ''};

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  ana = await personWith(browser, server.url, {acceptDownloads: true});
  await signInAs(ana, 'ana');
  // Ana does something, and Dina issues a revision.
  const [cookie, dina] = [await signIn(server.url, 'ana'), await signIn(server.url, 'dina')];
  await call(server.url, cookie, 'POST', '/api/papers', {
    consultation: 'copenhagen',
    title: 'Ports',
    text: 'We agree.',
  });
  const issued = await call<{id: string}>(server.url, dina, 'POST', '/api/papers/ports/revisions', {});
  expect(issued.status).toBe(201);
  const text = await fetch(`${server.url}/read/ports.txt?revision=${issued.body.id}`);
  saved.revision = keep('ports.txt', Buffer.from(await text.arrayBuffer()));
  const {body} = await call<{entries: {index: number; act: {name: string}}[]}>(
    server.url,
    null,
    'GET',
    '/api/ledger/entries?paper=ports',
  );
  const {index} = body.entries.find(({act}) => act.name === 'revision.issued') ?? expect.fail('nothing was issued');
  const receipt = await fetch(`${server.url}/api/ledger/receipt?index=${index}`);
  saved.issued = keep('issued.json', Buffer.from(await receipt.arrayBuffer()));
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

function keep(name: string, content: string | Buffer): string {
  const path = join(server.dataDir, name);
  writeFileSync(path, content);
  return path;
}

async function download(page: Page, press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all<[Promise<Download>, Promise<void>]>([page.waitForEvent('download'), press()]);
  const path = join(server.dataDir, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

describe.skipIf(!thereIsABrowser)('R41, R43: what the ledger says can be checked by anyone', () => {
  test('the page shows what happened, and Ana saves her receipts, the log and the verifier', async () => {
    const {page} = ana;
    await page.goto('/');
    await page.getByRole('link', {name: 'Ledger'}).click();
    await page.getByRole('heading', {name: 'What happened, and how to check it'}).waitFor();
    await page.getByText('Revision issued').waitFor();
    await page.getByText('10 acts are shown.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', {name: 'Show more'}).first().click();
    await page.getByText('30 acts are shown.').waitFor();
    await page.getByLabel('Consultation').selectOption({label: 'Civic participation in digital governance'});
    await page.getByLabel('Paper').selectOption({label: 'Ports'});
    await page.getByText('2 acts are shown.').waitFor();
    expect(new URL(page.url()).search).toContain('paper=ports');
    await page.reload();
    await page.getByText('2 acts are shown.').waitFor();
    const own = page.locator('#mine');
    saved.receipt = await download(page, () =>
      own
        .getByRole('link', {name: /^Receipt of act/})
        .first()
        .click(),
    );
    saved.receipts = await download(page, () => page.getByRole('link', {name: 'All receipts (.json)'}).click());
    saved.verifier = await download(page, () => page.getByRole('link', {name: 'verifier'}).click());
    saved.log = await download(page, () => page.getByRole('link', {name: 'log', exact: true}).click());
  });

  test('an act has an address, where its proof is computed again in the page', async () => {
    const {page} = ana;
    await page
      .locator('#mine')
      .getByRole('link', {name: /^Check act/})
      .first()
      .click();
    await page.getByText('Checked in this page: it stands in the ledger, unchanged.').waitFor();
    expect(await page.locator('.steps li').count()).toBeGreaterThan(3);
    await page.getByRole('link', {name: 'Receipt (.json)'}).waitFor();
    await expectAccessible(page);
    await page.goto('/ledger/999999');
    await page.getByText('There is nothing at this address.').waitFor();
  });

  test('a receipt is checked in the page by dropping or pasting it, and a changed one is not believed', async () => {
    const {page} = ana;
    await page.goto('/ledger');
    await page.getByLabel('Files').setInputFiles(saved.receipt);
    await page.getByText('In the ledger, unchanged.').waitFor();
    await page.getByLabel('Files').setInputFiles([saved.revision, saved.issued]);
    await page.getByText('This is the text that was issued.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Files').setInputFiles([]);
    await page
      .getByLabel('Receipt or log')
      .fill(readFileSync(saved.receipt, 'utf8').replace('paper.created', 'paper.lost'));
    await page.getByRole('button', {name: 'Check it'}).click();
    await page.getByText('Not valid.').waitFor();
    await page.getByText(/do not lead to the root that was signed/).waitFor();
    expect(ana.errors).toEqual([]);
    expect(ana.elsewhere).toEqual([]);
  });

  test('the verifier works from a file with the network off', async () => {
    await server.stop();
    const context = await browser.newContext({locale: 'en'});
    await context.setOffline(true);
    const page = await context.newPage();
    const asked: string[] = [];
    const errors: string[] = [];
    page.on('request', request => asked.push(request.url()));
    page.on('pageerror', error => errors.push(String(error)));
    page.on('console', message => message.type() === 'error' && errors.push(message.text()));
    const address = pathToFileURL(saved.verifier).href;
    await page.goto(address);
    await page.getByRole('heading', {name: 'Check what the ledger says'}).waitFor();
    await expectAccessible(page);
    const drop = (...paths: string[]) => page.getByLabel('Files').setInputFiles(paths);

    await drop(saved.receipt);
    await page.getByText('In the ledger, unchanged.').waitFor();
    await drop(saved.receipts);
    await page.getByText(/^\d+ receipts?, and (it is|all are) valid\.$/).waitFor();
    await drop(saved.log);
    await page.getByText('The whole log is unchanged.').waitFor();
    await drop(saved.revision, saved.issued);
    await page.getByText('This is the text that was issued.').waitFor();
    await expectAccessible(page);

    const changed = readFileSync(saved.receipt, 'utf8').replace('"seq":1', '"seq":2');
    expect(changed).not.toBe(readFileSync(saved.receipt, 'utf8'));
    await drop(keep('changed.json', changed));
    await page.getByText('Not valid.').waitFor();
    const other = Buffer.concat([readFileSync(saved.revision), Buffer.from(' ')]);
    await drop(keep('other.txt', other), saved.issued);
    await page.getByText('The text is not the one that was issued').waitFor();
    const log = readFileSync(saved.log, 'utf8').split('\n');
    await drop(keep('shorter.jsonl', log.toSpliced(5, 1).join('\n')));
    await page.getByText('An act or checkpoint is missing, doubled or out of its place.').waitFor();
    await page.getByText('Found at act 4.').waitFor();

    await page.getByRole('button', {name: 'عربي'}).click();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.getByText('غير صحيح.').waitFor();
    await expectAccessible(page);
    expect(asked.filter(url => url !== address)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
    await server.start();
  });

  test('R44: a member erases themselves, and their act goes on standing', async () => {
    const organisation = 'coalition-for-open-assemblies';
    const {body} = await call<{organisations: {slug: string}[]}>(server.url, null, 'GET', '/api/organisations');
    const slug = body.organisations.find(one => one.slug === organisation)?.slug ?? body.organisations[0]?.slug ?? '';
    const cookie = await signIn(server.url, 'noor', {role: 'delegate', organisation: slug});
    const made = {consultation: 'copenhagen', title: 'A paper of Noor', text: 'We agree.'};
    await call(server.url, cookie, 'POST', '/api/papers', made);
    const noor = await personWith(browser, server.url);
    await signInAs(noor, 'noor');
    const {page} = noor;
    await page.goto('/account');
    await page.getByRole('button', {name: 'Erase my account…'}).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('There is no way back.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', {name: 'Erase it for good'}).click();
    await dialog.getByText('Write the handle as it stands above.').waitFor();
    await dialog.getByLabel(/^Your handle, to be sure/).fill('noor');
    await dialog.getByRole('button', {name: 'Erase it for good'}).click();
    await page.getByRole('link', {name: 'Sign in'}).first().waitFor();
    await page.goto('/ledger?paper=a-paper-of-noor');
    await page.getByText('erased member').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('noor ·');
  });
});
