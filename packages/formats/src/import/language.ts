const stopWords: Record<string, readonly string[]> = {
  en: 'the of and to in that is for with by on as which be are this'.split(' '),
  fr: 'le la les des et du que dans est pour par une sur qui aux'.split(' '),
  es: 'el la los las y del que en por una para con su se al'.split(' '),
  pt: 'o os as e do da dos das que em um uma para com não ao'.split(' '),
  de: 'der die das und von den mit ist für auf nicht ein eine dem zu'.split(' '),
};

/**
 * The language of a text by its script and its commonest words, as a BCP 47 tag; null when there is too little to go by.
 * Knows the six languages of the UN and their neighbours Persian, Ukrainian, Portuguese and German, so as not to take
 * these for the former.
 */
export function detectLanguage(text: string): string | null {
  const sample = text.length > 60_000 ? text.slice(0, 60_000) : text;
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const scripts = {
    latin: count(/\p{Script=Latin}/gu),
    cyrillic: count(/\p{Script=Cyrillic}/gu),
    arabic: count(/\p{Script=Arabic}/gu),
    // One character says about as much as three letters.
    han: count(/\p{Script=Han}/gu) * 3,
  };
  const most = Math.max(...Object.values(scripts));
  if (most < 12 || count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) * 3 > scripts.han / 4) return null;
  if (most === scripts.han) return 'zh';
  if (most === scripts.arabic) {
    // Persian writes پ چ ژ گ and its own ک ی; Arabic writes ة and ي ك.
    return count(/[پچژگکی]/gu) > count(/[ةكيى]/gu) ? 'fa' : 'ar';
  }
  if (most === scripts.cyrillic) return count(/[іїєґ]/giu) > count(/[ыэъё]/giu) ? 'uk' : 'ru';
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const found = Object.entries(stopWords).map(([language, common]) => {
    const set = new Set(common);
    return {language, hits: words.filter(word => set.has(word)).length};
  });
  found.sort((a, b) => b.hits - a.hits);
  const [first, second] = found;
  return first && second && first.hits >= 2 && first.hits > second.hits ? first.language : null;
}
