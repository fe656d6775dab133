import {setupI18n, type Messages} from '@lingui/core';
import {createContext, Fragment, useContext, type ReactNode} from 'react';
import type {Direction, Language} from '@plenary/domain/languages';
import type {MessageId, MessageValues, Translate} from '@plenary/locales/message-id';

type Load = () => Promise<{messages: Messages}>;

/** Chunks of compiled sentences, of which only the reader's language is fetched (see catalogues.ts). */
const catalogues = {
  /** What every page says. */
  core: {
    ar: () => import('virtual:sentences/core/ar'),
    zh: () => import('virtual:sentences/core/zh'),
    en: () => import('virtual:sentences/core/en'),
    fr: () => import('virtual:sentences/core/fr'),
    ru: () => import('virtual:sentences/core/ru'),
    es: () => import('virtual:sentences/core/es'),
  },
  /** What the pages around the papers say. */
  pages: {
    ar: () => import('virtual:sentences/pages/ar'),
    zh: () => import('virtual:sentences/pages/zh'),
    en: () => import('virtual:sentences/pages/en'),
    fr: () => import('virtual:sentences/pages/fr'),
    ru: () => import('virtual:sentences/pages/ru'),
    es: () => import('virtual:sentences/pages/es'),
  },
  /** What sessions say, and papers that are on the floor of one. */
  sessions: {
    ar: () => import('virtual:sentences/sessions/ar'),
    zh: () => import('virtual:sentences/sessions/zh'),
    en: () => import('virtual:sentences/sessions/en'),
    fr: () => import('virtual:sentences/sessions/fr'),
    ru: () => import('virtual:sentences/sessions/ru'),
    es: () => import('virtual:sentences/sessions/es'),
  },
  /** What revisions and their comparison say. */
  revisions: {
    ar: () => import('virtual:sentences/revisions/ar'),
    zh: () => import('virtual:sentences/revisions/zh'),
    en: () => import('virtual:sentences/revisions/en'),
    fr: () => import('virtual:sentences/revisions/fr'),
    ru: () => import('virtual:sentences/revisions/ru'),
    es: () => import('virtual:sentences/revisions/es'),
  },
  /** What is said of files that come and go. */
  exchange: {
    ar: () => import('virtual:sentences/exchange/ar'),
    zh: () => import('virtual:sentences/exchange/zh'),
    en: () => import('virtual:sentences/exchange/en'),
    fr: () => import('virtual:sentences/exchange/fr'),
    ru: () => import('virtual:sentences/exchange/ru'),
    es: () => import('virtual:sentences/exchange/es'),
  },
  /** What the comments on a paper say. */
  comments: {
    ar: () => import('virtual:sentences/comments/ar'),
    zh: () => import('virtual:sentences/comments/zh'),
    en: () => import('virtual:sentences/comments/en'),
    fr: () => import('virtual:sentences/comments/fr'),
    ru: () => import('virtual:sentences/comments/ru'),
    es: () => import('virtual:sentences/comments/es'),
  },
  /** What the ledger says, and what is said of a check. */
  ledger: {
    ar: () => import('virtual:sentences/ledger/ar'),
    zh: () => import('virtual:sentences/ledger/zh'),
    en: () => import('virtual:sentences/ledger/en'),
    fr: () => import('virtual:sentences/ledger/fr'),
    ru: () => import('virtual:sentences/ledger/ru'),
    es: () => import('virtual:sentences/ledger/es'),
  },
} as const satisfies Record<string, Record<Language, Load>>;

export type SentencesPart = keyof typeof catalogues;

const i18n = setupI18n();

/** Loads sentences in the language of the page, before anything is shown that says them. */
export async function loadSentences(part: SentencesPart, language: Language): Promise<void> {
  const {messages} = await catalogues[part][language]();
  i18n.load(language, messages);
  if (i18n.locale !== language) i18n.activate(language);
}

/** The language that the page is shown in. */
export function pageLanguage(): Language {
  return i18n.locale as Language;
}

export const translate: Translate = (id, values) => i18n._(id, values);

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
