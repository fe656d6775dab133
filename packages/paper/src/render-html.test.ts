import {describe, expect, test} from 'vitest';
import {canonicalText} from './canonical.ts';
import {readPaper} from './read.ts';
import {renderParagraphs} from './render-html.ts';
import {paperOf, says} from './testing/papers.ts';

describe('a paper as HTML', () => {
  test('has labels in the margin, italic openings and letters before sub-paragraphs', () => {
    const html = renderParagraphs(
      readPaper(
        paperOf(
          says('Statement', {kind: 'title'}),
          says('Recalling rights,', {kind: 'preambular'}),
          says('Call upon all to:', {kind: 'operative'}),
          says('act;', {kind: 'operative', level: 1}),
        ),
      ),
      {language: 'en'},
    );
    expect(html.split('\n')).toEqual([
      '<div class="pp kind-title" data-p="p1"><span class="pn"></span><h1 class="text title">Statement</h1></div>',
      '<div class="pp kind-preambular" data-p="p2"><span class="pn"><bdi>PP\u00A01</bdi></span><p class="text"><em>Recalling</em> rights,</p></div>',
      '<div class="pp kind-operative" data-p="p3"><span class="pn"><bdi>OP\u00A01</bdi></span><p class="text"><em>Call upon</em> all to:</p></div>',
      '<div class="pp kind-operative lev lev-1" data-p="p4"><span class="pn"></span><p class="text"><span class="lab">(a)</span>act;</p></div>',
    ]);
  });

  test('escapes every character that could be markup', () => {
    const html = renderParagraphs(
      readPaper(paperOf(says('<script>alert("1")</script>&\'', {kind: 'quote', lang: 'ar', dir: 'rtl'}))),
      {language: 'en'},
    );
    expect(html).toBe(
      '<div class="pp kind-quote" data-p="p1" lang="ar" dir="rtl"><span class="pn"></span><blockquote class="text">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</blockquote></div>',
    );
  });

  test('links only to http, https and mailto', () => {
    const linked = (link: string) =>
      renderParagraphs(readPaper(paperOf(says('', {runs: [{text: 'x', marks: {link, b: true}}]}))), {language: 'en'});
    expect(linked('https://example.org/?a=1&b="2"')).toContain(
      '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;" rel="noopener nofollow"><b>x</b></a>',
    );
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' https://x',
      'data:text/html,x',
      'https://a b',
      '//x',
    ])
      expect(linked(bad)).not.toContain('<a');
  });
});

describe('the canonical text', () => {
  test('is one paragraph a line, composed, without numbers, with a line end after the last', () => {
    const doc = paperOf(
      says('Title', {kind: 'title'}),
      says('e\u0301crit', {kind: 'operative'}),
      says('two\nlines\u2028and\r\nthree'),
      '',
    );
    expect(canonicalText(readPaper(doc))).toBe('Title\n\u00E9crit\ntwo lines and three\n\n');
  });
});
