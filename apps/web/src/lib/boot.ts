import {directionOf, isLanguage, type Direction, type Language} from '@plenary/domain/languages';
import type {Me} from '@plenary/protocol/api/people';

/** What the server wrote into the page for the client to begin with. */
export interface Boot {
  readonly language: Language;
  readonly direction: Direction;
  readonly me: Me;
}

const nobody: Me = {member: null, demonstration: false, cast: []};

/** Reads it. A page that no server filled in begins as a stranger's, in English. */
export function readBoot(): Boot {
  const text = document.getElementById('boot')?.textContent.trim() ?? '';
  const given = (text ? JSON.parse(text) : {}) as {me?: Me};
  const lang = document.documentElement.lang;
  const language = isLanguage(lang) ? lang : 'en';
  return {language, direction: directionOf(language), me: given.me ?? nobody};
}

/** Held before React takes the place over: what it puts there first may be no more than a word about waiting. */
const served =
  typeof document === 'undefined' ? null : {path: location.pathname, text: document.getElementById('server-text')};

/** The text of the paper as the server rendered it, on the page that it was sent with, until the editor takes its place. */
export function takeServerText(): HTMLElement | null {
  return served?.path === location.pathname ? served.text : null;
}
