import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Page} from 'playwright-core';
import {editorOf, openPaper, textOf, typeAtEnd} from '../support/desk.ts';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {call} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
const people: Person[] = [];

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function person(options?: Parameters<typeof personWith>[2]): Promise<Person> {
  const someone = await personWith(browser, server.url, options);
  people.push(someone);
  return someone;
}

/** Tries it as one of the cast, from the front page, and opens the joint statement. */
async function tryItAs(name: string, options?: Parameters<typeof personWith>[2]): Promise<Person> {
  const someone = await person(options);
  await someone.page.goto('/');
  await someone.page.getByRole('button', {name: new RegExp(`^${name}`)}).click();
  await someone.page.waitForURL(url => url.pathname !== '/');
  await openPaper(someone.page, 'joint-statement');
  return someone;
}

describe.skipIf(!thereIsABrowser)('Ana and Ben write one joint statement while Eve reads along', () => {
  let ana: Person;
  let ben: Person;
  let eve: Person;

  test('each tries it by one click on the front page', async () => {
    ana = await tryItAs('Ana');
    ben = await tryItAs('Ben');
    eve = await person();
    await eve.page.goto('/');
    await expectAccessible(eve.page);
    await eve.page.getByRole('link', {name: 'Follow without an account'}).click();
    await eve.page.goto('/read/joint-statement');
  });

  test('what one types, the other sees at once and the world within a second or two', async () => {
    await typeAtEnd(ana.page, ' Words of Ana.');
    await ben.page.getByText('Words of Ana.').waitFor({timeout: 5000});
    await typeAtEnd(ben.page, ' Words of Ben.');
    await ana.page.getByText('Words of Ben.').waitFor({timeout: 5000});
    await eve.page.getByText('Words of Ben.').waitFor({timeout: 8000});
    for (const {page} of [ana, ben]) await page.getByText('Saved', {exact: true}).waitFor();
    expect(await textOf(ana.page)).toBe(await textOf(ben.page));
  });

  test('carets of others carry their names, as the server knows them', async () => {
    await typeAtEnd(ben.page, ' b');
    await ana.page.locator('.caret').first().waitFor();
    expect(await ana.page.locator('.caret').first().innerText()).toContain('Ben');
  });

  test('undo takes back one’s own words, never those of the other', async () => {
    await typeAtEnd(ana.page, ' UNDOME');
    await ben.page.getByText('UNDOME').waitFor();
    await typeAtEnd(ben.page, ' KEEPME');
    await ana.page.getByText('KEEPME').waitFor();
    await editorOf(ana.page).focus();
    await until(
      async () => {
        if (!(await textOf(ana.page)).includes('UNDOME')) return true;
        await ana.page.keyboard.press('Control+z');
        return false;
      },
      5000,
      'the words to be taken back',
    );
    await until(async () => !(await textOf(ben.page)).includes('UNDOME'), 5000, 'Ben to see it');
    expect(await textOf(ben.page)).toContain('KEEPME');
  });

  test('a new paragraph gets its number, moves up, becomes a heading, and is the same for both', async () => {
    await editorOf(ana.page).click();
    await ana.page.keyboard.press('Control+End');
    await ana.page.keyboard.press('Enter');
    await ana.page.keyboard.type('A paragraph that moves.');
    await ben.page.getByText('A paragraph that moves.').waitFor();
    const orderOf = async (page: Page) =>
      (await textOf(page)).indexOf('A paragraph that moves.') - (await textOf(page)).indexOf('KEEPME');
    expect(await orderOf(ben.page)).toBeGreaterThan(0);
    await ana.page.keyboard.press('Alt+ArrowUp');
    await until(async () => (await orderOf(ben.page)) < 0, 5000, 'the paragraph to have moved at Ben’s');
    await ana.page.getByLabel('Kind of paragraph').selectOption({label: 'Heading'});
    await until(
      async () =>
        (await editorOf(ben.page).locator('h1,h2,h3,[data-kind="heading"]').filter({hasText: 'that moves'}).count()) >
        0,
      5000,
      'the heading',
    );
  });

  test('bold and a link reach the other, and the page of the reader', async () => {
    await typeAtEnd(ana.page, ' weighty');
    await ana.page.keyboard.press('Control+Shift+ArrowLeft');
    await ana.page.keyboard.press('Control+b');
    await until(
      async () => (await editorOf(ben.page).locator('strong, b').filter({hasText: 'weighty'}).count()) > 0,
      5000,
      'the bold word',
    );
    await ana.page.keyboard.press('Control+k');
    await ana.page.getByLabel('Address').fill('https://example.org/charter');
    await ana.page.getByRole('button', {name: 'Set the link'}).click();
    await until(
      async () => (await editorOf(ben.page).locator('a[href="https://example.org/charter"]').count()) > 0,
      5000,
      'the link',
    );
    await until(
      async () => (await eve.page.locator('a[href="https://example.org/charter"]').count()) > 0,
      8000,
      'the link on the reading page',
    );
  });

  test('paste from Word comes in as clean paragraphs', async () => {
    await editorOf(ben.page).click();
    await ben.page.keyboard.press('Control+End');
    await ben.page.keyboard.press('Enter');
    await ben.page.evaluate(() => {
      const data = new DataTransfer();
      data.setData(
        'text/html',
        `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
        <!--StartFragment--><p class=MsoNormal style='color:red'><b>Pasted</b> from Word<o:p></o:p></p>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>A pasted point</p><!--EndFragment--></body></html>`,
      );
      data.setData('text/plain', 'Pasted from Word');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}),
      );
    });
    await ana.page.getByText('A pasted point').waitFor();
    expect(await editorOf(ana.page).locator('[style*="red"]').count()).toBe(0);
    expect(await textOf(ana.page)).not.toContain('·');
  });

  test('find shows how often, and a help shows the keys', async () => {
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('button', {name: 'Find'}).click();
    await ana.page.getByLabel('Find in the text').fill('pasted');
    await ana.page.getByText(/^\d+ of 2$/).waitFor();
    await ana.page.keyboard.press('Escape');
    await ana.page.getByRole('button', {name: 'Keys'}).click();
    await ana.page.getByRole('dialog').getByText('Keys for writing').waitFor();
    await expectAccessible(ana.page);
    await ana.page.keyboard.press('Escape');
  });

  test('what is typed while the server is down is kept on the device, and saved when it is back', async () => {
    await server.crash();
    await typeAtEnd(ana.page, ' WHILEDOWN');
    await ana.page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 10_000});
    expect(await ana.page.getByText('Saved', {exact: true}).count()).toBe(0);
    await server.start();
    await ana.page.getByText('Saved', {exact: true}).waitFor({timeout: 30_000});
    await ben.page.getByText('WHILEDOWN').waitFor({timeout: 30_000});
    const {body} = await call<string>(server.url, null, 'GET', '/read/joint-statement.txt');
    for (const words of ['Words of Ana.', 'Words of Ben.', 'KEEPME', 'A pasted point', 'WHILEDOWN'])
      expect(body).toContain(words);
  });

  test('a tab that is closed while offline loses nothing', async () => {
    await server.crash();
    await typeAtEnd(ben.page, ' OFFLINETAB');
    await ben.page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 10_000});
    // The page says "Saving" only after 400 ms: what it says after that is of the last key too.
    await ben.page.waitForTimeout(450);
    await ben.page.getByText('Kept on this device', {exact: true}).first().waitFor({timeout: 10_000});
    await ben.page.close({runBeforeUnload: false});
    await server.start();
    const tab = await ben.context.newPage();
    await tab.goto('/papers/joint-statement');
    await tab.getByText('OFFLINETAB').waitFor({timeout: 15_000});
    await tab.getByText('Saved', {exact: true}).waitFor({timeout: 15_000});
    await ana.page.getByText('OFFLINETAB').waitFor({timeout: 30_000});
  });

  test('nothing was asked of another host, and no script failed', () => {
    for (const {elsewhere, errors} of people) expect({elsewhere, errors}).toEqual({elsewhere: [], errors: []});
  });
});

describe.skipIf(!thereIsABrowser)('Eve reads without JavaScript', () => {
  test('the page is complete, and a Refresh brings what was written since', async () => {
    const eve = await person({javaScriptEnabled: false});
    await eve.page.goto('/read/udhr-en');
    const text = await eve.page.getByRole('main').innerText();
    expect(text).toContain('All human beings are born free and equal in dignity and rights');
    expect(text).toContain('Nothing in this Declaration may be interpreted');
    await eve.page.getByRole('link', {name: /Refresh/}).click();
    expect(eve.page.url()).toContain('/read/udhr-en');
  });
});
