import type {Language} from '@plenary/domain/languages';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import {renderParagraphs} from '@plenary/paper/render-html';
import type {Paragraph} from '@plenary/paper/view';
import type {RevisionSummary, StoredPaperRow, StoredRevision} from '@plenary/store/store';
import type {ReadAssets} from '../streams/assets.ts';
import {readFrame, sayIn, tongue} from '../streams/page.ts';
import {titleOf} from './revision-json.ts';

interface Page {
  readonly assets: ReadAssets;
  readonly language: Language;
  readonly paper: StoredPaperRow;
  /** As the address names it. */
  readonly asked: string;
  /** Newest first. */
  readonly all: readonly RevisionSummary[];
}

/** One revision as a page that is complete without JavaScript. */
export function revisionPage(
  page: Page & {readonly revision: StoredRevision; readonly paragraphs: readonly Paragraph[]},
): string {
  const {paper, revision, paragraphs, language, all} = page;
  const say = sayIn(language);
  const hasTitle = paragraphs.some(({kind, runs}) => kind === 'title' && runs.length > 0);
  const time = `<time dir="ltr" datetime="${new Date(revision.issuedAt).toISOString()}">${minuteOf(revision.issuedAt)}</time>`;
  const issued = say(revision.kind === 'kept' ? 'revisions.reading.kept' : 'revisions.reading.issued', {
    time: '{time}',
  });
  const address = textAddress(paper, revision);
  const before = all.find(one => one.kind === 'issued' && one.number === revision.number - 1);
  const changes =
    revision.kind === 'issued' && before
      ? `<a href="${escapeHtml(`/papers/${paper.slug}/compare?from=${before.id}&to=${revision.id}`)}">${say('revisions.reading.changes')}</a>`
      : '';
  const body = `<p class="meta"><bdi><b>${escapeHtml(revision.symbol)}</b></bdi><bdi>${escapeHtml(titleOf(revision, language))}</bdi></p>
${hasTitle ? '' : `<h1${tongue(paper.language, language)}>${escapeHtml(paper.title)}</h1>\n`}<div class="status"><p class="policy open"><b>${issued.replace('{time}', () => time)}</b> ${say('revisions.reading.final')}</p>
<p class="sub">SHA-256 <code dir="ltr">${revision.sha256}</code></p></div>
<article id="text"${tongue(paper.language, language)}>${renderParagraphs(paragraphs, {language: paper.language, goneNote: say('reading.gone')})}</article>
<p class="sub last"><a href="${escapeHtml(address)}">${say('revisions.text')}</a>${changes}<a href="/papers/${paper.slug}/revisions">${say('revisions.reading.all')}</a><a href="/read/${paper.slug}">${say('revisions.reading.live')}</a></p>
${others(page, revision)}`;
  return frame(page, `${revision.symbol} · ${paper.title}`, body);
}

/** There is no such one: which there are. */
export function missingRevisionPage(page: Page): string {
  const {paper, language} = page;
  const say = sayIn(language);
  const body = `<p class="meta"><bdi>${escapeHtml(paper.symbol)}</bdi></p>
<h1>${say('revisions.reading.not-found')}</h1>
<p class="sub"><a href="/read/${paper.slug}">${say('revisions.reading.live')}</a></p>
${others(page, null)}`;
  return frame(page, paper.title, body);
}

function others({paper, language, all}: Page, shown: StoredRevision | null): string {
  const say = sayIn(language);
  const rest = all.filter(({id}) => id !== shown?.id);
  if (rest.length === 0) return '';
  const rows = rest.map(one => {
    const href = escapeHtml(`/read/${paper.slug}?revision=${one.id}`);
    return `<p class="meta"><a href="${href}"><bdi>${escapeHtml(one.symbol)}</bdi></a><bdi>${escapeHtml(titleOf(one, language))}</bdi><time dir="ltr">${minuteOf(one.issuedAt)}</time></p>`;
  });
  return `<nav class="last" aria-label="${say('revisions.reading.others')}"><p class="sub"><b>${say('revisions.reading.others')}</b></p>
${rows.join('\n')}</nav>`;
}

function frame({assets, language, paper, asked}: Page, title: string, body: string): string {
  const inLanguage = (one: Language) => `/read/${paper.slug}?${new URLSearchParams({revision: asked, lang: one})}`;
  return readFrame({assets, language, title, body, inLanguage});
}

/** Where the bytes are that the hash is of. */
function textAddress(paper: StoredPaperRow, {id}: Pick<RevisionSummary, 'id'>): string {
  return `/read/${paper.slug}.txt?revision=${id}`;
}

/** `2026-11-25 14:32 UTC`: the same in every language. */
function minuteOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
