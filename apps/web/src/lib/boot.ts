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

/** The text of a paper as the server rendered it, kept until the editor is ready to take its place. */
export function takeServerText(): HTMLElement | null {
  const text = document.getElementById('server-text');
  return text;
}
