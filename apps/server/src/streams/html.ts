import type {Language} from '@plenary/domain/languages';
import type {MessageId, MessageValues} from '@plenary/locales/message-id';
import {translatorFor} from '@plenary/locales/translate';
import {escapeHtml} from '@plenary/paper/paragraph-html';

/** Sentences as HTML: values of the second kind are HTML already, all else is escaped. */
export type SayHtml = (id: MessageId, values?: MessageValues, html?: Readonly<Record<string, string>>) => string;

export function sayHtmlIn(language: Language): SayHtml {
  const translate = translatorFor(language);
  return (id, values = {}, html = {}) => {
    // Marks that no sentence and no name holds.
    const marks = Object.fromEntries(Object.keys(html).map(name => [name, `\uE000${name}\uE001`]));
    return escapeHtml(translate(id, {...values, ...marks})).replace(
      /\uE000(\w+)\uE001/g,
      (_mark, name: string) => html[name] ?? '',
    );
  };
}

/** `14:32:07` in UTC. */
export function hour(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** An hour that keeps its direction. */
export function hourHtml(at: number): string {
  return `<time dir="ltr" datetime="${new Date(at).toISOString()}">${hour(at)}</time>`;
}

/** The same with its day. */
export function dayHourHtml(at: number): string {
  const iso = new Date(at).toISOString();
  return `<time dir="ltr" datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
}

/** `2:14`. */
export function lengthOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A day and an hour in a zone, in words. */
export function dayIn(language: Language, at: number, zone: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: zone,
    hour12: false,
  }).format(at);
}

/** Between the parts of a list. */
export function commaIn(language: Language): string {
  if (language === 'ar') return '، ';
  return language === 'zh' ? '，' : ', ';
}

/** What people wrote, in whatever direction it runs. */
export function said(words: string): string {
  return `<bdi>${escapeHtml(words)}</bdi>`;
}

/** Markup of our own making as plain text: a line a block. */
export function plainText(html: string): string {
  return html
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<\/(?:p|li|h1|h2|div|header)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#39|#13);/g, code => entities[code] ?? code)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': ' ',
};
