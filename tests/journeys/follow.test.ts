import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser} from '../support/browser.ts';
import {call, signIn} from '../support/members.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

type Name = 'ana' | 'ben' | 'dina';

let server: TestServer;
let browser: Browser;
const cookies = {} as Record<Name, string>;
let session: string;

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  for (const name of ['ana', 'ben', 'dina'] as const) cookies[name] = await signIn(server.url, name);
  const {status, body} = await call<{slug: string}>(server.url, cookies.dina, 'POST', '/api/sessions', {
    consultation: 'copenhagen',
    title: 'A session to follow',
    startsAt: '2026-11-25T09:00:00Z',
    endsAt: '2026-11-25T12:00:00Z',
    zone: 'Africa/Nairobi',
    agenda: [{title: 'The joint statement', papers: ['joint-statement']}],
  });
  expect(status).toBe(201);
  session = body.slug;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function act(as: Name, name: string, body: Record<string, unknown> = {}): Promise<void> {
  const answer = await call<unknown>(server.url, cookies[as], 'POST', `/api/sessions/${session}/${name}`, body);
  expect([name, answer.status, answer.status === 200 ? null : answer.body]).toEqual([name, 200, null]);
}

async function firstItem(): Promise<string> {
  const path = `/api/sessions/${session}`;
  const {body} = await call<{snapshot: {state: {agenda: {id: string}[]}}}>(server.url, cookies.dina, 'GET', path);
  return body.snapshot.state.agenda[0]?.id ?? '';
}

async function paragraphOf(place: number): Promise<string> {
  const path = '/read/joint-statement/paragraphs';
  const {body} = await call<{paragraphs: {name: string}[]}>(server.url, null, 'GET', path);
  return body.paragraphs[place]?.name ?? '';
}

describe.skipIf(!thereIsABrowser)('following a session', () => {
  test('R55, R56: without an account, without JavaScript or live, through a cut and a pause, to the end', async () => {
    const eve = await personWith(browser, server.url);
    const {page} = eve;
    await page.goto(`/follow/${session}`);
    await page.getByText('Begins', {exact: false}).waitFor();
    await page.locator('.tag.live').waitFor();
    for (const name of ['dina', 'ana', 'ben'] as const) await act(name, 'session.join');
    await act('dina', 'session.open');
    await page.locator('#life').getByText('In session since').waitFor();
    await act('dina', 'list.open');
    await act('dina', 'item.take-up', {item: await firstItem()});
    await act('dina', 'floor.show', {paper: 'joint-statement', paragraph: await paragraphOf(3)});
    await page.locator('#floor article .text').waitFor();
    await act('ana', 'floor.ask');
    await act('ben', 'floor.ask');
    await act('dina', 'floor.give', {participant: 2});
    await page.locator('#speaking').getByText('Ana').waitFor();
    const clock = page.locator('#speaking [data-until]');
    await until(async () => /^2:5\d left of 3:00$/.test(await clock.innerText()), 5000, 'the clock to run');
    // The page's clock is the server's, within a second.
    const left = Number(await clock.getAttribute('data-until')) - Date.now();
    const shown = Number((await clock.innerText()).slice(2, 4)) + 120;
    expect(Math.abs(left / 1000 - shown)).toBeLessThanOrEqual(1.5);
    await until(
      async () => (await page.locator('output').textContent())?.includes('has the floor') ?? false,
      8000,
      'it to be said',
    );
    await expectAccessible(page);

    await page.getByRole('button', {name: 'Pause'}).click();
    await act('dina', 'announcement.make', {text: 'Said while paused.'});
    await page.getByRole('button', {name: 'Go on'}).click();
    await page.locator('#announced').getByText('Said while paused.').waitFor();

    await eve.page.context().setOffline(true);
    await act('dina', 'announcement.make', {text: 'Said while away.'});
    await eve.page.context().setOffline(false);
    await page.locator('#announced').getByText('Said while away.').waitFor({timeout: 60_000});

    const plain = await personWith(browser, server.url, {
      javaScriptEnabled: false,
      viewport: {width: 320, height: 700},
    });
    await plain.page.goto(`/follow/${session}`);
    const words = await plain.page.locator('main').innerText();
    for (const part of ['Ana', 'until', 'On the floor', 'Said while away.', 'now', 'Record and verification']) {
      expect(words).toContain(part);
    }
    expect(await plain.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await plain.page.getByRole('link', {name: 'عربي'}).click();
    await until(async () => (await plain.page.locator('html').getAttribute('dir')) === 'rtl', 5000, 'Arabic');

    const arabic = await personWith(browser, server.url, {viewport: {width: 320, height: 700}, colorScheme: 'dark'});
    await arabic.page.goto(`/follow/${session}?lang=ar`);
    await arabic.page.locator('.tag.live').waitFor();
    expect(await arabic.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await expectAccessible(arabic.page);

    await act('dina', 'session.publish', {publication: 'participants'});
    await page.getByText('What happens in this session is not open to you.').waitFor();
    await act('dina', 'session.publish', {publication: 'public'});
    expect([eve.errors, plain.errors, arabic.errors].flat()).toEqual([]);
  });

  test('R58: the hall shows the floor, and what is announced until the next speaker', async () => {
    const hall = await personWith(browser, server.url);
    await hall.page.goto(`/project/${session}`);
    await hall.page.locator('.tag.live').waitFor();
    await act('dina', 'announcement.make', {text: 'Ten minutes more.'});
    await hall.page.locator('#foot').getByText('Ten minutes more.').waitFor();
    await expectAccessible(hall.page);
    await act('dina', 'floor.give', {participant: 3});
    await hall.page.locator('#speaking').getByText('Ben').waitFor();
    await until(async () => !(await hall.page.locator('#foot').isVisible()), 5000, 'the announcement to go');
    expect(await hall.page.locator('#clock').innerText()).toMatch(/2:5\d|3:00/);
    expect(await hall.page.getByRole('button').count()).toBe(0);
    expect(await hall.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(hall.errors).toEqual([]);
  });
});
