import type {Translate} from '@plenary/locales/message-id';
import {textOf, type ReadParagraph} from './paragraphs.ts';

const wordsOfHeading = 5;

function isSub({className}: ReadParagraph): boolean {
  return className.split(' ').includes('lev');
}

function hasNumber({label}: ReadParagraph): boolean {
  return label !== '' && label !== '•';
}

/**
 * What people call each paragraph: its number, with that of the paragraph it belongs to (`OP 4 (a)`); the first words of
 * one that has none, and its place where it has no words either.
 */
export function labelsOf(paragraphs: readonly ReadParagraph[], t: Translate): readonly string[] {
  let above = '';
  return paragraphs.map((paragraph, place) => {
    if (hasNumber(paragraph)) {
      if (!isSub(paragraph)) above = paragraph.label;
      return isSub(paragraph) && above !== '' ? `${above} ${paragraph.label}` : paragraph.label;
    }
    const words = textOf(paragraph).trim().split(/\s+/);
    if (words[0] === '') return t('sessions.paragraph', {number: place + 1});
    return words.length > wordsOfHeading ? `${words.slice(0, wordsOfHeading).join(' ')}…` : words.join(' ');
  });
}
