import {setupI18n} from '@lingui/core';
import {createContext, Fragment, useContext, type ReactNode} from 'react';
import type {Direction, Language} from '@plenary/domain/languages';
import type {MessageId, MessageValues, Translate} from '@plenary/locales/message-id';

/** One chunk a language; only the reader's is fetched. The build has compiled the sentences (see catalogues.ts). */
const catalogues: Record<Language, () => Promise<{messages: Record<string, string>}>> = {
  ar: () => import('@plenary/locales/languages/ar'),
  zh: () => import('@plenary/locales/languages/zh'),
  en: () => import('@plenary/locales/languages/en'),
  fr: () => import('@plenary/locales/languages/fr'),
  ru: () => import('@plenary/locales/languages/ru'),
  es: () => import('@plenary/locales/languages/es'),
};

export async function loadTranslate(language: Language): Promise<Translate> {
  const {messages} = await catalogues[language]();
  const i18n = setupI18n({locale: language, messages: {[language]: messages}});
  return (id, values) => i18n._(id, values);
}

interface Reader {
  readonly language: Language;
  readonly direction: Direction;
  readonly translate: Translate;
}

export const ReaderContext = createContext<Reader>({language: 'en', direction: 'ltr', translate: id => id});

export function useTranslate(): Translate {
  return useContext(ReaderContext).translate;
}

export function useReader(): Reader {
  return useContext(ReaderContext);
}

type Tags = Readonly<Record<string, (inner: string) => ReactNode>>;

/** A sentence that holds elements: `Read the <link>rules</link> first.` Tags do not nest. */
export function Sentence({id, values, tags}: {id: MessageId; values?: MessageValues; tags: Tags}): ReactNode {
  const parts = useTranslate()(id, values).split(/<(\w+)>(.*?)<\/\1>/s);
  const shown: ReactNode[] = [];
  for (let at = 0; at < parts.length; at += 3) {
    shown.push(parts[at]);
    const tag = parts[at + 1];
    if (tag !== undefined)
      shown.push(<Fragment key={at}>{tags[tag]?.(parts[at + 2] ?? '') ?? parts[at + 2]}</Fragment>);
  }
  return shown;
}
