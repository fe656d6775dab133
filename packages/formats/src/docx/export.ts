import {directionOf} from '@plenary/domain/languages';
import {canonicalLine} from '@plenary/paper/canonical';
import {isSafeLink} from '@plenary/paper/guard-shape';
import {labelInMargin, numberParagraphs} from '@plenary/paper/numbering';
import {openerLength} from '@plenary/paper/openers';
import type {Paragraph, Run} from '@plenary/paper/view';
import type {Exported} from '../export/exported.ts';
import {numberStyle, openingStyle, styleIdOf} from './names.ts';
import {contentTypes, coreProperties, footer, packageRelations, partRelations, settings} from './parts.ts';
import {stretchesOf} from './scripts.ts';
import {languageAttributes, stylesPart, type UsedStyle} from './styles-part.ts';
import {escapeXml} from './xml.ts';
import {writeZip} from './zip-writer.ts';

/**
 * The paper as a Word file. Numbers stand in it as text, so that a reference to (b) (ii) is right in every program and stays
 * so; operative paragraphs are 1., 2. …, and preambular ones have none, as in print. The same paper gives the same bytes:
 * there are no dates, no names and nothing made by chance in it.
 */
export function exportDocx(paper: Exported): Uint8Array {
  return writeZip(docxParts(paper));
}

/** The parts of the file before they are packed. */
export function docxParts(paper: Exported): (readonly [name: string, content: string])[] {
  const {paragraphs, language} = paper;
  const links = new Map<string, string>();
  const labels = labelsOf(paragraphs, language);
  const used = new Map<string, UsedStyle>();
  const body = paragraphs.map((paragraph, index) => {
    const {kind, level} = shapeOf(paragraph);
    used.set(styleIdOf(kind, level), {kind, level});
    return paragraphXml(paragraph, labels[index] ?? '', language, links);
  });
  const document =
    `<w:document xmlns:w="${word}" xmlns:r="${relationships}"><w:body>\n${body.join('\n')}\n${section(language)}` +
    '</w:body></w:document>';
  return [
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', packageRelations],
    ['docProps/core.xml', coreProperties(paper)],
    ['word/document.xml', head + document],
    ['word/_rels/document.xml.rels', partRelations(links)],
    ['word/styles.xml', stylesPart([...used.values()], language)],
    ['word/settings.xml', settings(language)],
    ['word/footer1.xml', footer(paper)],
  ];
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A paragraph that was deleted while another wrote in it has no number and no look of its own. */
function shapeOf({kind, level, gone}: Paragraph): Pick<Paragraph, 'kind' | 'level'> {
  return gone ? {kind: 'text', level: 0} : {kind, level};
}

function labelsOf(paragraphs: readonly Paragraph[], language: string): string[] {
  let operative = 0;
  return numberParagraphs(paragraphs, language).map((label, index) => {
    const paragraph = paragraphs[index];
    if (!paragraph || label === '' || !labelInMargin(paragraph)) return label;
    return paragraph.kind === 'operative' ? `${++operative}.` : '';
  });
}

function paragraphXml(paragraph: Paragraph, label: string, language: string, links: Map<string, string>): string {
  const {kind, level} = shapeOf(paragraph);
  const direction = paragraph.dir ?? directionOf(language);
  const lang = paragraph.lang === null ? '' : `<w:lang ${languageAttributes(paragraph.lang)}/>`;
  const properties =
    `<w:pStyle w:val="${styleIdOf(kind, level)}"/>` +
    (direction === 'rtl' ? '<w:bidi/>' : directionOf(language) === 'rtl' ? '<w:bidi w:val="0"/>' : '') +
    (lang === '' ? '' : `<w:rPr>${lang}</w:rPr>`);
  const number =
    label === ''
      ? ''
      : `<w:r><w:rPr><w:rStyle w:val="${idOf(numberStyle)}"/>${direction === 'rtl' ? '<w:rtl/>' : ''}</w:rPr>` +
        `<w:t xml:space="preserve">${escapeXml(label)}</w:t><w:tab/></w:r>`;
  const words = openedRuns(paragraph, language)
    .map(({run, isOpening}) => runXml(run, isOpening, direction === 'rtl', lang, links))
    .join('');
  return `<w:p><w:pPr>${properties}</w:pPr>${number}${words}</w:p>`;
}

function idOf(name: string): string {
  return name.replaceAll(' ', '');
}

/** The runs on one line, cut where the opening ends. */
function openedRuns(paragraph: Paragraph, language: string): {run: Run; isOpening: boolean}[] {
  let left = paragraph.gone ? 0 : openerLength(paragraph, language);
  let before = '';
  return paragraph.runs.flatMap(({text, marks}) => {
    const opening = Math.min(left, text.length);
    left -= opening;
    return [
      {text: text.slice(0, opening), isOpening: true},
      {text: text.slice(opening), isOpening: false},
    ].flatMap(part => {
      // A line end of two signs may be split between two runs.
      const joined = before.endsWith('\r') && part.text.startsWith('\n') ? part.text.slice(1) : part.text;
      if (part.text !== '') before = part.text;
      return joined === '' ? [] : [{run: {text: canonicalLine(joined), marks}, isOpening: part.isOpening}];
    });
  });
}

function runXml(
  {text, marks}: Run,
  isOpening: boolean,
  isInRightToLeft: boolean,
  lang: string,
  links: Map<string, string>,
): string {
  const link = isSafeLink(marks.link) ? marks.link : null;
  // The order of these is fixed by the schema.
  const before =
    (isOpening ? `<w:rStyle w:val="${idOf(openingStyle)}"/>` : link === null ? '' : '<w:rStyle w:val="Hyperlink"/>') +
    (marks.b ? '<w:b/><w:bCs/>' : '') +
    (marks.i ? '<w:i/><w:iCs/>' : '') +
    (marks.s ? '<w:strike/>' : '') +
    (marks.u ? '<w:u w:val="single"/>' : '');
  const runs = stretchesOf(text, isInRightToLeft)
    .map(stretch => {
      const properties = `${before}${stretch.isRightToLeft ? '<w:rtl/>' : ''}${lang}`;
      return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}${textXml(stretch.text)}</w:r>`;
    })
    .join('');
  if (link === null) return runs;
  const id = links.get(link) ?? `rLink${links.size + 1}`;
  links.set(link, id);
  return `<w:hyperlink r:id="${id}">${runs}</w:hyperlink>`;
}

function textXml(text: string): string {
  return text
    .split('\t')
    .map(piece => (piece === '' ? '' : `<w:t xml:space="preserve">${escapeXml(piece)}</w:t>`))
    .join('<w:tab/>');
}

/** A4, with the symbol and the page below. */
function section(language: string): string {
  return (
    '<w:sectPr><w:footerReference w:type="default" r:id="rFooter"/><w:pgSz w:w="11906" w:h="16838"/>' +
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="709" w:footer="709" w:gutter="0"/>' +
    `${directionOf(language) === 'rtl' ? '<w:bidi/>' : ''}</w:sectPr>`
  );
}
