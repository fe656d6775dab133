import type {Language} from '@plenary/domain/languages';
import {primaryLanguage, type Openings} from '../numbering.ts';

const files: Record<Language, () => Promise<{opening: RegExp}>> = {
  ar: () => import('./ar.ts'),
  en: () => import('./en.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ru: () => import('./ru.ts'),
  zh: () => import('./zh.ts'),
};

/** The openings of one language, none when it is not one of the six. `language` is a BCP 47 tag. */
export async function loadOpenings(language: string): Promise<Openings> {
  const primary = primaryLanguage(language) as Language;
  if (!Object.hasOwn(files, primary)) return {};
  return {[primary]: (await files[primary]()).opening};
}
