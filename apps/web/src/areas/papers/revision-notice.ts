import type {Language} from '@plenary/domain/languages';
import type {PaperNotice} from '@plenary/protocol/rt';
import {hourOf} from '../../lib/dates.ts';
import {loadSentences, translate as t} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';

type RevisionNotice = Extract<PaperNotice, {act: 'revision.issued' | 'paper.restored'}>;

/** Told to those who write while it happens; its sentences come only then. */
export async function tellRevision(notice: RevisionNotice, language: Language): Promise<void> {
  await loadSentences('revisions', language);
  const kind = notice.act === 'paper.restored' ? notice.kind : 'issued';
  const values = {
    handle: notice.by?.handle ?? t('papers.notice.someone'),
    time: hourOf(notice.at, language),
    title: titleOf(kind, notice.number),
  };
  const told = notice.act === 'paper.restored' ? 'restored' : 'issued';
  notify({
    what: t(`revisions.notice.${told}`, values),
    means: t(`revisions.notice.${told}.means`),
    consequential: true,
  });
}

function titleOf(kind: 'issued' | 'kept', number: number): string {
  if (kind === 'kept') return t('revisions.kept', {number});
  return number === 0 ? t('revisions.zero') : t('revisions.numbered', {number});
}
