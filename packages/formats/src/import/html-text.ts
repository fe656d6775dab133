/** Marks that an HTML tag stands for; other tags say nothing to a paper. */
export const markOfTag: Readonly<Record<string, 'b' | 'i' | 'u' | 's'>> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  del: 's',
  strike: 's',
};

/** The name of a tag and whether it closes, null for comments and the like. */
export function readTag(tag: string): {name: string; closes: boolean} | null {
  const match = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(tag);
  return match?.[2] === undefined ? null : {name: match[2].toLowerCase(), closes: match[1] === '/'};
}

const tagPattern = /<!--[^]*?(?:-->|$)|<[/!?]?[A-Za-z][^<>]*>/g;
const unseen = /<(script|style|template)\b[^<>]*>[^]*?(?:<\/\1\s*>|$)/gi;
const ends = new Set(
  'address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table td th title tr ul'.split(
    ' ',
  ),
);

/** The words of a piece of HTML as lines, without its tags; entities stand as they were. */
export function linesOfHtml(html: string): string[] {
  return html
    .replace(unseen, '\n')
    .replace(tagPattern, tag => {
      const read = readTag(tag);
      return read && ends.has(read.name) ? '\n' : '';
    })
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}
