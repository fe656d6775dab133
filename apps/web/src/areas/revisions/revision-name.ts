import {shownHandle} from '../../lib/handle.ts';
import type {Translate} from '@plenary/locales/message-id';
import type {RevisionSummary} from '@plenary/protocol/api/revisions';

/** `CPH/JS/L.2/Rev.1 · Rev.1`: in lists to choose from, where the symbol alone says too little. */
export function nameOf({symbol, title}: Pick<RevisionSummary, 'symbol' | 'title'>): string {
  return `${symbol} · ${title}`;
}

export function compareAddress(slug: string, from: string, to: string | null): string {
  const query = new URLSearchParams({from, ...(to === null ? {} : {to})});
  return `/papers/${slug}/compare?${query}`;
}

export function readAddress(slug: string, id: string): string {
  return `/read/${slug}?revision=${id}`;
}

export function textAddress(slug: string, id: string): string {
  return `/read/${slug}.txt?revision=${id}`;
}

export function byline(t: Translate, {kind, issuedBy}: RevisionSummary): string | null {
  if (issuedBy === null) return null;
  return t(kind === 'kept' ? 'revisions.kept.by' : 'revisions.issued.by', {handle: shownHandle(issuedBy, t)});
}
