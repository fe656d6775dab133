import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {signInAs} from '../support/desk.ts';
import {signIn} from '../support/members.ts';
import {startServer, type TestServer} from '../support/server.ts';
import {actOver, createSession} from '../support/sessions.ts';

let server: TestServer;
let browser: Browser;
let dina: Person;
let ana: Person;

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  const chair = await signIn(server.url, 'dina');
  const {slug} = await createSession(server.url, chair, 'restarted');
  await actOver(server.url, chair, slug, 'session.join');
  await actOver(server.url, chair, slug, 'session.open');
  await actOver(server.url, chair, slug, 'poll.open', {kind: 'positions', question: 'Is it agreed?'});
  dina = await personWith(browser, server.url);
  ana = await personWith(browser, server.url);
  for (const [person, as] of [
    [dina, 'dina'],
    [ana, 'ana'],
  ] as const) {
    await signInAs(person, as);
    await person.page.goto(`/sessions/${slug}`);
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe.skipIf(!thereIsABrowser)('a server that is killed while people fill in forms', () => {
  test('R54: what stands half written is still there, and goes through when it is sent', async () => {
    await dina.page.getByRole('button', {name: 'Announce', exact: true}).click();
    const announcement = dina.page.getByRole('dialog').getByLabel('Announcement');
    await announcement.fill('We go on');
    await ana.page.getByRole('radio', {name: 'Support'}).check();
    const reason = ana.page.getByLabel('Reason, if you like');
    await reason.fill('Small organisations');
    await server.crash();
    for (const {page} of [dina, ana]) await page.getByText('The connection is lost.').waitFor({timeout: 30_000});
    // They write on while nobody serves them.
    await announcement.press('End');
    await announcement.pressSequentially(' after lunch.');
    await reason.press('End');
    await reason.pressSequentially(' need the time.');
    await server.start();
    for (const {page} of [dina, ana]) {
      await page.getByText('The connection is lost.').waitFor({state: 'detached', timeout: 30_000});
    }
    expect(await announcement.inputValue()).toBe('We go on after lunch.');
    expect(await reason.inputValue()).toBe('Small organisations need the time.');
    await dina.page.getByRole('button', {name: 'Announce it', exact: true}).click();
    await ana.page.getByRole('region', {name: 'Announced'}).getByText('We go on after lunch.').waitFor();
    await ana.page.getByRole('button', {name: 'Give this answer', exact: true}).click();
    await dina.page.getByText('Reasons (1)').click();
    await dina.page.getByText('Small organisations need the time.').waitFor();
    expect([...dina.errors, ...ana.errors]).toEqual([]);
  });

  test('R59: the minutes lie one link away, and can be read by everyone, on paper too', async () => {
    const chair = await signIn(server.url, 'dina');
    await actOver(server.url, chair, 'restarted', 'session.close');
    const {page} = dina;
    await page.getByRole('link', {name: 'Minutes'}).first().click();
    await page.getByRole('heading', {name: 'Attendance'}).waitFor();
    await page.getByText('Small organisations need the time.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', {name: 'عربي'}).click();
    await page.getByRole('heading', {name: 'الحضور'}).waitFor();
    await expectAccessible(page);
    await page.setViewportSize({width: 320, height: 700});
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const download = page.waitForEvent('download');
    await page.getByRole('link', {name: 'ملف Word'}).click();
    expect((await download).suggestedFilename()).toBe('minutes-restarted.docx');
    expect(dina.errors).toEqual([]);
  });
});
