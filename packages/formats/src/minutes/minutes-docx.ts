import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  PageNumber,
  PageOrientation,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import {directionOf} from '@plenary/domain/languages';
import {fixedZip} from './fixed-zip.ts';
import {readingOf} from './blocks.ts';
import type {Block, MinutesText, Piece, Words} from './blocks.ts';

const headings = {2: HeadingLevel.HEADING_1, 3: HeadingLevel.HEADING_2} as const;
const thin = {style: BorderStyle.SINGLE, size: 4, color: 'B0B5B3'} as const;
const none = {style: BorderStyle.NONE, size: 0, color: 'auto'} as const;
/** Keeps figures and what joins them from left to right inside a text that runs the other way. */
const leftToRight = '\u200E';

/** An Office Open XML file: the same minutes give the same bytes. */
export async function minutesDocx(text: MinutesText): Promise<Uint8Array> {
  const {language, kind, title, blocks} = text;
  const rightToLeft = directionOf(language) === 'rtl';
  const writer = new Writer(rightToLeft);
  const file = new Document({
    title: `${kind}: ${title}`,
    creator: 'Plenary',
    lastModifiedBy: 'Plenary',
    styles: {
      default: {
        document: {
          run: {font: 'Calibri', size: 21, language: {value: language, bidirectional: language, eastAsia: language}},
        },
        title: {run: {size: 36, bold: true}, paragraph: {spacing: {after: 240}}},
        heading1: {run: {size: 28, bold: true}, paragraph: {spacing: {before: 360, after: 120}, keepNext: true}},
        heading2: {run: {size: 23, bold: true}, paragraph: {spacing: {before: 240, after: 80}, keepNext: true}},
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: {orientation: PageOrientation.LANDSCAPE},
            margin: {top: 1000, bottom: 1000, left: 1000, right: 1000},
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                bidirectional: rightToLeft,
                alignment: AlignmentType.CENTER,
                children: [new TextRun({children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], size: 18})],
              }),
            ],
          }),
        },
        children: [
          writer.paragraph([kind]),
          writer.paragraph([{foreign: title}], {heading: HeadingLevel.TITLE}),
          ...blocks.flatMap(block => writer.block(block)),
        ],
      },
    ],
  });
  return fixedZip(
    await Packer.toBuffer(file, undefined, [
      {path: 'docProps/core.xml', data: coreProperties(`${kind}: ${title}`, language)},
    ]),
  );
}

/** Without the moment of writing and without anyone's name. */
function coreProperties(title: string, language: string): string {
  const escaped = title.replace(/[&<>]/g, sign => ({'&': '&amp;', '<': '&lt;', '>': '&gt;'})[sign] ?? sign);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped}</dc:title><dc:language>${language}</dc:language></cp:coreProperties>`;
}

interface Look {
  readonly heading?: (typeof HeadingLevel)[keyof typeof HeadingLevel];
  readonly bold?: boolean;
  readonly italics?: boolean;
}

class Writer {
  readonly #rightToLeft: boolean;

  constructor(rightToLeft: boolean) {
    this.#rightToLeft = rightToLeft;
  }

  block(block: Block): (Paragraph | Table)[] {
    switch (block.is) {
      case 'heading':
        return [this.paragraph(block.words, {heading: headings[block.level]})];
      case 'paragraph':
        return [this.paragraph(block.words)];
      case 'note':
        return [this.paragraph(block.words, {italics: true})];
      case 'facts':
        return [
          this.#table(
            [],
            block.rows.map(({name, words}) => [[name], words]),
            [20, 80],
          ),
        ];
      case 'table':
        return [
          this.paragraph([block.caption], {bold: true}),
          this.#table(block.columns, block.rows, widthsOf(block.columns, block.rows)),
        ];
    }
  }

  paragraph(words: Words, {heading, bold, italics}: Look = {}): Paragraph {
    return new Paragraph({
      bidirectional: this.#rightToLeft,
      spacing: heading ? {} : {after: 80},
      keepNext: bold ?? false,
      ...(heading ? {heading} : {}),
      children: words.map(piece => this.#run(piece, {bold: bold ?? false, italics: italics ?? false})),
    });
  }

  #run(piece: Piece, {bold, italics}: {bold: boolean; italics: boolean}): TextRun {
    const figures = typeof piece !== 'string' && !('foreign' in piece);
    const text = readingOf(piece);
    const rightToLeft = this.#rightToLeft && !figures && runsRightToLeft(text);
    return new TextRun({
      text: figures && this.#rightToLeft ? `${leftToRight}${text}${leftToRight}` : text,
      bold,
      boldComplexScript: bold,
      italics,
      italicsComplexScript: italics,
      rightToLeft,
    });
  }

  #table(columns: readonly string[], rows: readonly (readonly Words[])[], widths: readonly number[]): Table {
    const cell = (words: Words, index: number, bold: boolean) =>
      new TableCell({
        width: {size: widths[index] ?? 0, type: WidthType.PERCENTAGE},
        margins: {top: 40, bottom: 40, left: 80, right: 80},
        children: [
          new Paragraph({
            bidirectional: this.#rightToLeft,
            children: words.map(piece => this.#run(piece, {bold, italics: false})),
          }),
        ],
      });
    return new Table({
      visuallyRightToLeft: this.#rightToLeft,
      width: {size: 100, type: WidthType.PERCENTAGE},
      borders: {top: thin, bottom: thin, insideHorizontal: thin, left: none, right: none, insideVertical: none},
      rows: [
        ...(columns.length > 0
          ? [
              new TableRow({
                tableHeader: true,
                cantSplit: true,
                children: columns.map((name, index) => cell([name], index, true)),
              }),
            ]
          : []),
        ...rows.map(
          row => new TableRow({cantSplit: true, children: row.map((words, index) => cell(words, index, false))}),
        ),
      ],
    });
  }
}

/** Percentages by how much the columns say. */
function widthsOf(columns: readonly string[], rows: readonly (readonly Words[])[]): readonly number[] {
  const lengths = columns.map((name, index) => {
    const cells = rows.map(row => (row[index] ?? []).map(readingOf).join('').length);
    return Math.min(40, Math.max(6, name.length + 2, ...cells));
  });
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map(length => Math.round((100 * length) / total));
}

/** By the first letter that has a direction. */
function runsRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(letter);
}
