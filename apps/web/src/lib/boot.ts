import {directionOf, isLanguage, type Direction, type Language} from '@plenary/domain/languages';
import type {Me} from '@plenary/protocol/api/people';
import {keptMember} from './this-device.ts';

/** What the server wrote into the page for the client to begin with. */
export interface Boot {
  readonly language: Language;
  readonly direction: Direction;
  readonly me: Me;
  /** The page that the device keeps: the server did not answer, and who reads it stands on the device. */
  readonly isOffline: boolean;
}

const nobody: Me = {member: null, demonstration: false, cast: []};

/** Reads it. A page that no server filled in begins as a stranger's, in English. */
export function readBoot(): Boot {
  const text = document.getElementById('boot')?.textContent.trim() ?? '';
  const given = (text ? JSON.parse(text) : {}) as {me?: Me; isOffline?: boolean};
  const lang = document.documentElement.lang;
  const language = isLanguage(lang) ? lang : 'en';
  const isOffline = given.isOffline ?? false;
  const me = isOffline ? {...nobody, member: keptMember()} : (given.me ?? nobody);
  return {language, direction: directionOf(language), me, isOffline};
}

/** Held before React takes the place over: what it puts there first may be no more than a word about waiting. */
const served =
  typeof document === 'undefined' ? null : {path: location.pathname, text: document.getElementById('server-text')};

/** The text of the paper as the server rendered it, on the page that it was sent with, until the editor takes its place. */
export function takeServerText(): HTMLElement | null {
  return served?.path === location.pathname ? served.text : null;
}
