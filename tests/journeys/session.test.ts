import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Browser, Locator, Page} from 'playwright-core';
import {expectAccessible, launchBrowser, personWith, thereIsABrowser, type Person} from '../support/browser.ts';
import {editorOf, openPaper, signInAs} from '../support/desk.ts';
import {startServer, until, type TestServer} from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let dina: Person;
let ana: Person;
let ben: Person;
/** Follows without an account and without JavaScript. */
let eve: Person;
let here = '';

const title = 'Second reading of the joint statement';

beforeAll(async () => {
  if (!thereIsABrowser) return;
  server = await startServer({LIMITS: 'off'});
  browser = await launchBrowser();
  const at = {timezoneId: 'Africa/Nairobi'};
  [dina, ana, ben, eve] = await Promise.all([
    personWith(browser, server.url, at),
    personWith(browser, server.url, at),
    personWith(browser, server.url, {viewport: {width: 390, height: 800}}),
    personWith(browser, server.url, {javaScriptEnabled: false}),
  ]);
  await signInAs(dina, 'dina');
  await signInAs(ana, 'ana');
  await signInAs(ben, 'ben');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

function press(page: Page, name: string | RegExp, exact = true): Promise<void> {
  return page.getByRole('button', {name, exact}).click();
}

/** By the keyboard alone: the focus goes to it, Enter presses it. */
async function pressByKey(page: Page, name: string, inside: Page | Locator = page): Promise<void> {
  const button = inside.getByRole('button', {name, exact: true});
  await button.waitFor();
  for (let presses = 0; presses < 200; presses++) {
    if (await button.evaluate(element => element === document.activeElement)) {
      const outline = await button.evaluate(element => getComputedStyle(element).outlineStyle);
      expect(outline, `the focus on ${name} is seen`).not.toBe('none');
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}.`);
}

/** The clock as it is shown, in seconds. */
async function secondsLeft(page: Page): Promise<number> {
  const [minutes = '', seconds = ''] = (await page.locator('.clock .num').innerText()).split(':');
  return Number(minutes) * 60 + Number(seconds);
}

function speakers(page: Page): Promise<string[]> {
  return page.locator('.wait-list .id > b').allInnerTexts();
}

function everyone(): readonly Page[] {
  return [dina.page, ana.page, ben.page];
}

describe.skipIf(!thereIsABrowser)('a whole session', () => {
  test('Dina plans it: what is missing is said beside the field, and a reload loses nothing', async () => {
    const {page} = dina;
    await page.goto('/consultations/copenhagen');
    await page.getByRole('link', {name: 'New session'}).click();
    await press(page, 'Plan the session');
    await page.getByText('Give it a title.').waitFor();
    await page.getByText('Say on which day it meets.').waitFor();
    await page.getByLabel('Title of the session').fill(title);
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Day').fill(day);
    await page.getByLabel('Begins at').fill('14:00');
    await page.getByLabel('Ends at').fill('17:00');
    await page.getByLabel('Time zone of these hours').selectOption('Europe/Paris');
    await page.getByText(/13:00 to 16:00 UTC.*16:00 to 19:00 where you are/).waitFor();
    await press(page, 'Add an item');
    await page.getByRole('group', {name: 'Item 1'}).getByLabel('What it is about').fill('Opening');
    await press(page, 'Add an item');
    const second = page.getByRole('group', {name: 'Item 2'});
    await second.getByLabel('What it is about').fill('Joint statement, second reading');
    await second.getByLabel(/^Joint statement on civic/).check();
    await expectAccessible(page);
    await page.reload();
    expect(await page.getByLabel('Title of the session').inputValue()).toBe(title);
    expect(
      await page
        .getByRole('group', {name: 'Item 2'})
        .getByLabel(/^Joint statement on civic/)
        .isChecked(),
    ).toBe(true);
    await press(page, 'Plan the session');
    await page.getByRole('heading', {level: 1, name: title}).waitFor();
    here = new URL(page.url()).pathname;
    await page.getByText('This session has not begun.').waitFor();
    await page.goto('/sessions');
    await page.getByRole('heading', {name: 'Coming'}).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', {name: title, exact: true}).click();
    await page.getByRole('heading', {level: 1, name: title}).waitFor();
  });

  test('she opens it, and Ana and Ben are counted as they enter', async () => {
    await Promise.all([ana.page.goto(here), ben.page.goto(here)]);
    await ana.page.getByText('This session has not begun.').waitFor();
    await press(dina.page, 'Open the session');
    for (const page of everyone()) {
      await page.locator('h1').getByText('Live', {exact: true}).waitFor();
      await page.getByText('3 present').waitFor();
      await page.getByText(/2 of 12 organisations present, 3 people/).waitFor();
      await expectAccessible(page);
    }
    expect(await ana.page.getByRole('button', {name: 'Suspend'}).count()).toBe(0);
  });

  test('Ben leaves, is not brought back by his page, and enters again', async () => {
    await press(ben.page, 'Leave the session');
    await ben.page.getByText('You have left the session.').waitFor();
    await dina.page.getByText('2 present').waitFor();
    await expectAccessible(ben.page);
    await press(ben.page, 'Enter again');
    for (const page of everyone()) await page.getByText('3 present').waitFor();
    await dina.page.getByText('0 follow without an account').waitFor();
  });

  test('an item is taken up and a paragraph shown: everyone’s view follows, and changes as it is written', async () => {
    await press(dina.page, 'Next item');
    await dina.page.locator('.agenda .now').getByText('Opening').waitFor();
    await press(dina.page, 'Next item');
    await press(dina.page, /^Show OP\s2 to everyone$/);
    for (const page of everyone()) {
      await page.getByRole('heading', {name: /^On the floor: OP\s2$/}).waitFor();
      await page.locator('.floor .text').getByText('Affirm also', {exact: true}).waitFor();
    }
    const writer = await ben.context.newPage();
    await openPaper(writer, 'joint-statement');
    await writer
      .getByRole('complementary', {name: 'On the floor'})
      .getByText(/OP\s2$/)
      .waitFor();
    await writer.getByRole('button', {name: 'Go there'}).click();
    await editorOf(writer).locator('.pp', {hasText: 'Affirm also'}).click();
    await writer.keyboard.press('End');
    await writer.keyboard.type(' and-so-on');
    for (const page of [dina.page, ana.page])
      await page
        .locator('.floor .text')
        .getByText(/and-so-on/)
        .waitFor();
    await writer.close();
  });

  test('Ana looks away, and comes back', async () => {
    const {page} = ana;
    await press(page, 'Paragraph after');
    await page.getByText(/You look at OP\s3\. The chair shows OP\s2\./).waitFor();
    await press(dina.page, /^Show OP\s5 to everyone$/);
    await page.getByText(/You look at OP\s3\. The chair shows OP\s5\./).waitFor();
    await press(page, 'Come back');
    await page.getByRole('heading', {name: /^On the floor: OP\s5$/}).waitFor();
  });

  test('Ana and Ben ask for the floor, each reads why they stand where they do, and Dina decides otherwise', async () => {
    await press(dina.page, 'Open the list');
    await press(ben.page, 'Ask for the floor');
    await ben.page.getByText('You have place 1 of 1.').waitFor();
    await ana.page.getByLabel('I speak for a group of organisations').check();
    await press(ana.page, 'Ask for the floor');
    await ana.page.getByText('You have place 1 of 2.').waitFor();
    await ana.page.getByText(/Groups first/).waitFor();
    expect(await speakers(dina.page)).toEqual(['Ana', 'Ben']);
    await press(dina.page, 'Move Ben up');
    await until(async () => (await speakers(ana.page)).join() === 'Ben,Ana', 5000, 'the order to change');
    await ana.page.getByText('Placed by the chair').waitFor();
    await press(dina.page, 'Give the place of Ben back to the rules');
    await until(async () => (await speakers(ben.page)).join() === 'Ana,Ben', 5000, 'the order to come back');
  });

  test('the clock runs from the server’s hour, within a second on every screen; it stops and gains a minute', async () => {
    await press(dina.page, 'Give the floor to Ana');
    await ana.page.getByText('You have the floor.').waitFor();
    const clocks = await Promise.all(everyone().map(secondsLeft));
    expect(Math.max(...clocks) - Math.min(...clocks)).toBeLessThanOrEqual(1);
    expect(Math.max(...clocks)).toBeLessThanOrEqual(300);
    await press(dina.page, 'Pause');
    await ben.page.getByText('The clock stands.').waitFor();
    const stood = await secondsLeft(ben.page);
    await press(dina.page, '+1 min');
    await until(async () => (await secondsLeft(ben.page)) === stood + 60, 5000, 'a minute more');
    await press(dina.page, 'Resume the clock');
    await ben.page.getByText('The clock stands.').waitFor({state: 'detached'});
  });

  test('Ben raises a point of order; afterwards Ana has her time back and finishes', async () => {
    await press(ben.page, 'Point of order');
    await ana.page.getByText(/Ana goes on afterwards with \d:\d\d\./).waitFor();
    await press(ben.page, 'I have finished');
    await ana.page.getByText('You have the floor.').waitFor();
    await press(ana.page, 'I have finished');
    for (const page of everyone()) await page.getByText('No one has the floor.').first().waitFor();
    await dina.page.getByRole('button', {name: 'Person'}).click();
    const rows = dina.page.getByRole('list', {name: 'Speaking time by: Person'});
    expect((await rows.locator('bdi').allInnerTexts()).sort()).toEqual(['Ana', 'Ben']);
  });

  test('positions are shown by organisation, read out in words, and announced when the question is closed', async () => {
    await press(dina.page, 'Ask the room');
    const dialog = dina.page.getByRole('dialog');
    await dialog.getByLabel('Question').fill('Seven working days?');
    await expectAccessible(dina.page);
    await dina.page.keyboard.press('Escape');
    await press(dina.page, 'Ask the room');
    expect(await dialog.getByLabel('Question').inputValue()).toBe('Seven working days?');
    await press(dina.page, 'Open for answers');
    for (const [{page}, choice] of [
      [ana, 'Support'],
      [ben, 'Oppose'],
    ] as const) {
      await page.getByRole('radio', {name: choice}).check();
      if (choice === 'Support') await page.getByLabel('Reason, if you like').fill('Small organisations need the time.');
      await press(page, 'Give this answer');
    }
    await dina.page.getByText('Of two organisations, one supports and one opposes.').waitFor();
    await dina.page.getByText('Reasons (1)').click();
    await dina.page.getByText('Small organisations need the time.').waitFor();
    await dina.page.getByText('As a table').first().click();
    await expectAccessible(dina.page);
    await expectAccessible(ben.page);
    await press(dina.page, 'Close and announce');
    for (const page of everyone()) {
      await page
        .getByRole('region', {name: 'Announced'})
        .getByText('Of two organisations, one supports and one opposes.')
        .waitFor();
    }
  });

  test('who follows without an account reads it without JavaScript, with the names that the policy allows', async () => {
    const {page} = eve;
    await page.goto(here.replace('/sessions/', '/follow/'));
    await page.getByText(title).first().waitFor();
    await page.getByText('Of two organisations, one supports and one opposes.').first().waitFor();
  });

  test('a temperature check counts and forgets', async () => {
    await press(dina.page, 'Ask the room');
    const dialog = dina.page.getByRole('dialog');
    await dialog.getByLabel('Question').fill('Are we close?');
    await dialog.getByText('Temperature check', {exact: true}).click();
    await press(dina.page, 'Open for answers');
    await press(ana.page, 'Warm');
    await ana.page.getByText('Your answer is counted.').waitFor();
    await press(ben.page, 'Cold');
    await dina.page.getByText('The room answers: 1 warm, 0 lukewarm, 1 cold.').waitFor();
    await press(dina.page, 'Close');
    await ana.page
      .getByText(/^Closed .* 2 answers$/)
      .first()
      .waitFor();
  });

  test('an announcement reaches everyone; half written it survives a reload and a restart of the server', async () => {
    await press(dina.page, 'Announce');
    await dina.page.getByRole('dialog').getByLabel('Announcement').fill('We go on after lunch.');
    await server.crash();
    await dina.page.getByText('The connection is lost.', {exact: true}).waitFor({timeout: 20_000});
    await server.start();
    await dina.page.getByText('The connection is lost.', {exact: true}).waitFor({state: 'detached', timeout: 60_000});
    await dina.page.reload();
    await press(dina.page, 'Announce');
    expect(await dina.page.getByRole('dialog').getByLabel('Announcement').inputValue()).toBe('We go on after lunch.');
    await press(dina.page, 'Announce it');
    for (const page of everyone()) {
      await page.getByRole('region', {name: 'Announced'}).getByText('We go on after lunch.').waitFor({timeout: 30_000});
    }
  }, 120_000);

  test('Ben is muted and heard again; what he should not have written is hidden, and the counter is public', async () => {
    await dina.page.locator('summary[aria-label="Moderate Ben"]').click();
    const mute = dina.page.getByRole('button', {name: 'Mute asking', exact: true});
    await mute.click();
    await ben.page.getByText('The chair muted you: you do not ask for the floor now.').waitFor();
    expect(await ben.page.getByRole('button', {name: 'Ask for the floor'}).count()).toBe(0);
    // What a second press does depends on what the chair's own page shows.
    await dina.page.locator('[aria-pressed="true"]', {hasText: 'Mute asking'}).waitFor();
    await mute.click();
    await ben.page.getByText('The chair muted you: you do not ask for the floor now.').waitFor({state: 'detached'});
    await press(dina.page, 'Hide: We go on after lunch.');
    await expectAccessible(dina.page);
    await dina.page.getByRole('dialog').getByLabel('Reason').selectOption('off-topic');
    await press(dina.page, 'Hide it');
    for (const page of everyone()) {
      await page.getByText('Hidden by the chair: off topic.').waitFor();
      await page.getByText('1 contribution is hidden: off topic (1).').waitFor();
      await page.getByText('We go on after lunch.').first().waitFor({state: 'detached', timeout: 15_000});
    }
  });

  test('it is suspended, resumed and closed for good, and leads to its record', async () => {
    await press(dina.page, 'Suspend');
    await ana.page.getByText(/The session is suspended since/).waitFor();
    await press(dina.page, 'Resume');
    await ana.page.getByText(/The session is suspended since/).waitFor({state: 'detached'});
    await press(dina.page, 'Close session');
    await dina.page.getByText('Close this session for good?').waitFor();
    await dina.page.getByRole('dialog').getByRole('button', {name: 'Close session'}).click();
    for (const page of everyone()) {
      await page.getByText(/The session closed at/).waitFor();
      await expectAccessible(page);
    }
    await ana.page.getByRole('link', {name: 'Minutes'}).click();
    await ana.page.getByText('Seven working days?').first().waitFor();
  });

  test('chair and delegate do it all by the keyboard', async () => {
    await dina.page.goto('/sessions/opening');
    await ana.page.goto('/sessions/opening');
    await pressByKey(dina.page, 'Open the session');
    await pressByKey(dina.page, 'Next item');
    await pressByKey(dina.page, 'Open the list');
    await pressByKey(ana.page, 'Ask for the floor');
    await pressByKey(dina.page, 'Give the floor to Ana');
    await ana.page.getByText('You have the floor.').waitFor();
    await pressByKey(dina.page, 'Pause');
    await pressByKey(ana.page, 'I have finished');
    await pressByKey(dina.page, 'Close session');
    await pressByKey(dina.page, 'Close session', dina.page.getByRole('dialog'));
    await ana.page.getByText(/The session closed at/).waitFor();
  }, 120_000);

  test('nobody’s page failed, and none asked another host for anything', () => {
    for (const {errors, elsewhere} of [dina, ana, ben, eve]) {
      expect(errors).toEqual([]);
      expect(elsewhere).toEqual([]);
    }
  });
});
