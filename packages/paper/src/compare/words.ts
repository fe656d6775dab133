/**
 * Words as a comparison takes them: what stands between spaces in scripts that have them, single characters in Chinese and
 * other scripts that have none. The same in every browser, unlike a dictionary's idea of a word.
 */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’\u200C\u200D][\p{L}\p{M}\p{N}]+)*|\s+|[^](?:\p{M}|\u200D[^])*/gu;

export function wordsOf(text: string): string[] {
  return text.match(word) ?? [];
}
