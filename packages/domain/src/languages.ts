/** The six official languages of the UN in the order of its language bar, which is kept in every direction. */
export const languages = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = {
  ar: 'عربي',
  zh: '中文',
  en: 'English',
  fr: 'Français',
  ru: 'Русский',
  es: 'Español',
};

export type Direction = 'ltr' | 'rtl';

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv', 'ckb']);

/** Direction of any BCP 47 tag, by its primary language. */
export function directionOf(tag: string): Direction {
  return rightToLeft.has(tag.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

export function isLanguage(text: unknown): text is Language {
  return (languages as readonly unknown[]).includes(text);
}
