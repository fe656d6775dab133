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
  'exchange.left.change':
    '{count, plural, one {# tracked change was taken as accepted.} other {# tracked changes were taken as accepted.}}',
  'exchange.left.comment': '{count, plural, one {# comment was left out.} other {# comments were left out.}}',
  'exchange.left.hidden':
    '{count, plural, one {# piece of hidden text was left out.} other {# pieces of hidden text were left out.}}',
  'exchange.left.text-box':
    '{count, plural, one {# text box is kept as paragraphs after the place where it stood.} other {# text boxes are kept as paragraphs after the places where they stood.}}',
  'exchange.left.object':
    '{count, plural, one {# embedded object, such as a chart or another file, was left out.} other {# embedded objects, such as charts or other files, were left out.}}',
  'exchange.left.formula':
    '{count, plural, one {# formula is kept as plain signs.} other {# formulas are kept as plain signs.}}',
  'exchange.left.symbol':
    '{count, plural, one {# sign of a symbol font was left out.} other {# signs of symbol fonts were left out.}}',
  'exchange.left.external':
    '{count, plural, one {The file refers to # thing elsewhere, such as a picture or a template; it was not fetched.} other {The file refers to # things elsewhere, such as pictures or templates; they were not fetched.}}',
  'exchange.left.page-margin':
    '{count, plural, one {# header or footer of the pages was left out.} other {# headers and footers of the pages were left out.}}',
  'exchange.format.docx': 'Word file (DOCX)',
  'exchange.format.docx.means':
    'For going on in a word processor; numbers and openings as in print. It comes back in without loss.',
  'exchange.format.markdown.means': 'For other programs and for keeping versions.',
  'exchange.format.text.means': 'The words alone, one paragraph a line: the form that is hashed.',
  'exchange.format.html.means': 'One page that stands by itself, for a website or a browser.',
  'exchange.save': 'Save as a file',
  'exchange.save.which': 'Which text',
  'exchange.save.working': 'The working text, as it stands now',
  'exchange.save.revision': '{symbol}, issued on {date}',
  'exchange.save.format': 'As',
  'exchange.save.go': 'Save the file',
  'exchange.save.writing': 'The file is being written…',
  'exchange.save.loading': 'Looking up what there is…',
  'exchange.save.done': 'The file {name} is saved.',
} as const;
