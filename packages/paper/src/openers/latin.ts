/**
 * How paragraphs of resolutions open: a participle or gerund in the preamble, a verb in the operative part, with the adverbs
 * and phrases that belong to it ("Noting with concern"). Words are matched from the beginning, the longest first, and must
 * end at a word's end. What is not known is set upright, which is no error.
 */
export function latin(before: readonly string[], verbs: readonly string[], after: readonly string[]): RegExp {
  const one = (words: readonly string[]): string => words.toSorted((a, b) => b.length - a.length).join('|');
  return new RegExp(
    `^(?:(?:${one(before)}) )*(?:${one(verbs)})(?![\\p{L}\\p{M}])(?:,? (?:${one(after)})(?![\\p{L}\\p{M}]))*`,
    'iu',
  );
}
