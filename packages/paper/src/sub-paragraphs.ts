import type {Paragraph} from './view.ts';

/**
 * How many of the paragraphs after one belong to it: those of a deeper level and the list items under it, up to the next
 * paragraph that stands beside or above it.
 */
export function countSubParagraphs(paragraphs: readonly Pick<Paragraph, 'kind' | 'level'>[], place: number): number {
  const head = paragraphs[place];
  if (!head) return 0;
  const isUnder = ({kind, level}: Pick<Paragraph, 'kind' | 'level'>): boolean =>
    level > head.level || (kind === 'item' && head.kind !== 'item' && level === head.level);
  const end = paragraphs.findIndex((paragraph, i) => i > place && !isUnder(paragraph));
  return (end < 0 ? paragraphs.length : end) - place - 1;
}
