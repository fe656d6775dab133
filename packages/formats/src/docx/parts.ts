import {directionOf} from '@plenary/domain/languages';
import type {Exported} from '../export/exported.ts';
import {languageAttributes} from './styles-part.ts';
import {escapeXml} from './xml.ts';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const contentTypes = `${head}<Types xmlns="${packaged}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${type}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="${type}.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="${type}.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>
`;

export const packageRelations = `${head}<Relationships xmlns="${packaged}/relationships">
<Relationship Id="rDocument" Type="${office}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rCore" Type="${packaged}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>
`;

/** What the text points to: its own parts, then the addresses of its links in order. */
export function partRelations(links: ReadonlyMap<string, string>): string {
  const pointed = [...links].map(
    ([link, id]) =>
      `<Relationship Id="${id}" Type="${office}/hyperlink" Target="${escapeXml(link)}" TargetMode="External"/>\n`,
  );
  return `${head}<Relationships xmlns="${packaged}/relationships">
<Relationship Id="rStyles" Type="${office}/styles" Target="styles.xml"/>
<Relationship Id="rSettings" Type="${office}/settings" Target="settings.xml"/>
<Relationship Id="rFooter" Type="${office}/footer" Target="footer1.xml"/>
${pointed.join('')}</Relationships>
`;
}

/** What the file says of itself: title, symbol, language; nobody's name and no time. */
export function coreProperties({title, symbol, language}: Exported): string {
  return `${head}<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>${escapeXml(title)}</dc:title>
${symbol === '' ? '' : `<dc:identifier>${escapeXml(symbol)}</dc:identifier>\n`}<dc:language>${escapeXml(language)}</dc:language>
</cp:coreProperties>
`;
}

export function settings(language: string): string {
  return `${head}<w:settings xmlns:w="${word}">
<w:defaultTabStop w:val="567"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang ${languageAttributes(language)}/>
</w:settings>
`;
}

/** The symbol at the start of the line, the page at its end. */
export function footer({symbol, language}: Exported): string {
  const isRightToLeft = directionOf(language) === 'rtl';
  const field = (name: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${name} </w:instrText></w:r>` +
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
  return (
    `${head}<w:ftr xmlns:w="${word}"><w:p><w:pPr><w:pStyle w:val="Footer"/>${isRightToLeft ? '<w:bidi/>' : ''}</w:pPr>` +
    `<w:r><w:t xml:space="preserve">${escapeXml(symbol)}</w:t></w:r><w:r><w:tab/></w:r>` +
    `${field('PAGE')}<w:r><w:t xml:space="preserve"> / </w:t></w:r>${field('NUMPAGES')}</w:p></w:ftr>\n`
  );
}
