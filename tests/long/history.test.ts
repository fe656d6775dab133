import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs, textOf, typeAtEnd} from '../support/desk.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

const paper = 'joint-statement';

let server: TestServer;
let browser: Browser;
let ana: Person;
let ben: Person;
let dina: Person;

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  [ana, ben, dina] = await Promise.all([
    personWith(browser, server.url),
    personWith(browser, server.url),
    personWith(browser, server.url),
  ]);
  await openAs(ana, 'ana', paper);
  await openAs(ben, 'ben', paper);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const saved = (person: Person) => person.page.getByText('Saved', {exact: true}).waitFor();
const slider = (person: Person) => person.page.getByRole('slider', {name: 'Moment'});
const text = (person: Person) => person.page.getByRole('list', {name: 'The text at this moment'});

describe.skipIf(!thereIsABrowser)('R65: who wrote what', () => {
  test('is told at the caret, and drawn with a line and a name for each organisation', async () => {
    const {page} = ana;
    await typeAtEnd(page, ' Of Ana.');
    await saved(ana);
    await until(async () => (await textOf(ben.page)).includes('Of Ana.'), 10_000, 'Ben to see them');
    await typeAtEnd(ben.page, ' Of Ben.');
    await saved(ben);
    await page.getByRole('button', {name: 'Authors', exact: true}).click();
    const bar = page.getByRole('region', {name: 'Who wrote what'});
    await bar.getByText(/Here: .Ana/).waitFor();
    const lines = bar.getByRole('listitem');
    await lines.filter({hasText: 'Coalition for Open Assemblies'}).filter({hasText: 'Ana'}).waitFor();
    await lines.filter({hasText: 'Meridian Cloud Federation'}).filter({hasText: 'Ben'}).waitFor();
    const lined = editorOf(page).locator('.written');
    await lined.getByText('Of Ana.').waitFor();
    expect(await lined.getByText('Of Ana.').getAttribute('class')).not.toBe(
      await lined.getByText('Of Ben.').getAttribute('class'),
    );
    await page.keyboard.press('Control+End');
    await bar.getByText(/Here: .Ben/).waitFor();
    await editorOf(page).locator('.pp .text').nth(2).hover();
    await bar.getByText(/Here: .Plenary/).waitFor();
    await expectAccessible(page);
    await bar.getByRole('button', {name: 'Close who wrote what'}).click();
    expect(await lined.count()).toBe(0);
  });
});

describe.skipIf(!thereIsABrowser)('R63, R64: the history of a paper', () => {
  test('Ana sees her words come and Ben’s deletion of them, step by step, by whom and when', async () => {
    await typeAtEnd(ana.page, ' Fleeting words.');
    await saved(ana);
    await until(async () => (await textOf(ben.page)).includes('Fleeting words.'), 10_000, 'Ben to see them');
    await typeAtEnd(ben.page, '');
    for (let key = 0; key < 6; key++) await ben.page.keyboard.press('Backspace');
    // What Ana does not read any more is in the history: nothing is seen before it is stored.
    await until(async () => !(await textOf(ana.page)).includes('words.'), 10_000, 'Ana to see them go');
    await ana.page.getByRole('link', {name: 'History', exact: true}).click();
    await text(ana).locator('del').getByText('words.').waitFor();
    await text(ana).getByText('Ben', {exact: true}).first().waitFor();
    expect(await slider(ana).getAttribute('aria-valuetext')).toMatch(/\d\d:\d\d:\d\d UTC, .*Ben/);
    await expectAccessible(ana.page);
    await slider(ana).focus();
    await ana.page.keyboard.press('ArrowLeft');
    await text(ana).locator('ins').getByText('Fleeting words.').waitFor();
    expect(await slider(ana).getAttribute('aria-valuetext')).toContain('Ana');
  });

  test('a link leads to the moment, for who may see it and for nobody else', async () => {
    const link = ana.page.url();
    expect(link).toMatch(/\/history\?at=\d+$/);
    await ben.page.goto(link);
    await text(ben).locator('ins').getByText('Fleeting words.').waitFor();
    const eve = await personWith(browser, server.url);
    const answers: number[] = [];
    eve.page.on('response', response => {
      if (response.url().includes('/api/papers/')) answers.push(response.status());
    });
    await eve.page.goto(link);
    await until(() => answers.includes(401), 10_000, 'the answer of the server');
    expect(await eve.page.content()).not.toContain('Fleeting');
    await eve.close();
  });

  test('it plays from the beginning to the end, and stops when it is told to', async () => {
    const {page} = ben;
    await page.getByRole('button', {name: 'Next step'}).click();
    await page.getByRole('button', {name: 'Play'}).click();
    await page
      .getByRole('status')
      .filter({hasText: 'Step 1 of'})
      .or(page.getByText(/^Step 1 of/))
      .waitFor();
    await page.getByText(/^Step 2 of/).waitFor();
    await page.getByRole('button', {name: 'Pause'}).click();
    const count = Number(await slider(ben).getAttribute('max')) + 1;
    await page.getByLabel('Go to a time, in UTC').fill('2001-01-01T00:00:00');
    await page.getByRole('button', {name: 'Go', exact: true}).click();
    await page.getByText(`Step 1 of ${count}`).waitFor();
  });

  test('Dina brings a moment back while the others write', async () => {
    const link = ana.page.url();
    await openAs(dina, 'dina', paper);
    await dina.page.goto(link);
    await text(dina).locator('ins').getByText('Fleeting words.').waitFor();
    await dina.page.getByRole('button', {name: 'Restore this moment'}).click();
    await dina.page.getByRole('dialog').getByRole('button', {name: 'Restore'}).click();
    await dina.page.getByText(/is again what it was on/).waitFor();
    await ben.page.goto(`/papers/${paper}`);
    await until(async () => (await textOf(ben.page)).includes('Fleeting words.'), 10_000, 'the words to be back');
    for (const {errors, elsewhere} of [ana, ben, dina]) expect([...errors, ...elsewhere]).toEqual([]);
  });
});
