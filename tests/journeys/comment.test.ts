import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Locator, Page} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openAs, signInAs, textOf} from '../support/desk.ts';
import {call, signIn} from '../support/members.ts';
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

async function at(as: string, paper: string, options?: Parameters<typeof personWith>[2]): Promise<Page> {
  const someone = await person(options);
  await openAs(someone, as, paper);
  await toggle(someone.page).waitFor();
  return someone.page;
}

const toggle = (page: Page) => page.getByRole('button', {name: /^Comments \d+$/});
const thread = (page: Page, words: string) => page.getByRole('article').filter({hasText: words});

/** All commented words, without the names of those whose carets stand in them. */
async function commented(page: Page): Promise<string> {
  return editorOf(page).evaluate(editor => {
    const copy = editor.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return [...copy.querySelectorAll('.cm')].map(words => words.textContent).join('');
  });
}

/** Selects words by keyboard, from the caret that a press of the pointer leaves before them. */
async function select(page: Page, words: string): Promise<void> {
  await editorOf(page).evaluate((editor, wanted) => {
    const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const from = node.textContent?.indexOf(wanted) ?? -1;
      if (from < 0) continue;
      (editor as HTMLElement).focus();
      document.getSelection()?.setBaseAndExtent(node, from, node, from + wanted.length);
      return;
    }
    throw new Error(`“${wanted}” is not in the text.`);
  }, words);
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByLabel('Your comment').pressSequentially(words);
  await page.keyboard.press('Control+Enter');
}

async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate(element => element === document.activeElement || element.contains(document.activeElement));
}

describe.skipIf(!thereIsABrowser)('Ana, Ben and an observer comment on the joint statement', () => {
  let ana: Page;
  let ben: Page;
  let olga: Page;

  test('R27: Ana comments on words by keyboard and names Ben; he sees it at once beside the same words', async () => {
    ana = await at('ana', 'joint-statement');
    ben = await at('ben', 'joint-statement');
    await ben.getByText('Nobody has commented yet.').waitFor();
    await editorOf(ben).click();
    await ben.keyboard.press('Control+End');
    await select(ana, 'everyone has the right');
    await ana.keyboard.press('Control+Alt+m');
    await ana.getByLabel('Your comment').pressSequentially('Everyone, also those without papers, @be');
    await ana.getByRole('option', {name: 'Ben Meridian Cloud Federation'}).waitFor();
    await ana.keyboard.press('Enter');
    await expectAccessible(ana);
    await ana.keyboard.press('Control+Enter');
    await thread(ben, 'without papers').waitFor({timeout: 5000});
    await until(async () => (await commented(ben)) === 'everyone has the right', 5000, 'the marked words');
    expect(await thread(ben, 'without papers').locator('b', {hasText: '@Ben'}).count()).toBe(1);
    expect(await toggle(ben).innerText()).toBe('Comments 1');
    await expectAccessible(ben);
  });

  test('what others say moves neither caret nor focus of who writes', async () => {
    await editorOf(ben).click();
    await ben.keyboard.press('Control+End');
    await ben.keyboard.type(' Written before');
    const scrolled = await ben.evaluate(() => scrollY);
    await select(ana, 'public affairs');
    await ana.keyboard.press('Control+Alt+m');
    await write(ana, 'Whose affairs?');
    await thread(ben, 'Whose affairs?').waitFor();
    expect(await isFocused(editorOf(ben))).toBe(true);
    expect(await ben.evaluate(() => scrollY)).toBe(scrolled);
    await ben.keyboard.type(' and after.');
    await editorOf(ana).getByText('Written before and after.').waitFor();
  });

  test('the words keep their comment while others type before and in them', async () => {
    await select(ben, 'everyone has');
    await ben.keyboard.press('ArrowLeft');
    await ben.keyboard.type('indeed ');
    await select(ben, ' has the right');
    await ben.keyboard.press('ArrowLeft');
    await ben.keyboard.type(' alive');
    await until(
      async () => (await commented(ana)).includes('everyone alive has the right'),
      5000,
      'the mark to hold at Ana’s',
    );
  });

  test('Ben goes from the words to the thread and back, by keys, with the caret where it was', async () => {
    await select(ben, 'has the right');
    await ben.keyboard.press('ArrowLeft');
    await ben.keyboard.press('Control+Alt+m');
    await until(() => isFocused(thread(ben, 'without papers')), 3000, 'the thread to have the focus');
    await ben.keyboard.press('Tab');
    await thread(ben, 'without papers').getByRole('button', {name: 'Reply'}).click();
    await ben.getByLabel('Your answer').pressSequentially('They too.');
    await ben.keyboard.press('Control+Enter');
    await thread(ana, 'They too.').waitFor();
    await until(() => isFocused(thread(ben, 'They too.')), 3000, 'the thread to have the focus again');
    await ben.keyboard.press('Escape');
    expect(await isFocused(editorOf(ben))).toBe(true);
    await ben.keyboard.type('still ');
    await until(
      async () => (await textOf(ana)).includes('everyone alive still has the right'),
      5000,
      'what Ben types where his caret was',
    );
    await ben.keyboard.press('Control+Alt+n');
    await until(() => isFocused(thread(ben, 'Whose affairs?')), 3000, 'the next comment');
    await ben.keyboard.press('Escape');
  });

  test('a key that is pressed before the comments are there is heard when they are', async () => {
    const early = await person();
    let answered = () => undefined as void;
    const asked = new Promise<void>(resolve => (answered = resolve));
    await early.page.route(/\/comments\?since=0$/, async route => {
      await asked;
      await route.continue();
    });
    await openAs(early, 'ana', 'joint-statement');
    await select(early.page, 'public affairs');
    await early.page.keyboard.press('Control+Alt+m');
    await toggle(early.page).waitFor();
    answered();
    await early.page.getByLabel('Your comment').waitFor();
    expect(await early.page.getByLabel('Comment on').inputValue()).toBe('words');
    await early.context.close();
  });

  test('Ben puts other words in place of his own; they are marked as edited, and a reload loses none half written', async () => {
    const own = thread(ben, 'They too.');
    await own.getByText('They too.').click();
    await own.getByRole('button', {name: 'Edit'}).click();
    await expectAccessible(ben);
    await ben.getByLabel('Your words').fill('They too, and first.');
    await ben.reload();
    await until(
      async () => (await ben.getByLabel('Your words').inputValue()) === 'They too, and first.',
      15_000,
      'the edited words to be there again',
    );
    await ben.getByRole('button', {name: 'Save the change'}).click();
    await thread(ana, 'They too, and first.').getByText('edited').waitFor();
    expect(await ana.locator('body').innerText()).not.toContain('They too.\n');
    expect(await thread(ana, 'They too, and first.').getByRole('button', {name: 'Edit'}).count()).toBe(0);
    await thread(ben, 'They too, and first.').getByText('edited').waitFor();
  });

  test('R26: an observer who may not write comments on a paragraph and on what is missing, by keys alone', async () => {
    await signIn(server.url, 'w1', {role: 'observer'});
    olga = await at('w1', 'joint-statement');
    expect(await editorOf(olga).getAttribute('contenteditable')).toBe('false');
    await editorOf(olga).focus();
    await olga.keyboard.press('ArrowDown');
    await olga.keyboard.press('ArrowDown');
    await olga.keyboard.press('ArrowDown');
    expect(await olga.evaluate(() => document.getSelection()?.toString())).toMatch(/^Recalling that/);
    await olga.keyboard.press('ArrowRight');
    await olga.keyboard.press('Shift+ArrowRight');
    expect(await olga.evaluate(() => document.getSelection()?.toString())).toMatch(/^Recogni\w+ that$/);
    await olga.keyboard.press('Control+Alt+m');
    await olga.getByLabel('Comment on').selectOption({label: 'What is missing after this paragraph'});
    await write(olga, 'Nothing is said about children.');
    await thread(ana, 'about children').getByText('What is missing here').waitFor();
    await expectAccessible(olga);
  });

  test('R27: words that are deleted leave their comment detached with its quote, and it is attached again', async () => {
    await select(ana, 'public affairs');
    await ana.keyboard.press('Delete');
    const detached = ben.getByRole('region', {name: 'Detached'});
    await detached.getByText('public affairs', {exact: true}).waitFor();
    await ana.getByRole('region', {name: 'Detached'}).getByRole('button', {name: 'Attach again'}).waitFor();
    await select(ana, 'freely chosen');
    await ana.getByRole('button', {name: 'Attach again'}).click();
    await until(async () => (await commented(ben)).includes('freely chosen'), 5000, 'the new words to be marked');
    expect(await detached.count()).toBe(0);
  });

  test('resolved threads are out of the way and come back when they are asked for', async () => {
    await thread(ana, 'Whose affairs?').getByRole('button', {name: 'Resolve'}).click();
    await ben.getByText(/^Show: Open/).click();
    await ben.getByLabel('Show', {exact: true}).selectOption({label: 'Resolved'});
    await thread(ben, 'Whose affairs?').getByText('Resolved by Ana.').waitFor();
    expect(await thread(ben, 'without papers').count()).toBe(0);
    await ben.getByLabel('Show', {exact: true}).selectOption({label: 'All'});
    await ben.getByLabel('From').selectOption({label: 'Where I am mentioned'});
    await thread(ben, 'Whose affairs?').waitFor({state: 'detached'});
    expect(await thread(ben, 'without papers').count()).toBe(1);
    await expectAccessible(ben);
    await ben.getByLabel('From').selectOption({label: 'Everyone'});
    await thread(ben, 'Whose affairs?').waitFor();
    await ben.getByLabel('Show', {exact: true}).selectOption({label: 'Open'});
    await thread(ben, 'Whose affairs?').waitFor({state: 'detached'});
    await ben.getByLabel('Show', {exact: true}).selectOption({label: 'All'});
    await thread(ben, 'Whose affairs?').click();
    expect(await thread(ben, 'Whose affairs?').getByRole('button', {name: 'Reopen'}).count()).toBe(0);
    await thread(ana, 'Whose affairs?').getByRole('button', {name: 'Reopen'}).click();
    await ben.getByLabel('Show', {exact: true}).selectOption({label: 'Open'});
    await thread(ben, 'Whose affairs?').waitFor();
  });

  test('a half-written comment outlives a reload, a lost connection sends it later, and it counts once', async () => {
    await select(ana, 'freely chosen');
    await ana.keyboard.press('Control+Alt+m');
    await ana.getByLabel('Your comment').pressSequentially('By whom, and how often?');
    await ana.reload();
    await until(
      async () => (await ana.getByLabel('Your comment').inputValue()) === 'By whom, and how often?',
      15_000,
      'the words to be there again',
    );
    await server.crash();
    await ana.getByRole('button', {name: 'Send the comment'}).click();
    await ana.getByText('Your words are kept on this device and sent when it is back.').waitFor({timeout: 10_000});
    await server.start();
    await ana.getByLabel('Your comment').waitFor({state: 'detached', timeout: 30_000});
    await thread(ben, 'By whom, and how often?').waitFor({timeout: 30_000});
    const cookie = await signIn(server.url, 'ben');
    const {body} = await call<{comments: {entries: {text: string}[]}[]}>(
      server.url,
      cookie,
      'GET',
      '/api/papers/joint-statement/comments',
    );
    const same = body.comments.filter(({entries}) => entries[0]?.text === 'By whom, and how often?');
    expect(same).toHaveLength(1);
  });

  test('R28: what the chair hides is gone from every page, with its reason and a count', async () => {
    const dina = await at('dina', 'joint-statement');
    const target = thread(dina, 'By whom, and how often?');
    await target.getByText('By whom, and how often?').click();
    await target.getByRole('button', {name: 'Hide'}).click();
    await dina.getByLabel('Reason').selectOption({label: 'personal data'});
    await expectAccessible(dina);
    await dina.getByRole('button', {name: 'Hide it'}).click();
    await ben.getByText('Hidden by the chair. Reason: personal data.').waitFor({timeout: 5000});
    for (const page of [ana, ben, dina]) {
      await page.getByText('The chair has hidden 1 contribution.').waitFor();
      expect(await page.locator('body').innerText()).not.toContain('By whom, and how often?');
    }
  });

  test('an address leads to a thread', async () => {
    const address = await thread(ben, 'without papers').getByRole('link').first().getAttribute('href');
    expect(address).toMatch(/^#comment-/);
    await ben.goto(`/papers/joint-statement${address}`);
    await ben.reload();
    await until(() => isFocused(thread(ben, 'without papers')), 15_000, 'the thread to have the focus');
  });

  test('on a phone a thread is a line under its paragraph, opens on a press, and covers no words', async () => {
    const phone = await at('cho', 'joint-statement', {viewport: {width: 390, height: 800}});
    const folded = phone.getByRole('button', {name: '2 comments, Ana'});
    await folded.click();
    await thread(phone, 'They too, and first.').waitFor();
    await phone.waitForTimeout(300);
    const overlaps = await phone.evaluate(() => {
      const boxes = [...document.querySelectorAll('.margin .measured')].map(box => box.getBoundingClientRect());
      return [...document.querySelectorAll('.paper-text .pp .text')].flatMap(text => {
        const words = text.getBoundingClientRect();
        return boxes
          .filter(box => box.top < words.bottom - 1 && box.bottom > words.top + 1)
          .map(() => text.textContent);
      });
    });
    expect(overlaps).toEqual([]);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(phone);
  });

  test('R26: who follows without an account reads none of it', async () => {
    const eve = await person();
    await eve.page.goto('/read/joint-statement');
    expect(await eve.page.locator('body').innerText()).not.toContain('without papers');
    await eve.page.goto('/papers/joint-statement');
    expect(await eve.page.locator('body').innerText()).not.toContain('without papers');
  });

  test('no script failed and nothing was asked of another host', () => {
    for (const {elsewhere, errors} of people) expect({elsewhere, errors}).toEqual({elsewhere: [], errors: []});
  });
});

describe.skipIf(!thereIsABrowser)('Cho comments in Arabic', () => {
  test('beside an Arabic text the threads stand at its end, and nothing is cut off', async () => {
    const cho = await person();
    await cho.context.addCookies([{name: 'language', value: 'ar', url: server.url}]);
    await signInAs(cho, 'cho');
    await openPaperIn(cho.page);
    await cho.page.getByRole('button', {name: 'علّق', exact: true}).click();
    await cho.page.getByLabel('تعليقك').fill('ملاحظة على الفقرة');
    await cho.page.keyboard.press('Control+Enter');
    const made = cho.page.getByRole('article').filter({hasText: 'ملاحظة على الفقرة'});
    await made.waitFor();
    const box = await made.boundingBox();
    const text = await cho.page.locator('.paper-text .pp .text').first().boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(text?.x ?? 0);
    expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
    await expectAccessible(cho.page);
    expect(cho.errors).toEqual([]);
  });

  async function openPaperIn(page: Page): Promise<void> {
    await page.goto('/papers/udhr-ar');
    await page.locator('.paper-text').waitFor();
  }
});
