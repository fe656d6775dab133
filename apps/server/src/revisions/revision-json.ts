import type {z} from 'zod';
import type {Language} from '@plenary/domain/languages';
import {translatorFor} from '@plenary/locales/translate';
import type {revisionSummary} from '@plenary/protocol/api/revisions';
import type {RevisionSummary} from '@plenary/store/store';
import type {App} from '../app.ts';
import {instant} from '../core/instant.ts';
import type {ReadablePaper} from './revisions.service.ts';

type Named = Pick<RevisionSummary, 'kind' | 'number' | 'title'>;

/** As the chair called it, else after its number, in the reader's language. */
export function titleOf({kind, number, title}: Named, language: Language): string {
  if (title !== '') return title;
  const say = translatorFor(language);
  if (kind === 'kept') return say('revisions.kept', {number});
  return number === 0 ? say('revisions.zero') : say('revisions.numbered', {number});
}

export async function revisionsJson(
  app: App,
  {isNamed}: ReadablePaper,
  revisions: readonly RevisionSummary[],
  language: Language,
): Promise<z.input<typeof revisionSummary>[]> {
  const handles = new Map<string, string | null>();
  for (const {issuedBy} of isNamed ? revisions : []) {
    if (issuedBy !== null && !handles.has(issuedBy)) {
      handles.set(issuedBy, (await app.store.members.find(issuedBy))?.handle ?? null);
    }
  }
  return revisions.map(revision => {
    const {id, kind, number, symbol, sha256, issuedAt, issuedBy} = revision;
    return {
      id,
      kind,
      number,
      symbol,
      title: titleOf(revision, language),
      sha256,
      issuedAt: instant(issuedAt),
      issuedBy: issuedBy === null ? null : (handles.get(issuedBy) ?? null),
    };
  });
}
