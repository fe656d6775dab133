const inWords = /[\p{L}\p{M}\p{N}]+(?:['’.,:/-][\p{L}\p{M}\p{N}]+)*/gu;
const withoutSpaces = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/gu;

/** Words of a text; in scripts that write no spaces each character counts as one, as is usual there. */
export function countWords(text: string): number {
  const signs = text.match(withoutSpaces)?.length ?? 0;
  const spaced = signs > 0 ? text.replace(withoutSpaces, ' ') : text;
  return signs + (spaced.match(inWords)?.length ?? 0);
}

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/** What stands for a line end inside a paragraph: nothing between Chinese characters, a space elsewhere. */
export function joint(before: string, after: string): string {
  if (before === '' || after === '') return '';
  return han.test(before.slice(-1)) && han.test(after.slice(0, 1)) ? '' : ' ';
}
