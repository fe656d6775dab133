import type {ParagraphContent, ParagraphKind} from '@plenary/paper/view';

function paragraph(kind: ParagraphKind, level: number): (text: string) => ParagraphContent {
  return text => ({kind, level, dir: null, lang: null, runs: [{text, marks: {}}]});
}

/** What papers are written with here: one call a paragraph. */
export const title = paragraph('title', 0);
export const organ = paragraph('organ', 0);
export const heading = paragraph('heading', 0);
export const pp = paragraph('preambular', 0);
export const op = paragraph('operative', 0);
export const sub = paragraph('operative', 1);
export const subsub = paragraph('operative', 2);
export const text = paragraph('text', 0);
