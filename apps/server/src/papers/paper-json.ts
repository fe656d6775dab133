import type {z} from 'zod';
import type {paperSummary} from '@plenary/protocol/api/papers';
import type {citedPaper} from '@plenary/protocol/api/revisions';
import type {StoredPaperRow} from '@plenary/store/store';
import {instant} from '../core/instant.ts';

export function summaryJson(
  paper: StoredPaperRow,
  consultation: {readonly id: string; readonly slug: string; readonly title: string},
): z.input<typeof paperSummary> {
  const {id, slug, symbol, title, language, mode, publication} = paper;
  return {
    id,
    slug,
    symbol,
    title,
    language,
    consultation: {id: consultation.id, slug: consultation.slug, title: consultation.title},
    mode,
    publication: publication.policy,
    embargoUntil: instant(publication.embargoUntil),
    createdAt: instant(paper.createdAt),
    changedAt: instant(paper.changedAt),
  };
}

/** What a paper is cited by, on the pages about it. */
export function citedJson(
  {id, slug, symbol, title, language}: StoredPaperRow,
  consultation: {readonly slug: string; readonly title: string},
): z.input<typeof citedPaper> {
  return {
    id,
    slug,
    symbol,
    title,
    language,
    consultation: {slug: consultation.slug, title: consultation.title},
  };
}

/** Path of the paper's room on this server. */
export function roomOf(paper: StoredPaperRow): string {
  return `/rooms/${paper.id}`;
}
