/** `exchange.left.<what>`: what an import changed or left out, as `leftKinds` of `@plenary/formats` names it. */
export const messages = {
  'exchange.left.front-matter':
    '{count, plural, one {# entry of the page’s head, such as its layout, was left out.} other {# entries of the page’s head, such as its layout, were left out.}}',
  'exchange.left.image':
    '{count, plural, one {# image was left out; its description is kept as text.} other {# images were left out; their descriptions are kept as text.}}',
  'exchange.left.table':
    '{count, plural, one {# table is kept as paragraphs, one for each row.} other {# tables are kept as paragraphs, one for each row.}}',
  'exchange.left.footnote':
    '{count, plural, one {# footnote is kept as a paragraph where it stood.} other {# footnotes are kept as paragraphs where they stood.}}',
  'exchange.left.code':
    '{count, plural, one {# block of code is kept as text, a paragraph for each line.} other {# blocks of code are kept as text, a paragraph for each line.}}',
  'exchange.left.rule': '{count, plural, one {# dividing line was left out.} other {# dividing lines were left out.}}',
  'exchange.left.html':
    '{count, plural, one {# piece of HTML lost its tags; its words are kept.} other {# pieces of HTML lost their tags; their words are kept.}}',
  'exchange.left.link':
    '{count, plural, one {# link does not begin with https://, http:// or mailto:; its words are kept without the link.} other {# links do not begin with https://, http:// or mailto:; their words are kept without the links.}}',
  'exchange.left.line-break':
    '{count, plural, one {# line break inside a paragraph became a space.} other {# line breaks inside paragraphs became spaces.}}',
  'exchange.left.control':
    '{count, plural, one {# invisible control character was removed.} other {# invisible control characters were removed.}}',
  'exchange.left.depth': 'Its lists or quotations are nested too deeply to be read; the text is kept with its signs.',
  'exchange.left.encoding':
    'The file does not say how its letters are encoded; it was read as Windows-1252. Compare the accented letters.',
  'exchange.format.markdown': 'Markdown',
  'exchange.format.text': 'Plain text',
  'exchange.format.html': 'Web page (HTML)',
} as const;
