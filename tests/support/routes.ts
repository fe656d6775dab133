import type {Browser, Page} from 'playwright-core';
import type {Language} from '@plenary/domain/languages';
import {personWith, type Person} from './browser.ts';
import {signInAs} from './desk.ts';

/** Every page that someone may open, and as whom. */
export const routes: readonly {path: string; as: string | null}[] = [
  {path: '/', as: null},
  {path: '/', as: 'ana'},
  {path: '/consultations/copenhagen', as: null},
  {path: '/consultations/copenhagen', as: 'dina'},
  {path: '/consultations/copenhagen/papers/new', as: 'ana'},
  {path: '/consultations/copenhagen/people', as: 'dina'},
  {path: '/consultations/copenhagen/sessions/new', as: 'dina'},
  {path: '/sessions', as: null},
  {path: '/sessions/opening', as: null},
  {path: '/sessions/opening', as: 'dina'},
  {path: '/organisations', as: null},
  {path: '/sign-in', as: null},
  {path: '/sign-up', as: null},
  {path: '/account', as: 'ben'},
  {path: '/papers/joint-statement', as: 'ana'},
  {path: '/papers/draft-resolution', as: 'dina'},
  {path: '/papers/udhr-ar', as: 'cho'},
  {path: '/papers/joint-statement', as: null},
  {path: '/read/joint-statement', as: null},
  {path: '/read/udhr-ar', as: null},
  {path: '/read/nothing-here', as: null},
  {path: '/follow/opening', as: null},
  {path: '/project/opening', as: null},
  {path: '/ledger', as: null},
  {path: '/papers/joint-statement/revisions', as: 'dina'},
  {path: '/papers/joint-statement/history', as: 'ana'},
  {path: '/nothing-here', as: null},
];

/** Somebody who looks at pages, signed in or not. */
export async function comeAs(browser: Browser, url: string, as: string | null): Promise<Person> {
  const person = await personWith(browser, url);
  if (as) await signInAs(person, as);
  return person;
}

/** Opens a page afresh in this language, these colours and this width, and waits until it has come. */
export async function seePage(
  {page, context, origin}: Person,
  path: string,
  {language, colorScheme, width}: {language: Language; colorScheme: 'light' | 'dark'; width: number},
): Promise<void> {
  await page.setViewportSize({width, height: 800});
  await page.emulateMedia({colorScheme});
  await page.goto('about:blank');
  await context.addCookies([{name: 'language', value: language, url: origin}]);
  await page.goto(path);
  await page.waitForLoadState('networkidle', {timeout: 1500}).catch(() => undefined);
}

export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
