import type {Direction} from '@plenary/domain/languages';
import {isSafeLink} from '@plenary/paper/guard-shape';
import type {Marks, Run} from '@plenary/paper/view';
import type {LeftOvers} from '../import/report.ts';
import {sameMarks} from '../import/runs.ts';
import {numberStyle, openingStyle} from './names.ts';
import type {ComputedNumber, Numbering} from './numbering.ts';
import {isOn, type Styles} from './styles.ts';
import {childOf, elementsOf, textIn, valueOf, type XmlElement} from './xml.ts';

/** A paragraph of a Word file with its changes accepted, before it is known what it is in a paper. */
export interface WordParagraph {
  readonly styleName: string;
  /** Outline level from 0 where it is a heading. */
  readonly outline: number | null;
  readonly number: ComputedNumber | null;
  readonly direction: Direction;
  readonly language: string | null;
  readonly runs: readonly Run[];
}

interface Relation {
  readonly type: string;
  readonly target: string;
  readonly isExternal: boolean;
}
export type Relations = ReadonlyMap<string, Relation>;

interface Sources {
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly relations: Relations;
  /** Notes by `footnote 3` or `endnote 3`. */
  readonly notes: ReadonlyMap<string, XmlElement>;
}

/** A field such as HYPERLINK: what it is told, then what it shows. */
interface Field {
  instruction: string;
  link: string | null;
}

/** What is open while one paragraph is read. */
interface Open {
  readonly runs: Run[];
  /** Paragraphs that hang on this one: text boxes and notes. */
  readonly after: WordParagraph[];
}

/**
 * Reads the body of a Word file in order: insertions count as made and deletions as done, and what has no place in a paper is
 * noted with the number of its paragraph.
 */
export class BodyReader {
  readonly #sources: Sources;
  readonly #left: LeftOvers;
  readonly #paragraphs: WordParagraph[] = [];
  readonly #fields: Field[] = [];
  #place = 0;
  #notes = 0;
  #isInNote = false;
  /** Runs of a paragraph whose end was deleted: the next one goes on with them. */
  #carried: Run[] = [];
  /** Ids under which changes are tracked; Word splits one change into many elements. */
  readonly #changes = new Set<string>();

  constructor(sources: Sources, left: LeftOvers) {
    this.#sources = sources;
    this.#left = left;
  }

  read(body: XmlElement): WordParagraph[] {
    this.#readBlocks(elementsOf(body), this.#paragraphs);
    if (this.#changes.size > 0) this.#left.note('change', null, this.#changes.size);
    return this.#paragraphs;
  }

  #readBlocks(elements: readonly XmlElement[], into: WordParagraph[]): void {
    for (const element of elements) {
      switch (element.name) {
        case 'w:p':
          this.#readParagraph(element, into);
          break;
        case 'w:tbl':
          this.#left.note('table', this.#place);
          for (const row of rowsOf(element)) this.#readRow(row, into);
          break;
        case 'w:altChunk':
          this.#left.note('object', this.#place);
          break;
        case 'w:del':
        case 'w:moveFrom':
          this.#noteChange(element);
          break;
        case 'w:ins':
        case 'w:moveTo':
          this.#noteChange(element);
          this.#readBlocks(elementsOf(element), into);
          break;
        case 'mc:AlternateContent':
          this.#readBlocks(chosen(element), into);
          break;
        case 'w:sdt':
        case 'w:sdtContent':
        case 'w:customXml':
        case 'w:smartTag':
          this.#readBlocks(elementsOf(element), into);
          break;
        default:
      }
    }
  }

  /** A row as one paragraph, its cells apart by a line. */
  #readRow(row: XmlElement, into: WordParagraph[]): void {
    const properties = childOf(row, 'w:trPr');
    const deleted = childOf(properties, 'w:del');
    if (deleted) {
      this.#noteChange(deleted);
      return;
    }
    const runs: Run[] = [];
    let first: WordParagraph | null = null;
    for (const cell of cellsOf(row)) {
      const inside: WordParagraph[] = [];
      this.#readBlocks(elementsOf(cell), inside);
      const filled = inside.filter(paragraph => paragraph.runs.length > 0);
      if (filled.length > 0 && runs.length > 0) push(runs, ' | ', {});
      for (const [index, paragraph] of filled.entries()) {
        if (index > 0) push(runs, ' ', {});
        if (paragraph.number) push(runs, `${paragraph.number.label} `, {});
        for (const run of paragraph.runs) push(runs, run.text, run.marks);
        first ??= paragraph;
      }
    }
    if (first) into.push({...first, styleName: '', outline: null, number: null, runs});
  }

  #readParagraph(element: XmlElement, into: WordParagraph[]): void {
    const {styles, numbering} = this.#sources;
    const properties = childOf(element, 'w:pPr');
    const style = valueOf(properties, 'w:pStyle');
    const mark = childOf(properties, 'w:rPr');
    const number = numbering.next(properties, style);
    const open: Open = {runs: this.#carried, after: []};
    this.#carried = [];
    this.#readInline(elementsOf(element), open, {});
    this.#place++;

    const deletedEnd = childOf(mark, 'w:del') ?? childOf(mark, 'w:moveFrom');
    const insertedEnd = childOf(mark, 'w:ins') ?? childOf(mark, 'w:moveTo');
    if (insertedEnd) this.#noteChange(insertedEnd);
    if (deletedEnd) {
      this.#noteChange(deletedEnd);
      this.#carried = open.runs;
      into.push(...open.after);
      return;
    }
    const bidi = childOf(properties, 'w:bidi') ?? styles.paragraphProperty(style, 'w:bidi');
    const outline = childOf(properties, 'w:outlineLvl') ?? styles.paragraphProperty(style, 'w:outlineLvl');
    const level = Number(outline?.attributes['w:val'] ?? 9);
    into.push(
      {
        styleName: styles.nameOf(style),
        outline: level >= 0 && level < 9 ? level : null,
        number,
        direction: bidi && isOn(bidi.attributes['w:val']) ? 'rtl' : 'ltr',
        language: languageIn(childOf(mark, 'w:lang')),
        runs: open.runs,
      },
      ...open.after,
    );
  }

  #readInline(elements: readonly XmlElement[], open: Open, marks: Marks): void {
    for (const element of elements) {
      switch (element.name) {
        case 'w:r':
          this.#readRun(element, open, marks);
          break;
        case 'w:hyperlink':
          this.#readInline(elementsOf(element), open, this.#linked(marks, this.#targetOf(element)));
          break;
        case 'w:fldSimple':
          this.#readInline(elementsOf(element), open, this.#linked(marks, linkOf(element.attributes['w:instr'] ?? '')));
          break;
        case 'w:del':
        case 'w:moveFrom':
          this.#noteChange(element);
          break;
        case 'w:ins':
        case 'w:moveTo':
          this.#noteChange(element);
          this.#readInline(elementsOf(element), open, marks);
          break;
        case 'm:oMath':
        case 'm:oMathPara':
          this.#left.note('formula', this.#place);
          push(open.runs, textIn(element), marks);
          break;
        case 'mc:AlternateContent':
          this.#readInline(chosen(element), open, marks);
          break;
        case 'w:sdt':
        case 'w:sdtContent':
        case 'w:customXml':
        case 'w:smartTag':
        case 'w:dir':
        case 'w:bdo':
          this.#readInline(elementsOf(element), open, marks);
          break;
        default:
      }
    }
  }

  #readRun(run: XmlElement, open: Open, around: Marks): void {
    const properties = childOf(run, 'w:rPr');
    const hidden = childOf(properties, 'w:vanish');
    const style = valueOf(properties, 'w:rStyle');
    const styleName = style === undefined ? '' : this.#sources.styles.nameOf(style).toLowerCase();
    if (hidden && isOn(hidden.attributes['w:val'])) {
      if (textIn(run) !== '') this.#left.note('hidden', this.#place);
      return;
    }
    if (styleName === numberStyle.toLowerCase()) return;
    const marks = this.#marksOf(properties, styleName === openingStyle.toLowerCase() ? undefined : style, around);
    this.#readPieces(elementsOf(run), open, marks);
  }

  #readPieces(pieces: readonly XmlElement[], open: Open, marks: Marks): void {
    for (const piece of pieces) {
      switch (piece.name) {
        case 'w:t':
          push(open.runs, textIn(piece).replace(/[\r\n]+/g, ' '), this.#inField(marks));
          break;
        case 'w:tab':
        case 'w:ptab':
          push(open.runs, '\t', this.#inField(marks));
          break;
        case 'w:noBreakHyphen':
          push(open.runs, '\u2011', this.#inField(marks));
          break;
        case 'w:br':
        case 'w:cr':
          if (['page', 'column'].includes(piece.attributes['w:type'] ?? '')) break;
          this.#left.note('line-break', this.#place);
          push(open.runs, ' ', this.#inField(marks));
          break;
        case 'w:sym':
          this.#readSymbol(piece, open, marks);
          break;
        case 'w:fldChar':
          this.#readFieldSign(piece);
          break;
        case 'w:instrText': {
          const field = this.#fields.at(-1);
          if (field) field.instruction += textIn(piece);
          break;
        }
        case 'w:footnoteReference':
        case 'w:endnoteReference':
          this.#readNote(piece, open);
          break;
        case 'w:drawing':
        case 'w:pict':
          this.#readPicture(piece, open);
          break;
        case 'w:object':
          this.#left.note('object', this.#place);
          break;
        case 'w:ruby':
          this.#readInline(elementsOf(childOf(piece, 'w:rubyBase')), open, marks);
          break;
        case 'mc:AlternateContent':
          this.#readPieces(chosen(piece), open, marks);
          break;
        default:
      }
    }
  }

  /** A sign of a font such as Wingdings has no letter of its own. */
  #readSymbol(piece: XmlElement, open: Open, marks: Marks): void {
    const code = Number.parseInt(piece.attributes['w:char'] ?? '', 16);
    const isOwn = !(code > 0x1f) || code > 0xff_ff || (code >= 0xd8_00 && code <= 0xf8_ff);
    if (isOwn) this.#left.note('symbol', this.#place);
    else push(open.runs, String.fromCodePoint(code), this.#inField(marks));
  }

  #readFieldSign(piece: XmlElement): void {
    const type = piece.attributes['w:fldCharType'];
    if (type === 'begin') this.#fields.push({instruction: '', link: null});
    else if (type === 'end') this.#fields.pop();
    else {
      const field = this.#fields.at(-1);
      if (field) field.link = linkOf(field.instruction);
    }
  }

  #inField(marks: Marks): Marks {
    const link = this.#fields.findLast(field => field.link !== null)?.link;
    return link === undefined ? marks : this.#linked(marks, link);
  }

  #readNote(piece: XmlElement, open: Open): void {
    const name = `${piece.name.slice(2, -'Reference'.length)} ${piece.attributes['w:id']}`;
    const note = this.#sources.notes.get(name);
    // A note in a note could go on for ever.
    if (!note || this.#isInNote) return;
    this.#left.note('footnote', this.#place);
    const sign = `[${++this.#notes}]`;
    push(open.runs, sign, {});
    const inside: WordParagraph[] = [];
    const place = this.#place;
    this.#isInNote = true;
    this.#readBlocks(elementsOf(note), inside);
    this.#isInNote = false;
    this.#place = place;
    for (const [index, paragraph] of inside.filter(one => one.runs.length > 0).entries()) {
      const runs: Run[] = index === 0 ? [{text: `${sign} `, marks: {}}] : [];
      for (const run of paragraph.runs) push(runs, runs.length === 1 ? run.text.trimStart() : run.text, run.marks);
      open.after.push({...paragraph, styleName: '', outline: null, number: null, runs});
    }
  }

  #readPicture(piece: XmlElement, open: Open): void {
    const boxes = within(piece, 'w:txbxContent');
    if (boxes.length === 0) {
      this.#left.note('image', this.#place);
      const described = within(piece, 'wp:docPr')[0]?.attributes['descr']?.trim();
      if (described) push(open.runs, ` ${described} `, {});
      return;
    }
    this.#left.note('text-box', this.#place);
    const place = this.#place;
    for (const box of boxes) this.#readBlocks(elementsOf(box), open.after);
    this.#place = place;
  }

  #marksOf(properties: XmlElement | undefined, style: string | undefined, around: Marks): Marks {
    const {styles} = this.#sources;
    const isSet = (...names: string[]): boolean =>
      names.some(name => {
        const found =
          childOf(properties, name) ?? (style === undefined ? undefined : styles.characterProperty(style, name));
        return found !== undefined && isOn(found.attributes['w:val']);
      });
    // In a link the line below says no more than that it is one, except where Plenary wrote it.
    const underlined =
      around.link === undefined && this.#inField(around).link === undefined
        ? isSet('w:u')
        : styles.isOurs && isOn(valueOf(properties, 'w:u') ?? 'none');
    return {
      ...around,
      ...(isSet('w:b') && {b: true as const}),
      ...(isSet('w:i') && {i: true as const}),
      ...(underlined && {u: true as const}),
      ...(isSet('w:strike', 'w:dstrike') && {s: true as const}),
    };
  }

  #targetOf(hyperlink: XmlElement): string | null {
    const relation = this.#sources.relations.get(hyperlink.attributes['r:id'] ?? '');
    if (!relation?.isExternal) return null;
    const anchor = hyperlink.attributes['w:anchor'];
    return anchor && !relation.target.includes('#') ? `${relation.target}#${anchor}` : relation.target;
  }

  #linked(marks: Marks, target: string | null): Marks {
    if (target === null) return marks;
    // Word takes addresses with spaces.
    const link = target.trim().replaceAll(' ', '%20');
    if (isSafeLink(link)) return {...marks, link};
    this.#left.note('link', this.#place);
    return marks;
  }

  #noteChange(element: XmlElement): void {
    this.#changes.add(`${element.name} ${element.attributes['w:id'] ?? this.#changes.size}`);
  }
}

function push(runs: Run[], text: string, marks: Marks): void {
  if (text === '') return;
  const last = runs.at(-1);
  if (last && sameMarks(last.marks, marks)) runs[runs.length - 1] = {text: last.text + text, marks: last.marks};
  else runs.push({text, marks});
}

/** `HYPERLINK "https://…"`; places inside the file are no links. */
function linkOf(instruction: string): string | null {
  return /^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s\\]+)"?/i.exec(instruction)?.[1] ?? null;
}

function languageIn(lang: XmlElement | undefined): string | null {
  const attributes = lang?.attributes;
  return attributes?.['w:bidi'] ?? attributes?.['w:eastAsia'] ?? attributes?.['w:val'] ?? null;
}

/** The newer of two ways in which the same is written. */
function chosen(alternate: XmlElement): readonly XmlElement[] {
  const [choice] = elementsOf(alternate).filter(({name}) => name === 'mc:Choice' || name === 'mc:Fallback');
  return elementsOf(choice);
}

/** Elements of a name, not looking inside of them. */
function within(element: XmlElement, name: string): XmlElement[] {
  if (element.name === name) return [element];
  const inside = element.name === 'mc:AlternateContent' ? chosen(element) : elementsOf(element);
  return inside.flatMap(child => within(child, name));
}

function rowsOf(table: XmlElement): XmlElement[] {
  return through(table, 'w:tr');
}

function cellsOf(row: XmlElement): XmlElement[] {
  return through(row, 'w:tc');
}

const wrappers = new Set(['w:sdt', 'w:sdtContent', 'w:customXml', 'w:ins', 'w:moveTo']);

function through(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap(child => {
    if (child.name === name) return [child];
    return wrappers.has(child.name) ? through(child, name) : [];
  });
}
