import type {IncomingMessage} from 'node:http';
import {isLanguage, type Language} from '@plenary/domain/languages';
import {chooseLanguage} from '@plenary/locales/translate';
import {cookiesOf} from './cookies.ts';

/** The reader's language: `?lang=`, then the cookie `language`, then the member's own choice, then `Accept-Language`. */
export function languageOf(request: IncomingMessage, memberLanguage: Language | null = null): Language {
  const asked = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('lang');
  if (isLanguage(asked)) return asked;
  const kept = cookiesOf(request).get('language');
  if (isLanguage(kept)) return kept;
  return memberLanguage ?? chooseLanguage(request.headers['accept-language']);
}
