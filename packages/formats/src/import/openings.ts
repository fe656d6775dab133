import {openerLength} from '@plenary/paper/openers';
import {textOf} from '@plenary/paper/view';
import type {Run} from '@plenary/paper/view';

/**
 * Participles and phrases that open a preambular paragraph and nothing in the operative part. `@plenary/paper` knows
 * openings of both parts, for their italics; here it matters which part they open.
 */
const preambular: Record<string, RegExp> = {
  en: /^(?:whereas|guided by|in (?:accordance|conformity|pursuit)|pursuant to|mindful|alarmed|aware|concerned|conscious|convinced|deeply \p{L}+|gravely \p{L}+|determined|desirous|cognizant|bearing in mind|having \p{L}+|(?:(?:also|further|once again|\p{L}+ly) )*(?!(?:during|including|(?:no|some|any|every)thing)(?!\p{L}))\p{L}{2,}ing)(?!\p{L})/iu,
  fr: /^(?:considérant|ayant|convaincue?s?|consciente?s?|préoccupée?s?|profondément|guidée?s?|soucieu(?:x|se)s?|résolue?s?|alarmée?s?|vu|(?:\p{L}+ )?\p{L}+ant)(?!\p{L})/iu,
  es: /^(?:considerando|habiendo|convencid[oa]s?|conscientes?|preocupad[oa]s?|profundamente|guiad[oa]s?|teniendo|alarmad[oa]s?|(?:\p{L}+ )?\p{L}+[aei]ndo)(?!\p{L})/iu,
  ru: /^(?:принимая|будучи|исходя|ссылаясь|стремясь|руководствуясь|\p{L}+(?:ая|яя|уя|юя)|\p{L}+в(?:ши)?(?= ))(?!\p{L})/iu,
  ar: /^(?:و?إذ(?: |ا )|و?لم[ّا]+ ?(?:كان|كانت)|ولما )/u,
  zh: /^(?:又|还|并|再次|深为|深感|严重|强烈|着重)*(?:回顾|忆及|认识到|铭记|注意到|考虑到|意识到|重申|申明|深信|确信|关切|震惊|欢迎|赞赏|审议了|听取了|遵循|念及|鉴于)/u,
};

/** A comma or semicolon, with closing quotes, a note's number or an “and” after it. */
const endsOpen = /[,;،؛，；]["”»\])]*(?:\d{1,2}|\s*(?:and|et|y|и|و))?$/u;

/** Arabic and Chinese openings say enough by themselves; elsewhere a participle opens ordinary sentences too. */
const sureByItself = new Set(['ar', 'zh']);

/** Whether a paragraph reads as one of a preamble: opened by a participle and not ended. */
export function opensPreamble(runs: readonly Run[], language: string): boolean {
  const text = textOf({runs});
  const primary = language.split('-')[0] ?? '';
  const pattern = preambular[primary];
  const ended = !endsOpen.test(text);
  if (pattern?.test(text.slice(0, 120).replace(/^\[+\s*/u, '')) && (sureByItself.has(primary) || !ended)) return true;
  return !ended && italicStart(runs) > 0 && italicStart(runs) <= 80 && !text.startsWith('(');
}

/** Whether a line begins like a paragraph of a preamble, with a capital where there are capitals. */
export function beginsPreamble(text: string, language: string): boolean {
  return !/^\p{Ll}/u.test(text) && preambular[language.split('-')[0] ?? '']?.test(text.slice(0, 120)) === true;
}

/** Whether a numbered paragraph opens as in a resolution ("Calls upon"). */
export function opensOperative(runs: readonly Run[], language: string): boolean {
  return openerLength({kind: 'operative', level: 0, runs}, language) > 0 || italicStart(runs) > 0;
}

/** UTF-16 units of italics at the start; 0 when all of it is italic. */
export function italicStart(runs: readonly Run[]): number {
  let length = 0;
  for (const {text, marks} of runs) {
    if (!marks.i) return length;
    length += text.length;
  }
  return 0;
}
