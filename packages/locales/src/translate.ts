import {setupI18n} from '@lingui/core';
import {compileMessage} from '@lingui/message-utils/compileMessage';
import {isLanguage, type Language} from '@plenary/domain/languages';
import {messages as ar} from './languages/ar.ts';
import {messages as en} from './languages/en.ts';
import {messages as es} from './languages/es.ts';
import {messages as fr} from './languages/fr.ts';
import {messages as ru} from './languages/ru.ts';
import {messages as zh} from './languages/zh.ts';
import type {Translate} from './message-id.ts';

const catalogues: Record<Language, Record<string, string>> = {ar, zh, en, fr, ru, es};
const made = new Map<Language, Translate>();

/** Sentences for the server: all six languages are in memory and compiled on first use. Browsers load one compiled language. */
export function translatorFor(language: Language): Translate {
  let translate = made.get(language);
  if (!translate) {
    const i18n = setupI18n({locale: language, messages: {[language]: catalogues[language]}});
    i18n.setMessagesCompiler(compileMessage);
    translate = (id, values) => i18n._(id, values);
    made.set(language, translate);
  }
  return translate;
}

/** The reader's language from `Accept-Language`, English when none of the six is asked for. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map(p => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(q => q !== undefined);
      return {primary: tag.toLowerCase().split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality)};
    })
    .filter(({quality}) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const {primary} of wanted) if (isLanguage(primary)) return primary;
  return 'en';
}
