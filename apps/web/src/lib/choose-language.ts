import type {Language} from '@plenary/domain/languages';
import {setCookie} from './device-choice.ts';

/** The page comes again in the other language; what was typed in forms is kept (see use-draft). */
export function chooseLanguage(language: Language): void {
  setCookie('language', language);
  const here = new URL(location.href);
  here.searchParams.delete('lang');
  if (here.href === location.href) location.reload();
  else location.replace(here);
}
