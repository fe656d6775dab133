import {DOMParser, DOMSerializer, Fragment, Slice} from 'prosemirror-model';
import type {Node as DocumentNode} from 'prosemirror-model';
import {Plugin} from 'prosemirror-state';
import type {EditorState, Transaction} from 'prosemirror-state';
import {isSafeLink, shapeLimits} from '../guard-shape.ts';
import {sameMarks} from '../paper-index.ts';
import {isParagraphKind} from '../read.ts';
import {escapeHtml, renderRun} from '../paragraph-html.ts';
import type {Marks, ParagraphContent, ParagraphKind, Run} from '../view.ts';
import {attributesOf, fromParagraph, paperSchema, paragraphType, toParagraph} from './schema.ts';

/**
 * Paste from Word, other editors and the web as clean paragraphs, and copy out as clean HTML and text. Kinds that HTML has no
 * word for travel in `data-kind` and `data-level`.
 */
export function clipboard(): Plugin {
  return new Plugin({
    props: {
      handlePaste(view, _event, slice) {
        view.dispatch(pasted(view.state, slice));
        return true;
      },
      transformPastedHTML: withoutLiveStyles,
      clipboardParser: new PaperParser(paperSchema, []),
      clipboardTextParser: text => sliceOf(paragraphsFromText(text)),
      clipboardSerializer: new PaperSerializer({}, {}),
      clipboardTextSerializer: slice => slice.content.textBetween(0, slice.content.size, '\n\n'),
    },
  });
}

/**
 * Styles are read and never applied: the content policy of the page would report each one as an offence, since a browser
 * applies them already while it parses.
 */
export function withoutLiveStyles(html: string): string {
  return html
    .replace(/<style\b[^>]*>[\s\S]*?<\/style\s*>/gi, '')
    .replace(/(<[a-z][^<>]*?\s)style(\s*=)/gi, `$1${heldStyle}$2`);
}

const heldStyle = 'data-held-style';

/** Puts a slice in place of the selection. An empty paragraph becomes what the first one is; one with words stays what it is. */
export function pasted(state: EditorState, slice: Slice): Transaction {
  const {$from} = state.selection;
  const first = slice.content.firstChild;
  const transaction = state.tr.replaceSelection(slice);
  const isEmpty = $from.depth === 1 && $from.parent.content.size === 0;
  if (
    isEmpty &&
    first?.type === paragraphType &&
    (slice.content.childCount > 1 || attributesOf(first).kind !== 'text')
  ) {
    const {kind, level, dir, lang} = attributesOf(first);
    for (const [name, value] of Object.entries({kind, level, dir, lang}))
      transaction.setNodeAttribute($from.before(), name, value);
  }
  return transaction.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste');
}

/** Paragraphs open at both ends: the first goes into the one at the caret. */
export function sliceOf(content: readonly ParagraphContent[]): Slice {
  const nodes = content.map(paragraph => toParagraph(paragraph));
  return nodes.length === 0 ? Slice.empty : new Slice(Fragment.from(nodes), 1, 1);
}

class PaperParser extends DOMParser {
  override parseSlice(dom: Node): Slice {
    return sliceOf(paragraphsFromDom(dom));
  }
}

class PaperSerializer extends DOMSerializer {
  override serializeFragment(fragment: Fragment, options?: {document?: Document}): DocumentFragment {
    const template = (options?.document ?? document).createElement('template');
    template.innerHTML = htmlOf(fragment);
    return template.content;
  }
}

/** Clean HTML of a fragment of paragraphs or of text alone. */
export function htmlOf(fragment: Fragment): string {
  const nodes: DocumentNode[] = [];
  fragment.forEach(node => nodes.push(node));
  if (nodes.every(node => node.isText))
    return fromParagraph(paperSchema.nodes.paragraph.create(null, fragment)).runs.map(renderRun).join('');
  return nodes.map(node => paragraphHtml(fromParagraph(node))).join('');
}

function paragraphHtml({kind, level, dir, lang, runs}: ParagraphContent): string {
  const tag = outgoing[kind](level);
  const more = `${lang ? ` lang="${escapeHtml(lang)}"` : ''}${dir ? ` dir="${dir}"` : ''}`;
  return `<${tag} data-kind="${kind}" data-level="${level}"${more}>${runs.map(renderRun).join('')}</${tag}>`;
}

const outgoing: Record<ParagraphKind, (level: number) => string> = {
  title: () => 'h1',
  organ: () => 'p',
  heading: level => `h${Math.min(6, level + 2)}`,
  preambular: () => 'p',
  operative: () => 'p',
  text: () => 'p',
  item: () => 'p',
  quote: () => 'blockquote',
};

// Reading HTML

interface Place {
  readonly kind: ParagraphKind;
  readonly level: number;
  readonly dir: 'ltr' | 'rtl' | null;
  readonly lang: string | null;
}

interface Around {
  readonly marks: Marks;
  readonly place: Place;
  /** How many lists one is in. */
  readonly lists: number;
  /** Line ends count, as in <pre>. */
  readonly pre: boolean;
}

const blocks = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TITLE TR UL'.split(
    ' ',
  ),
);
/** Nothing of these is text that someone meant to copy. */
const dropped = new Set(
  'SCRIPT STYLE HEAD META LINK TITLE TEMPLATE NOSCRIPT IFRAME OBJECT EMBED AUDIO VIDEO CANVAS SVG MATH IMG INPUT BUTTON SELECT TEXTAREA OPTION DEL'.split(
    ' ',
  ),
);

const plainPlace: Place = {kind: 'text', level: 0, dir: null, lang: null};

/** Clean paragraphs of any HTML: headings, lists with levels, bold, italic, underline, strike and safe links; all else goes. */
export function paragraphsFromDom(dom: Node): ParagraphContent[] {
  const reader = new HtmlReader();
  reader.read(dom, {marks: {}, place: plainPlace, lists: 0, pre: false});
  return reader.finish();
}

class HtmlReader {
  readonly #paragraphs: ParagraphContent[] = [];
  #runs: {text: string; marks: Marks}[] = [];
  #place: Place = plainPlace;

  read(node: Node, around: Around): void {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) this.#text(child.nodeValue ?? '', around);
      else if (child.nodeType === 1) this.#element(child as HTMLElement, around);
    }
  }

  #element(element: HTMLElement, around: Around): void {
    const name = element.tagName.toUpperCase();
    if (dropped.has(name) || isJunk(element)) return;
    if (name === 'BR') {
      this.#end();
      return;
    }
    const inside = within(element, name, around);
    if (!blocks.has(name)) {
      this.read(element, inside);
      return;
    }
    // A cell goes on in its row's line.
    if (name === 'TD' || name === 'TH') {
      if (this.#runs.length > 0) this.#text(' ', around);
      this.read(element, inside);
      return;
    }
    this.#end();
    this.#place = inside.place;
    this.read(element, inside);
    this.#end();
    this.#place = around.place;
  }

  #text(text: string, {marks, place, pre}: Around): void {
    if (pre) {
      text.split(/\r\n?|\n/).forEach((line, i) => {
        if (i > 0) this.#end();
        this.#add(line, marks, place);
      });
    } else this.#add(text.replace(/[ \t\r\n\f]+/g, ' '), marks, place);
  }

  #add(text: string, marks: Marks, place: Place): void {
    if (this.#runs.length === 0) {
      if (text.trim() === '') return;
      this.#place = place;
    }
    const last = this.#runs.at(-1);
    const added = (last?.text ?? ' ').endsWith(' ') ? text.replace(/^ +/, '') : text;
    if (added === '') return;
    if (last && sameMarks(last.marks, marks)) last.text += added;
    else this.#runs.push({text: added, marks});
  }

  #end(): void {
    const runs = trimmed(this.#runs);
    this.#runs = [];
    if (runs.length > 0) this.#paragraphs.push({...this.#place, runs});
  }

  finish(): ParagraphContent[] {
    this.#end();
    return this.#paragraphs;
  }
}

function trimmed(runs: readonly Run[]): Run[] {
  const kept = runs.map(run => ({...run, text: run.text.replace(/[\u200B\uFEFF]/g, '')}));
  const last = kept.at(-1);
  if (last) last.text = last.text.trimEnd();
  return kept.filter(run => run.text !== '');
}

/** Comments, hidden text, list bullets that Word writes as text, and its other office tags. */
function isJunk(element: HTMLElement): boolean {
  const style = styleOf(element);
  if (/;display:\s*none|;visibility:\s*hidden|;mso-hide:\s*all|;mso-element:\s*(?:comment|field)/.test(style))
    return true;
  if (/;mso-list:\s*ignore/.test(style)) return true;
  if (element.hidden || element.getAttribute('aria-hidden') === 'true') return true;
  const className = element.getAttribute('class') ?? '';
  if (/MsoComment|msocomtxt|msocomanchor|\bpn\b|\blab\b|gone-note/.test(className)) return true;
  return /^(?:o|w|m|v):(?!p$)/i.test(element.tagName);
}

/** As written, each property behind a semicolon: the browser's own reading drops what only Word knows. */
function styleOf(element: HTMLElement): string {
  return `;${element.getAttribute(heldStyle) ?? element.getAttribute('style') ?? ''}`
    .toLowerCase()
    .replace(/;\s+/g, ';');
}

function within(element: HTMLElement, name: string, around: Around): Around {
  const lists = around.lists + (name === 'UL' || name === 'OL' ? 1 : 0);
  return {
    marks: marksOf(element, name, around.marks),
    place: placeOf(element, name, around, lists),
    lists,
    pre: around.pre || name === 'PRE' || /;white-space:\s*pre/.test(styleOf(element)),
  };
}

function marksOf(element: HTMLElement, name: string, around: Marks): Marks {
  const marks: {-readonly [Name in keyof Marks]: Marks[Name]} = {...around};
  const style = styleOf(element);
  // Google Docs wraps everything in a <b> that means nothing.
  if (
    (name === 'B' && !/;font-weight:\s*(?:normal|400)/.test(style)) ||
    name === 'STRONG' ||
    /;font-weight:\s*(?:bold|bolder|[6-9]00)/.test(style)
  )
    marks.b = true;
  if (name === 'I' || name === 'EM' || name === 'CITE' || /;font-style:\s*italic/.test(style)) marks.i = true;
  if (name === 'U' || name === 'INS' || (name !== 'A' && /;text-decoration[a-z-]*:[^;]*underline/.test(style)))
    marks.u = true;
  if (name === 'S' || name === 'STRIKE' || /;text-decoration[a-z-]*:[^;]*line-through/.test(style)) marks.s = true;
  if (/;font-weight:\s*(?:normal|400)/.test(style)) delete marks.b;
  if (/;font-style:\s*normal/.test(style)) delete marks.i;
  if (/^H[1-6]$/.test(name)) delete marks.b;
  if (name === 'A') {
    const address = element.getAttribute('href');
    if (isSafeLink(address)) marks.link = address;
  }
  return marks;
}

function placeOf(element: HTMLElement, name: string, {place}: Around, lists: number): Place {
  const dir = element.getAttribute('dir');
  const lang = element.getAttribute('lang');
  const here: Place = {
    ...place,
    ...(dir === 'rtl' || dir === 'ltr' ? {dir} : {}),
    ...(lang && /^[A-Za-z0-9-]{2,35}$/.test(lang) && !/^x-none$/i.test(lang) && element.dataset['kind'] ? {lang} : {}),
  };
  const own = element.dataset['kind'];
  if (isParagraphKind(own)) return {...here, kind: own, level: levelOf(Number(element.dataset['level']))};
  const heading = headingLevel(element, name);
  if (heading !== null) return {...here, kind: 'heading', level: heading};
  if (/;mso-list:\s*(?!none)\S/.test(styleOf(element)) || /MsoListParagraph/.test(element.className)) {
    const level = /level(\d+)/.exec(styleOf(element))?.[1];
    return {...here, kind: 'item', level: levelOf(Number(level ?? 1) - 1)};
  }
  if (name === 'LI' || name === 'UL' || name === 'OL') return {...here, kind: 'item', level: levelOf(lists - 1)};
  if (name === 'BLOCKQUOTE' && place.kind === 'text') return {...here, kind: 'quote', level: 0};
  if (/\bMsoTitle\b/.test(element.className)) return {...here, kind: 'title', level: 0};
  return here;
}

function headingLevel(element: HTMLElement, name: string): number | null {
  const tag =
    /^H([1-6])$/.exec(name)?.[1] ??
    /;mso-outline-level:\s*([1-6])/.exec(styleOf(element))?.[1] ??
    /\bMsoHeading([1-6])\b/.exec(element.className)?.[1];
  if (!tag) return null;
  // The first two ranks are one: a page's h1 is its title, and its sections begin with h2.
  return Math.max(0, Number(tag) - 2);
}

function levelOf(level: number): number {
  return Number.isFinite(level) ? Math.max(0, Math.min(shapeLimits.level, Math.trunc(level))) : 0;
}

// Reading text

/**
 * Plain text: blank lines part paragraphs where there are any. Lines within one are joined when they look wrapped by a mail
 * program or an editor, otherwise each is a paragraph.
 */
export function paragraphsFromText(text: string): ParagraphContent[] {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n');
  const parted = /\n[ \t]*\n/.test(lines) ? lines.split(/\n(?:[ \t]*\n)+/) : [lines];
  return parted
    .flatMap(part => (isWrapped(part) ? [part.replace(/[ \t]*\n[ \t]*/g, ' ')] : part.split('\n')))
    .map(line => line.replace(/\t/g, ' ').trimEnd())
    .filter((line, _i, all) => line.trim() !== '' || all.length === 1)
    .map(line => ({...plainPlace, runs: line === '' ? [] : [{text: line, marks: {}}]}));
}

function isWrapped(part: string): boolean {
  const lines = part.trimEnd().split('\n');
  if (lines.length < 2) return false;
  const longest = Math.max(...lines.map(line => line.length));
  return (
    longest <= 100 &&
    lines
      .slice(0, -1)
      .every(line => line.length >= longest * 0.6 && line.length > 40 && !/^\s*(?:[-*•]|\d+[.)])\s/.test(line))
  );
}
