import {setCookie} from './device-choice.ts';

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

/** What the server, which read the cookie, or an earlier choice on this page has set. */
export function currentTheme(): Theme {
  const given = document.documentElement.dataset.theme;
  return given === 'light' || given === 'dark' ? given : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  setCookie('theme', theme === 'system' ? '' : theme);
}

/** On a page that the server did not write for this reader. */
export function showKeptTheme(): void {
  const [, chosen] = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(document.cookie) ?? [];
  if (chosen) document.documentElement.dataset.theme = chosen;
}
