import type {ParagraphKind} from '@plenary/paper/view';

/**
 * Names of paragraph styles in a Word file that Plenary writes. They say kind and level, so that the file comes back as what
 * it was; programs that open and save it change the ids of styles, but keep the names.
 */
const base: Record<ParagraphKind, string> = {
  title: 'Plenary Title',
  organ: 'Plenary Organ',
  heading: 'Plenary Heading',
  preambular: 'Plenary Preambular',
  operative: 'Plenary Operative',
  text: 'Plenary Text',
  item: 'Plenary Item',
  quote: 'Plenary Quote',
};

/** A title and the headings have the names that Word itself gives them: its outline and its contents read these. */
export function styleNameOf(kind: ParagraphKind, level: number): string {
  if (kind === 'title' && level === 0) return 'Title';
  if (kind === 'heading') return `heading ${level + 1}`;
  return level === 0 ? base[kind] : `${base[kind]} ${level}`;
}

export function styleIdOf(kind: ParagraphKind, level: number): string {
  return styleNameOf(kind, level).replace(/^h/, 'H').replaceAll(' ', '');
}

const own = /^Plenary (Title|Organ|Preambular|Operative|Text|Item|Quote)(?: ([1-8]))?$/i;

/** What a style of ours stands for; null for all others. `Title` and `heading` are ours only in a file that has ours. */
export function kindOfStyle(name: string, isOurs: boolean): {kind: ParagraphKind; level: number} | null {
  const [, kind, level] = own.exec(name) ?? [];
  // The pattern lists nothing but kinds.
  if (kind !== undefined) return {kind: kind.toLowerCase() as ParagraphKind, level: Number(level ?? 0)};
  if (!isOurs) return null;
  if (/^title$/i.test(name)) return {kind: 'title', level: 0};
  const heading = /^heading ([1-9])$/i.exec(name)?.[1];
  return heading === undefined ? null : {kind: 'heading', level: Number(heading) - 1};
}

export function isOwnName(name: string): boolean {
  return own.test(name);
}

/** Style of the number before a paragraph: computed, so it is not read as words. */
export const numberStyle = 'Plenary Number';
/** Style of "Recalling" and "Calls upon": computed, so its italics are not read as marks. */
export const openingStyle = 'Plenary Opening';
