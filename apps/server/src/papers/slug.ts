import {slugMaxLength} from '@plenary/domain/ids';

/** A slug out of a title's Latin letters and figures; null when it has none, as in Arabic or Chinese. */
export function slugFrom(title: string): string | null {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, slugMaxLength - 8) : `${slug}-${word}`;
    // Room for a number at the end.
    if (longer.length > slugMaxLength - 8) break;
    slug = longer;
  }
  return slug || null;
}
