import {slugMaxLength} from '@plenary/domain/ids';

/** What an address could call it; empty where the title has no Latin letters, and the writer must choose. */
export function suggestSlug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugMaxLength)
    .replace(/^-+|-+$/g, '');
}
