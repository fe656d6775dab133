import {createHash} from 'node:crypto';
import {directionOf, languageNames, languages} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import {minutesHtml, minutesStyle} from '@plenary/formats/minutes/minutes-html';
import {minutesText} from '@plenary/formats/minutes/minutes-text';
import type {NamedMinutes} from '@plenary/formats/minutes/named-minutes';
import type {Refusal} from '@plenary/domain/refusal';
import {refusalSentence} from '@plenary/locales/refusal-sentence';
import {translatorFor} from '@plenary/locales/translate';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import {minutesFormats, type MinutesFormat} from './minutes.service.ts';

/**
 * The style stands in the page, so that a saved page keeps it and two of them can be compared: the policy knows it by
 * its hash, and allows nothing else.
 */
export const minutesPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(minutesStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const names: Record<MinutesFormat, 'minutes.as-html' | 'minutes.as-docx' | 'minutes.as-json'> = {
  html: 'minutes.as-html',
  docx: 'minutes.as-docx',
  json: 'minutes.as-json',
};

/** The minutes as a page of the instance: with the way back, the language bar, and the files to save. */
export function minutesPage(named: NamedMinutes, language: Language): string {
  const say = translatorFor(language);
  const {slug} = named.session;
  const files = (Object.keys(minutesFormats) as MinutesFormat[]).map(
    format =>
      `<a href="/api/sessions/${slug}/minutes?format=${format}&amp;lang=${language}" download>${escapeHtml(say(names[format]))}</a>`,
  );
  const back = `<a href="/sessions/${slug}">${escapeHtml(say('minutes.back'))}</a>`;
  return minutesHtml(minutesText(named, language), masthead(language, back, files.join('')));
}

/** In place of minutes that this reader does not get. */
export function noMinutesPage(refusal: Refusal, language: Language): string {
  const say = translatorFor(language);
  const title = refusalSentence(say, refusal);
  return minutesHtml({language, kind: say('minutes.minutes'), title, blocks: []}, masthead(language, '', ''));
}

function masthead(language: Language, back: string, files: string): string {
  const say = translatorFor(language);
  const bar = languages
    .map(one => {
      const current = one === language ? ' aria-current="true"' : '';
      const direction = directionOf(one) === 'rtl' ? ' dir="rtl"' : '';
      return `<a href="?lang=${one}" lang="${one}"${direction}${current}>${languageNames[one]}</a>`;
    })
    .join('');
  return `<a class="skip" href="#main">${escapeHtml(say('reading.skip'))}</a>
<header><nav aria-label="Plenary"><span><a href="/">Plenary</a>${back}</span><span>${files}</span></nav>
<nav dir="ltr" aria-label="${escapeHtml(say('reading.languages'))}"><span>${bar}</span></nav></header>
`;
}
