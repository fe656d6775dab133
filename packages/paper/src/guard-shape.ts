/**
 * What may stand in the shared text. Writers (ours and the server's) stay inside it and the room's guard refuses the rest,
 * so both read the same lists. A new attribute or mark is a line here; see also `Marks` in `view.ts`.
 */

/** Names of the two roots of a paper's Y.Doc. */
export const bodyRoot = 'body';
export const attributesRoot = 'paragraphs';

/** An id as it stands in an opener. New ones have 12 or more characters. */
export const paragraphIdPattern = /^[A-Za-z0-9_-]{1,24}$/;
/** The name of a paragraph whose id another one keeps (see `paper-index.ts`): the id, then client and clock of its opener. */
export const derivedNamePattern = /^[A-Za-z0-9_-]{0,24}~\d{1,16}\.\d{1,16}$/;
/** Text before the first opener. It has no id, so nothing can be attached to it but the attributes of this name. */
export const headName = '~head';

export const shapeLimits = {
  /** UTF-16 units in one struct of text. */
  text: 1 << 20,
  link: 2048,
  level: 8,
  /** Values in one struct of the attributes map: more than one where an undo manager kept overwritten ones. */
  values: 256,
} as const;

function text(pattern: RegExp, longest: number) {
  return (value: unknown): boolean => typeof value === 'string' && value.length <= longest && pattern.test(value);
}

/** Paragraph attributes, stored under `<name>.<attribute>`, and their allowed values. Ask with `isAttribute`. */
export const paragraphAttributes = {
  kind: text(/^[\w.-]+$/, 24),
  level: (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= 0 && Number(value) <= shapeLimits.level,
  dir: (value: unknown): boolean => value === 'ltr' || value === 'rtl',
  lang: text(/^[A-Za-z0-9-]+$/, 35),
  gone: (value: unknown): boolean => typeof value === 'boolean',
  /** Order key, written by the server alone. */
  at: text(/^[0-9a-z]+$/, 200),
} satisfies Record<string, (value: unknown) => boolean>;

export type AttributeName = keyof typeof paragraphAttributes;

export const serverOnlyAttributes: ReadonlySet<AttributeName> = new Set<AttributeName>(['at']);

/** Own keys only: `constructor` and `__proto__` are not attributes. */
export function isAttribute(name: string): name is AttributeName {
  return Object.hasOwn(paragraphAttributes, name);
}

/** A name under which attributes may be stored. */
export function isParagraphName(name: string): boolean {
  return name === headName || paragraphIdPattern.test(name) || derivedNamePattern.test(name);
}

/** Http, https or mailto, without spaces or control characters; anything else is no link. */
export function isSafeLink(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= shapeLimits.link &&
    /^(?:https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu.test(value)
  );
}

function onOrOff(value: unknown): boolean {
  return value === null || value === true;
}

/** Text formats and their allowed values; null ends one. Ask with `isMark`. */
export const textMarks = {
  b: onOrOff,
  i: onOrOff,
  u: onOrOff,
  s: onOrOff,
  link: (value: unknown): boolean => value === null || isSafeLink(value),
} satisfies Record<string, (value: unknown) => boolean>;

export type MarkName = keyof typeof textMarks;

export const markNames = Object.keys(textMarks) as readonly MarkName[];

export function isMark(name: string): name is MarkName {
  return Object.hasOwn(textMarks, name);
}

/** An embed is an opener and nothing else: exactly one own key `p` that holds an id. */
export function isOpener(embed: unknown): embed is {p: string} {
  if (embed === null || typeof embed !== 'object' || Array.isArray(embed)) return false;
  const keys = Object.keys(embed);
  const id = (embed as {p?: unknown}).p;
  return keys.length === 1 && keys[0] === 'p' && typeof id === 'string' && paragraphIdPattern.test(id);
}
