import {directionOf} from '@plenary/domain/languages';
import {primaryLanguage} from '@plenary/paper/numbering';
import type {ParagraphKind} from '@plenary/paper/view';
import {numberStyle, openingStyle, styleIdOf, styleNameOf} from './names.ts';
import {escapeXml} from './xml.ts';

export interface UsedStyle {
  readonly kind: ParagraphKind;
  readonly level: number;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** Word keeps three languages: of Latin and like scripts, of East Asia, of those from right to left. */
export function languageAttributes(language: string): string {
  const tag = escapeXml(language);
  if (directionOf(language) === 'rtl') return `w:bidi="${tag}"`;
  return ['zh', 'ja', 'ko'].includes(primaryLanguage(language)) ? `w:eastAsia="${tag}"` : `w:val="${tag}"`;
}

/** Twentieths of a point. */
const step = 567;

/** How the paper looks: a style for each kind and level that it has, so that whoever goes on in Word goes on in these. */
export function stylesPart(used: readonly UsedStyle[], language: string): string {
  const isUpright = ['ar', 'zh'].includes(primaryLanguage(language));
  // Where italics are not the custom, an opening is set bold.
  const opening = isUpright ? '<w:b/><w:bCs/>' : '<w:i/><w:iCs/>';
  // Whoever reads the file finds by this style that it came from here, whatever kinds it has.
  const all = used.some(({kind, level}) => kind === 'text' && level === 0)
    ? used
    : [...used, {kind: 'text', level: 0} as const];
  return `${head}<w:styles xmlns:w="${word}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="24"/><w:lang ${languageAttributes(language)}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
${all.map(style => paragraphStyle(style, isUpright)).join('\n')}
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9026"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="${numberStyle.replaceAll(' ', '')}"><w:name w:val="${numberStyle}"/></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="${openingStyle.replaceAll(' ', '')}"><w:name w:val="${openingStyle}"/><w:qFormat/><w:rPr>${opening}</w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>
</w:styles>
`;
}

function paragraphStyle({kind, level}: UsedStyle, isUpright: boolean): string {
  const name = styleNameOf(kind, level);
  const custom = name.startsWith('Plenary') ? ' w:customStyle="1"' : '';
  const {paragraph, characters, next} = looks[kind](level, isUpright);
  const following = next === undefined ? '' : `<w:next w:val="${next}"/>`;
  return (
    `<w:style w:type="paragraph"${custom} w:styleId="${styleIdOf(kind, level)}"><w:name w:val="${name}"/>` +
    `<w:basedOn w:val="Normal"/>${following}<w:qFormat/><w:pPr>${paragraph}</w:pPr>` +
    `${characters === '' ? '' : `<w:rPr>${characters}</w:rPr>`}</w:style>`
  );
}

interface Look {
  readonly paragraph: string;
  readonly characters: string;
  readonly next?: string;
}

const bold = '<w:b/><w:bCs/>';
const size = (half: number): string => `<w:sz w:val="${half}"/><w:szCs w:val="${half + 2}"/>`;
/** Number, tab, words; lines after the first under the words. */
const hanging = (level: number): string => `<w:ind w:left="${step * (level + 1)}" w:hanging="${step}"/>`;

const looks: Record<ParagraphKind, (level: number, isUpright: boolean) => Look> = {
  title: () => ({
    paragraph: '<w:keepNext/><w:spacing w:before="0" w:after="280"/><w:outlineLvl w:val="0"/>',
    characters: bold + size(32),
    next: styleIdOf('text', 0),
  }),
  organ: (_level, isUpright) => ({paragraph: '', characters: isUpright ? '' : '<w:i/><w:iCs/>'}),
  heading: level => ({
    paragraph: `<w:keepNext/><w:spacing w:before="280" w:after="120"/><w:outlineLvl w:val="${level}"/>`,
    characters: bold + size(Math.max(22, 28 - 2 * level)),
    next: styleIdOf('text', 0),
  }),
  preambular: level => ({paragraph: level === 0 ? '' : hanging(level), characters: ''}),
  operative: level => ({
    // The first line begins with the number, the others at the edge, as UN documents have it.
    paragraph: level === 0 ? `<w:tabs><w:tab w:val="left" w:pos="${step}"/></w:tabs>` : hanging(level),
    characters: '',
  }),
  text: level => ({paragraph: level === 0 ? '' : `<w:ind w:left="${step * level}"/>`, characters: ''}),
  item: level => ({paragraph: hanging(level), characters: ''}),
  quote: level => ({paragraph: `<w:ind w:left="${step * (level + 1)}" w:right="${step}"/>`, characters: ''}),
};
