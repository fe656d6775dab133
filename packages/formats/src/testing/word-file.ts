import {writeZip} from '../docx/zip-writer.ts';

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const spaces =
  `xmlns:w="${word}" xmlns:r="${office}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';

export interface WordFile {
  /** What stands in `w:body`. */
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly comments?: string;
  readonly header?: string;
  /** `Relationship` elements. */
  readonly relations?: string;
  readonly mainType?: string;
  readonly others?: readonly (readonly [name: string, content: string])[];
}

/** A Word file as another program would write it. */
export function wordFile(file: WordFile): Buffer {
  return writeZip(wordParts(file));
}

export function wordParts(file: WordFile): (readonly [name: string, content: string])[] {
  const part = (name: string, root: string, content: string | undefined): (readonly [string, string])[] =>
    content === undefined ? [] : [[name, `<w:${root} ${spaces}>${content}</w:${root}>`]];
  return [
    [
      '[Content_Types].xml',
      `<Types><Override PartName="/word/document.xml" ContentType="${file.mainType ?? type}"/></Types>`,
    ],
    ...part('word/document.xml', 'document', `<w:body>${file.body}</w:body>`),
    ['word/_rels/document.xml.rels', `<Relationships>${file.relations ?? ''}</Relationships>`],
    ...part('word/styles.xml', 'styles', file.styles),
    ...part('word/numbering.xml', 'numbering', file.numbering),
    ...part('word/footnotes.xml', 'footnotes', file.footnotes),
    ...part('word/comments.xml', 'comments', file.comments),
    ...part('word/header1.xml', 'hdr', file.header),
    ...(file.others ?? []),
  ];
}

export function run(text: string, properties = ''): string {
  return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

export function paragraph(content: string, properties = ''): string {
  return `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
}

export function styled(style: string, text: string): string {
  return paragraph(run(text), `<w:pStyle w:val="${style}"/>`);
}

export function listed(list: number, level: number, text: string): string {
  return paragraph(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);
}

export function style(id: string, name: string, inside = '', kind = 'paragraph'): string {
  return `<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${name}"/>${inside}</w:style>`;
}

/** A list whose levels are of these formats and texts: `['decimal', '%1.']`. */
export function list(id: number, levels: readonly (readonly [format: string, text: string])[]): string {
  const written = levels.map(
    ([format, text], level) =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
  );
  return `<w:abstractNum w:abstractNumId="${id}">${written.join('')}</w:abstractNum>`;
}

export function num(id: number, abstract: number, inside = ''): string {
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${inside}</w:num>`;
}
