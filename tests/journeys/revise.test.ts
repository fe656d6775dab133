import {createHash} from 'node:crypto';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs, openPaper, textOf, typeAtEnd} from '../support/desk.ts';
import {call} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

const paper = 'joint-statement';
const title = 'After the second reading';

let server: TestServer;
let browser: Browser;
let ana: Person;
let ben: Person;
let dina: Person;
let eve: Person;
let issuedText = '';

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  [ana, ben, dina, eve] = await Promise.all([
    personWith(browser, server.url),
    personWith(browser, server.url),
    personWith(browser, server.url, {timezoneId: 'Asia/Manila'}),
    personWith(browser, server.url, {javaScriptEnabled: false}),
  ]);
  await openAs(ana, 'ana', paper);
  await openAs(ben, 'ben', paper);
  await openAs(dina, 'dina', paper);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function issue(name?: string): Promise<void> {
  await dina.page.getByRole('button', {name: 'Issue the next revision'}).click();
  const dialog = dina.page.getByRole('dialog');
  await dialog.getByText('It can never be changed or withdrawn.').waitFor();
  if (name) await dialog.getByLabel('Title, if it is to have one').fill(name);
  await expectAccessible(dina.page);
  await dialog.getByRole('button', {name: 'Issue', exact: true}).click();
}

const saved = (person: Person) => person.page.getByText('Saved', {exact: true}).waitFor();

describe.skipIf(!thereIsABrowser)('R30–R34: a paper is revised', () => {
  test('Dina issues the Zero draft from the paper, and those who write are told', async () => {
    await dina.page.getByRole('link', {name: 'Revisions', exact: true}).first().click();
    await dina.page.getByText('No revision has been issued yet.').waitFor();
    await expectAccessible(dina.page);
    await issue();
    await dina.page.getByRole('link', {name: 'Zero draft'}).waitFor();
    await dina.page.getByText('where you are').first().waitFor();
    await ana.page.getByText(/Dina issued Zero draft at/).waitFor();
    expect(await editorOf(ana.page).getAttribute('contenteditable')).toBe('true');
  });

  test('issuing the same words again is refused with the way to them', async () => {
    await issue();
    const dialog = dina.page.getByRole('dialog');
    await dialog
      .getByRole('alert')
      .getByText(/The text is the same/)
      .waitFor();
    expect(await dialog.getByRole('link', {name: /^Open/}).getAttribute('href')).toMatch(/^\/read\/.*revision=/);
    await dina.page.keyboard.press('Escape');
  });

  test('Ana and Ben write, and Dina issues Rev.1 under a title', async () => {
    await typeAtEnd(ana.page, ' Ana adds this.');
    await saved(ana);
    await typeAtEnd(ben.page, ' Ben adds that.');
    await saved(ben);
    await issue(title);
    await dina.page.getByRole('link', {name: title}).waitFor();
    await expectAccessible(dina.page);
    issuedText = await textOf(ana.page);
  });

  test('R31: the line that is shown checks the hash that is shown', async () => {
    const row = dina.page.getByRole('listitem').filter({hasText: title});
    await row.getByText('How to check it').click();
    const command = await row.locator('details code').innerText();
    const [, address] = /^curl -s '([^']+)' \| sha256sum$/.exec(command) ?? [];
    const text = await (await fetch(address!)).text();
    expect(await row.locator('.hash code').innerText()).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('R32: somebody without an account finds it in the consultation, compares and reads', async () => {
    const visitor = await personWith(browser, server.url);
    await visitor.page.goto('/consultations/copenhagen');
    await visitor.page.getByRole('link', {name: /^Revisions of Joint statement/}).click();
    await visitor.page.getByRole('link', {name: title}).waitFor();
    expect(await visitor.page.getByRole('button', {name: /Restore|Issue/}).count()).toBe(0);
    await visitor.page
      .getByRole('link', {name: /with the working text$/})
      .first()
      .click();
    await visitor.page.getByText('Both texts are the same.').waitFor();
    await visitor.page.goBack();
    await visitor.page.getByRole('link', {name: title}).click();
    await visitor.page.getByText('Ben adds that.').waitFor();
    await expectAccessible(visitor.page);
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  });

  test('Eve reads it without script, and finds the others', async () => {
    const {body} = await call<{revisions: {id: string}[]}>(server.url, null, 'GET', `/api/papers/${paper}/revisions`);
    const [rev1, zero] = body.revisions;
    await eve.page.goto(`/read/${paper}?revision=${rev1!.id}`);
    await eve.page.getByText('Ben adds that.').waitFor();
    await eve.page.getByRole('navigation', {name: 'Other revisions'}).getByRole('link').click();
    expect(eve.page.url()).toContain(zero!.id);
    expect(await eve.page.getByText('Ben adds that.').count()).toBe(0);
  });

  test('R33: Dina compares them, from change to change by keys', async () => {
    await dina.page
      .getByRole('link', {name: /^What changed since/})
      .first()
      .click();
    await dina.page.getByText('1 paragraph differs').waitFor();
    const inserted = dina.page.locator('ins');
    expect((await inserted.allInnerTexts()).join('')).toMatch(/Ana adds this\..*Ben adds that\./);
    await dina.page.keyboard.press('Alt+ArrowDown');
    await dina.page.getByText('Change 1 of 1').waitFor();
    await expectAccessible(dina.page);
    await dina.page.getByRole('button', {name: 'Side by side'}).click();
    await until(async () => (await dina.page.locator('.beside').count()) === 1, 3000, 'both to stand side by side');
    expect(dina.page.url()).toContain('view=beside');
    await expectAccessible(dina.page);
    await dina.page.setViewportSize({width: 390, height: 800});
    await until(async () => (await dina.page.locator('.beside').count()) === 0, 3000, 'them to stand in one text');
    expect(await dina.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await dina.page.setViewportSize({width: 1280, height: 900});
    await dina.page.getByLabel('From').selectOption({label: await optionOf(title)});
    await dina.page.getByText('Both texts are the same.').waitFor();
  });

  test('R34: Dina restores the Zero draft while Ben writes, and takes it back', async () => {
    await dina.page.goto(`/papers/${paper}/revisions`);
    await dina.page.getByRole('listitem').filter({hasText: 'Zero draft'}).getByRole('button').last().click();
    const dialog = dina.page.getByRole('dialog');
    await dialog.getByText('The working text as it stands is kept first', {exact: false}).waitFor();
    await expectAccessible(dina.page);
    await dialog.getByRole('button', {name: 'Restore'}).click();
    await dina.page.getByText('The working text is Zero draft again.').waitFor();
    await ben.page.getByText(/Dina brought the working text back to Zero draft/).waitFor();
    await until(async () => !(await textOf(ben.page)).includes('Ana adds this.'), 5000, 'the words to go');
    await typeAtEnd(ben.page, ' Ben goes on.');
    await saved(ben);
    await until(async () => (await textOf(ana.page)).includes('Ben goes on.'), 5000, 'Ana to read on');
    await dina.page
      .getByRole('listitem')
      .filter({hasText: 'Kept before restoration 1'})
      .getByRole('button')
      .last()
      .click();
    await dina.page.getByRole('dialog').getByRole('button', {name: 'Restore'}).click();
    await dina.page.getByText('The working text is Kept before restoration 1 again.').waitFor();
    await until(async () => (await textOf(ana.page)) === issuedText, 5000, 'the words to be back');
  });

  test('Eve is shown no text that was only kept', async () => {
    const {body} = await call<{revisions: {kind: string}[]}>(server.url, null, 'GET', `/api/papers/${paper}/revisions`);
    expect(body.revisions.map(({kind}) => kind)).toEqual(['issued', 'issued']);
  });

  test('the pages are whole in Arabic too, and nobody met an error', async () => {
    await dina.context.addCookies([{name: 'language', value: 'ar', url: server.url}]);
    await dina.page.goto(`/papers/${paper}/revisions`);
    await dina.page.getByRole('heading', {level: 1, name: 'النسخ المنقحة'}).waitFor();
    await expectAccessible(dina.page);
    for (const person of [ana, ben, dina, eve]) {
      expect(person.errors).toEqual([]);
      expect(person.elsewhere).toEqual([]);
    }
    await openPaper(ana.page, paper);
  });
});

async function optionOf(wanted: string): Promise<string> {
  const labels = await dina.page.getByLabel('From').locator('option').allInnerTexts();
  return labels.find(label => label.includes(wanted)) ?? '';
}
