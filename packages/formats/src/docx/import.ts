import {Refusal} from '@plenary/domain/refusal';
import {directionOf} from '@plenary/domain/languages';
import {textOf} from '@plenary/paper/view';
import type {ParagraphContent, Run} from '@plenary/paper/view';
import {contentOf, type Block} from '../import/blocks.ts';
import {longestSource} from '../import/clean.ts';
import {finish, type Imported, type ImportOptions} from '../import/imported.ts';
import {detectLanguage} from '../import/language.ts';
import {LeftOvers} from '../import/report.ts';
import {trimRuns, withoutStart, withStart} from '../import/runs.ts';
import {titleOf, typedSign} from '../import/text.ts';
import {BodyReader, type Relations, type WordParagraph} from './body-reader.ts';
import {kindOfStyle} from './names.ts';
import {Numbering} from './numbering.ts';
import {Styles} from './styles.ts';
import {childOf, childrenOf, elementsOf, readXml, textIn, type XmlElement} from './xml.ts';
import {openPackage, type Package} from './zip-reader.ts';

/**
 * Reads a Word file (.docx). A file that Plenary wrote comes back as the paper it was; others are read by their styles, lists
 * and numbers, by the same rules as Markdown and text. Nothing outside of the file is ever fetched. Refuses `format.damaged`,
 * `format.encrypted`, `format.macros`, `format.unsafe`, `format.too-large`, `format.not-text`, `input.too-large`.
 */
export async function importDocx(bytes: Uint8Array, options: ImportOptions = {}): Promise<Imported> {
  refuseOldFiles(bytes);
  const file = await openPackage(bytes);
  const main = await mainPartOf(file);
  const left = new LeftOvers();
  const document = await partOf(file, main);
  const body = childOf(document ?? undefined, 'w:body');
  if (!body) throw new Refusal('format.not-text');

  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const relations = await relationsOf(file, main);
  const part = (name: string): Promise<XmlElement | null> => partOf(file, `${folder}${name}.xml`);
  const styles = new Styles(await part('styles'));
  const notes = new Map<string, XmlElement>();
  for (const kind of ['footnote', 'endnote']) {
    for (const note of childrenOf((await part(`${kind}s`)) ?? undefined, `w:${kind}`)) {
      const type = note.attributes['w:type'];
      if (type === undefined || type === 'normal') notes.set(`${kind} ${note.attributes['w:id']}`, note);
    }
  }
  const comments = childrenOf((await part('comments')) ?? undefined, 'w:comment').length;
  if (comments > 0) left.note('comment', null, comments);
  noteFetched(relations, left);
  if (!styles.isOurs) await noteMargins(file, left);

  const numbering = new Numbering(await part('numbering'), styles);
  const paragraphs = new BodyReader({styles, numbering, relations, notes}, left).read(body);
  const size = paragraphs.reduce((sum, paragraph) => sum + textOf(paragraph).length, 0);
  if (size > longestSource) throw new Refusal('input.too-large', {limit: longestSource});

  const named = styles.isOurs ? await languageOf(file) : null;
  const sample = paragraphs.slice(0, 2_000).map(textOf).join('\n');
  const language = options.language ?? named ?? detectLanguage(sample);
  const content = contentOfWord(paragraphs, styles.isOurs, language ?? 'en');
  const title = content.find(({kind}) => kind === 'title') ?? content.find(({kind}) => kind === 'heading');
  return finish('docx', content, title ? textOf(title) : null, language, left);
}

/** The container of old Word files; newer ones are put into it when they have a password. */
function refuseOldFiles(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(4, bytes.byteLength)).toString('hex');
  if (start === 'd0cf11e0') {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isLocked = whole.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw new Refusal(isLocked ? 'format.encrypted' : 'format.not-text');
  }
  if (bytes.byteLength >= 4 && start !== '504b0304') throw new Refusal('format.not-text');
}

const mainTypes =
  /^application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.(?:document|template)\.main\+xml$/;

/** Where the text stands, by the file's own table. Refuses `format.macros` before anything else is read. */
async function mainPartOf(file: Package): Promise<string> {
  const types = elementsOf((await partOf(file, '[Content_Types].xml')) ?? undefined);
  const declared = types.map(({attributes}) => attributes['ContentType'] ?? '');
  if (declared.some(type => /macroEnabled|vbaProject/i.test(type)) || [...file.names].some(isMacro)) {
    throw new Refusal('format.macros');
  }
  const main = types.find(({attributes}) => mainTypes.test(attributes['ContentType'] ?? ''));
  const name = main?.attributes['PartName']?.replace(/^\//, '') ?? 'word/document.xml';
  if (!file.names.has(name)) throw new Refusal('format.not-text');
  return name;
}

function isMacro(name: string): boolean {
  return /(?:^|\/)vba[^/]*\.(?:bin|xml)$/i.test(name);
}

async function partOf(file: Package, name: string): Promise<XmlElement | null> {
  const bytes = await file.read(name);
  return bytes && readXml(decode(bytes));
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes);
  } catch (cause) {
    throw Object.assign(new Refusal('format.damaged'), {cause});
  }
}

async function relationsOf(file: Package, main: string): Promise<Relations> {
  const slash = main.lastIndexOf('/') + 1;
  const part = await partOf(file, `${main.slice(0, slash)}_rels/${main.slice(slash)}.rels`);
  return new Map(
    childrenOf(part ?? undefined, 'Relationship').map(({attributes}) => [
      attributes['Id'] ?? '',
      {
        type: (attributes['Type'] ?? '').split('/').at(-1) ?? '',
        target: attributes['Target'] ?? '',
        isExternal: attributes['TargetMode'] === 'External',
      },
    ]),
  );
}

/** Pictures, templates and parts that a word processor would fetch from elsewhere on opening. */
function noteFetched(relations: Relations, left: LeftOvers): void {
  const fetched = [...relations.values()].filter(({type, isExternal}) => isExternal && type !== 'hyperlink');
  if (fetched.length > 0) left.note('external', null, fetched.length);
}

/** Headers and footers stand on every page and in no paragraph. */
async function noteMargins(file: Package, left: LeftOvers): Promise<void> {
  let count = 0;
  for (const name of file.names) {
    if (!/^word\/(?:header|footer)\d*\.xml$/.test(name)) continue;
    const margin = await partOf(file, name);
    if (margin && textIn(margin).trim() !== '') count++;
  }
  if (count > 0) left.note('page-margin', null, count);
}

async function languageOf(file: Package): Promise<string | null> {
  const language = childOf((await partOf(file, 'docProps/core.xml')) ?? undefined, 'dc:language');
  const tag = language && textIn(language);
  return tag && /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : null;
}

/** Paragraphs in our styles are what these say; those between them are judged together. */
function contentOfWord(paragraphs: readonly WordParagraph[], isOurs: boolean, language: string): ParagraphContent[] {
  const content: ParagraphContent[] = [];
  let foreign: WordParagraph[] = [];
  const judge = (): void => {
    content.push(...contentOf(blocksOf(foreign), language));
    foreign = [];
  };
  for (const paragraph of paragraphs) {
    const own = kindOfStyle(paragraph.styleName, isOurs);
    if (!own) {
      foreign.push(paragraph);
      continue;
    }
    judge();
    const {direction, language: lang, runs} = paragraph;
    content.push({...own, dir: direction === directionOf(lang ?? language) ? null : direction, lang, runs});
  }
  judge();
  const title = isOurs ? null : titleOf(content);
  if (title) content[0] = {...title, kind: 'title'};
  return content;
}

function blocksOf(paragraphs: readonly WordParagraph[]): Block[] {
  const hasTitle = paragraphs.some(({styleName}) => /^title$/i.test(styleName));
  const blocks: Block[] = [];
  let wasTitle = false;
  for (const paragraph of paragraphs) {
    const runs = trimRuns(paragraph.runs.map(({text, marks}) => ({text: text.replace(/\t+/g, ' '), marks})));
    const isTitle = /^title$/i.test(paragraph.styleName);
    const before = blocks.at(-1);
    if (runs.length === 0) continue;
    // A title on two lines is often two paragraphs.
    if (isTitle && wasTitle && before) blocks[blocks.length - 1] = {...before, runs: [...before.runs, space, ...runs]};
    else blocks.push(blockOf(paragraph, runs, isTitle, hasTitle));
    wasTitle = isTitle;
  }
  return blocks;
}

const space: Run = {text: ' ', marks: {}};

function blockOf(paragraph: WordParagraph, runs: readonly Run[], isTitle: boolean, hasTitle: boolean): Block {
  const {styleName, outline, number} = paragraph;
  const plain: Block = {type: 'plain', depth: 0, number: null, runs, literal: false};
  if (isTitle) return {...plain, type: 'heading', depth: 1, runs: withoutBold(runs), literal: true};
  const said = /^heading ([1-9])$/i.exec(styleName)?.[1];
  const level = said === undefined ? outline : Number(said) - 1;
  if (level !== null) {
    const words = withoutBold(runs);
    const numbered = number && !number.isBullet && number.label !== '' ? withStart(`${number.label} `, words) : words;
    return {...plain, type: 'heading', depth: level + (hasTitle ? 2 : 1), runs: numbered, literal: true};
  }
  if (/quote|block text/i.test(styleName)) return {...plain, type: 'quote'};
  if (number) {
    if (number.isBullet) return {...plain, type: 'bullet', depth: number.level};
    if (/^\d+[.)]?$/.test(number.label) && number.level === 0) {
      return {...plain, type: 'numbered', number: Number.parseInt(number.label, 10)};
    }
    // The sign becomes words; it is dropped again where the paper computes the same one.
    return {...plain, depth: number.level, runs: number.label === '' ? runs : withStart(`${number.label} `, runs)};
  }
  const sign = typedSign(textOf({runs}));
  return sign ? {...plain, type: sign.type, number: sign.number, runs: withoutStart(runs, sign.length)} : plain;
}

/** A heading is bold by what it is. */
function withoutBold(runs: readonly Run[]): readonly Run[] {
  if (runs.some(({marks}) => !marks.b)) return runs;
  return runs.map(({text, marks: {b: _bold, ...marks}}) => ({text, marks}));
}
