import {describe, expect, it} from 'vitest';
import {outline} from '../testing/words.ts';
import {list, listed, num, paragraph, run, style, styled, wordFile, type WordFile} from '../testing/word-file.ts';
import {importDocx} from './import.ts';

async function read(file: WordFile): Promise<string[]> {
  return outline((await importDocx(wordFile(file))).content);
}

async function left(file: WordFile): Promise<string[]> {
  const {report} = await importDocx(wordFile(file));
  return report.left.map(({what, count, lines}) => `${what} ${count} @${lines.join(',')}`);
}

const headings = style('T', 'Title') + style('H1', 'heading 1') + style('H2', 'Heading 2') + style('Q', 'Quote');

describe('R36: a Word file', () => {
  it('is read by its styles, whatever their ids are', async () => {
    const body =
      styled('T', 'On drafts') +
      styled('H1', 'Scope') +
      paragraph(run('Words.')) +
      styled('H2', 'Detail') +
      styled('Q', 'Said.');
    expect(await read({body, styles: headings})).toEqual([
      'title 0 | On drafts',
      'heading 0 | Scope',
      'text 0 | Words.',
      'heading 1 | Detail',
      'quote 0 | Said.',
    ]);
  });

  it('without a title has its first heading as one, and a title on two lines is one', async () => {
    const single = {
      body: styled('H1', 'On drafts') + styled('H2', 'Scope') + paragraph(run('Words.')),
      styles: headings,
    };
    expect(await read(single)).toEqual(['title 0 | On drafts', 'heading 0 | Scope', 'text 0 | Words.']);
    const double = {
      body: styled('T', 'On drafts') + styled('T', 'and on silence') + styled('H1', 'One'),
      styles: headings,
    };
    expect(await read(double)).toEqual(['title 0 | On drafts and on silence', 'heading 0 | One']);
  });

  it('gives up numbers that Word computes, and that someone typed', async () => {
    const numbering =
      list(1, [
        ['decimal', '%1.'],
        ['lowerLetter', '(%2)'],
        ['lowerRoman', '(%3)'],
      ]) +
      list(2, [['bullet', '•']]) +
      num(1, 1) +
      num(2, 2);
    const computed =
      paragraph(run('The Assembly,')) +
      paragraph(run('Recalling all,')) +
      listed(1, 0, 'Decides to publish:') +
      listed(1, 1, 'Drafts;') +
      listed(1, 1, 'Reports:') +
      listed(1, 2, 'Long ones;') +
      listed(1, 2, 'Short ones;') +
      listed(1, 0, 'Requests a report.') +
      listed(2, 0, 'A point');
    const typed = [
      'The Assembly,',
      'Recalling all,',
      '1.\tDecides to publish:',
      '(a)\tDrafts;',
      '(b)  Reports:',
      '(i) Long ones;',
      '(ii) Short ones;',
      '2. Requests a report.',
      '•\tA point',
    ];
    const expected = [
      'organ 0 | The Assembly,',
      'preambular 0 | Recalling all,',
      'operative 0 | Decides to publish:',
      'operative 1 | Drafts;',
      'operative 1 | Reports:',
      'operative 2 | Long ones;',
      'operative 2 | Short ones;',
      'operative 0 | Requests a report.',
      'item 0 | A point',
    ];
    expect(await read({body: computed, numbering})).toEqual(expected);
    const byHand = typed.map(text => paragraph(run(text).replaceAll('\t', '</w:t><w:tab/><w:t>'))).join('');
    expect(await read({body: byHand})).toEqual(expected);
  });

  it('knows the levels of the list that Word offers first', async () => {
    const numbering =
      list(1, [
        ['decimal', '%1.'],
        ['lowerLetter', '%2.'],
        ['lowerRoman', '%3.'],
      ]) + num(1, 1);
    const body =
      listed(1, 0, 'Decides to publish:') +
      listed(1, 1, 'Drafts:') +
      listed(1, 2, 'Long ones;') +
      listed(1, 1, 'Reports.');
    expect(await read({body, numbering})).toEqual([
      'operative 0 | Decides to publish:',
      'operative 1 | Drafts:',
      'operative 2 | Long ones;',
      'operative 1 | Reports.',
    ]);
  });

  it('keeps a number as words where the paper would compute another', async () => {
    const numbering =
      list(1, [['upperRoman', '%1.']]) +
      list(2, [['decimal', '%1.']]) +
      num(1, 1) +
      num(2, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>');
    const body = listed(1, 0, 'First part;') + listed(1, 0, 'Second part') + listed(2, 0, 'Decides all;');
    expect(await read({body, numbering})).toEqual([
      'text 0 | I. First part;',
      'text 0 | II. Second part',
      'text 0 | 4. Decides all;',
    ]);
  });

  it('counts a list on where its number comes from a style', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>' +
      `<w:pStyle w:val="P"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>${num(7, 5)}`;
    const styles = style('P', 'Numbered', '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>');
    expect(await read({body: styled('P', 'Decides one;') + styled('P', 'Requests two.'), styles, numbering})).toEqual([
      'operative 0 | Decides one;',
      'operative 0 | Requests two.',
    ]);
  });

  it('carries bold, italic, underline, strike and safe links, by themselves and by styles', async () => {
    const link = (id: string, inside: string): string => `<w:hyperlink r:id="${id}">${inside}</w:hyperlink>`;
    const field = (sign: string): string => `<w:r><w:fldChar w:fldCharType="${sign}"/></w:r>`;
    const body = paragraph(
      run('A ') +
        run('b', '<w:b/>') +
        run(' c', '<w:i w:val="1"/><w:b w:val="0"/>') +
        run(' d', '<w:u w:val="single"/><w:strike/>') +
        run(' e', '<w:rStyle w:val="Strong"/>') +
        run(' f', '<w:u w:val="none"/>') +
        link('r1', run('link', '<w:rStyle w:val="L"/><w:u w:val="single"/>')) +
        link('r2', run(' bad')) +
        `${field('begin')}<w:r><w:instrText> HYPERLINK "https://example.org/f" </w:instrText></w:r>${field('separate')}` +
        run(' field') +
        field('end') +
        run(' end.'),
    );
    const relation = (id: string, target: string): string =>
      `<Relationship Id="${id}" Type="x/hyperlink" Target="${target}" TargetMode="External"/>`;
    const file = {
      body,
      styles: style('Strong', 'Strong', '<w:rPr><w:b/></w:rPr>', 'character'),
      relations: relation('r1', 'https://example.org/a?b=1&amp;c=2') + relation('r2', 'javascript:alert(1)'),
    };
    expect(await read(file)).toEqual(['text 0 | A {b:b}{i: c}{su: d}{b: e} f{link:link} bad{link: field} end.']);
    expect(await left(file)).toEqual(['link 1 @1']);
  });

  it('takes tracked changes as accepted, and says how many', async () => {
    const by = 'w:author="Ana" w:date="2026-01-01T00:00:00Z"';
    const body =
      paragraph(
        `${run('We ')}<w:ins w:id="1" ${by}>${run('strongly ')}</w:ins><w:del w:id="2" ${by}><w:r><w:delText>hardly </w:delText></w:r></w:del>${run('agree, ')}`,
        `<w:rPr><w:del w:id="3" ${by}/></w:rPr>`,
      ) + paragraph(`${run('all of us.')}<w:moveFrom w:id="4" ${by}>${run('Gone.')}</w:moveFrom>`);
    expect(await read({body})).toEqual(['text 0 | We strongly agree, all of us.']);
    expect(await left({body})).toEqual(['change 4 @']);
  });

  it('names what it leaves out or changes, with the paragraph', async () => {
    const cell = (text: string): string => `<w:tc>${paragraph(run(text))}</w:tc>`;
    const body =
      paragraph(`${run('Said')}<w:r><w:footnoteReference w:id="2"/></w:r>${run('.')}`) +
      `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr><w:tr>${cell('c')}${cell('d')}</w:tr></w:tbl>` +
      paragraph(`<w:r><w:drawing><wp:docPr descr="A map"/></w:drawing></w:r>${run('shows it.')}`) +
      paragraph(`${run('One')}<w:r><w:br/></w:r>${run('two')}<w:r><w:br w:type="page"/></w:r>`) +
      paragraph(run('seen') + run('unseen', '<w:vanish/>')) +
      paragraph(`<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath><w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>`) +
      paragraph(
        `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>${paragraph(run('In a box.'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>${run('Beside it.')}`,
      );
    const file = {
      body,
      footnotes: `<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2">${paragraph(run(' Where.'))}</w:footnote>`,
      comments: '<w:comment w:id="1"/><w:comment w:id="2"/>',
      header: paragraph(run('Restricted')),
    };
    expect(await read(file)).toEqual([
      'text 0 | Said[1].',
      'text 0 | [1] Where.',
      'text 0 | a | b',
      'text 0 | c | d',
      'text 0 | A map shows it.',
      'text 0 | One two',
      'text 0 | seen',
      'text 0 | E=mc²',
      'text 0 | Beside it.',
      'text 0 | In a box.',
    ]);
    expect(await left(file)).toEqual([
      'image 1 @6',
      'table 1 @2',
      'footnote 1 @1',
      'line-break 1 @7',
      'comment 2 @',
      'hidden 1 @8',
      'text-box 1 @10',
      'formula 1 @9',
      'symbol 1 @9',
      'page-margin 1 @',
    ]);
  });

  it('is Arabic where its words are', async () => {
    const body =
      paragraph(run('إن المؤتمر،'), '<w:bidi/>') +
      paragraph(run('إذ يشير إلى جميع القرارات السابقة،'), '<w:bidi/>') +
      paragraph(run('1 - يقرر نشر جميع المشاريع؛'), '<w:bidi/>');
    const {language, content} = await importDocx(wordFile({body}));
    expect(language).toBe('ar');
    expect(content.map(({kind, dir}) => `${kind} ${dir}`)).toEqual(['organ null', 'preambular null', 'text null']);
  });
});
