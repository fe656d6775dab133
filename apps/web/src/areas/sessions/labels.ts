import type {Translate} from '@plenary/locales/message-id';
import type {ReadParagraph} from './paragraphs.ts';

/** What people call a paragraph: its number, or its place where it has none. */
export function labelOf({label}: ReadParagraph, place: number, t: Translate): string {
  return label !== '' && label !== '•' ? label : t('sessions.paragraph', {number: place + 1});
}
