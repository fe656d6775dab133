/** `key: value` lines between two lines of three hyphens, as site generators put them at the head of a page. */
export interface FrontMatter {
  readonly values: ReadonlyMap<string, string>;
  /** Lines of the source it takes up, from 0, the end not included. */
  readonly from: number;
  readonly to: number;
}

const entry = /^([A-Za-z_][\w-]{0,40}):(?:\s+(.*))?$/;

/**
 * The front matter that begins at a line, or null. Only plain entries count, so that a rule above a paragraph is never taken
 * for it. Where pages were put one behind another, it stands in the middle of a file, too.
 */
export function frontMatterAt(lines: readonly string[], from: number): FrontMatter | null {
  if (lines[from]?.trimEnd() !== '---') return null;
  const values = new Map<string, string>();
  for (let at = from + 1; at < lines.length && at < from + 60; at++) {
    const line = lines[at]?.trimEnd() ?? '';
    if (line === '---') return values.size > 0 ? {values, from, to: at + 1} : null;
    const match = entry.exec(line);
    const key = match?.[1];
    if (key !== undefined) values.set(key.toLowerCase(), unquoted(match?.[2] ?? ''));
    else if (!/^(?:\s+-?\s*\S|#|$)/.test(line)) return null;
  }
  return null;
}

function unquoted(value: string): string {
  const text = value.trim();
  const quote = text[0];
  return (quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text;
}
