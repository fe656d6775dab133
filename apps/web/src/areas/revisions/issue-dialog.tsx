import {useState, type FormEvent} from 'react';
import {revisionTitleMaxLength} from '@plenary/domain/papers/revision';
import type {RevisionList, RevisionSummary} from '@plenary/protocol/api/revisions';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {readAddress} from './revision-name.ts';

/** The chair issues the working text, and is told first what that means. */
export function IssueDialog({
  list: {paper, next},
  onIssued,
  onClose,
}: {
  list: RevisionList;
  onIssued: () => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [title, setTitle] = useState('');
  const [sending, send] = useSend();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(async () => {
      const body = title.trim() === '' ? {} : {title: title.trim()};
      const issued = await ask<RevisionSummary>('POST', `/api/papers/${paper.id}/revisions`, body);
      notify({what: t('revisions.issued', {title: issued.title}), tone: 'ok'});
      onIssued();
      onClose();
    });
  };
  return (
    <Dialog title={t('revisions.issue.title', {title: next.title})} onClose={onClose}>
      <form className="issue" onSubmit={submit}>
        <p>{t('revisions.issue.what', {symbol: `\u2068${next.symbol}\u2069`})}</p>
        <p className="sub">{t('revisions.issue.who')}</p>
        <Field
          label={t('revisions.issue.name')}
          hint={t('revisions.issue.name.hint', {title: next.title})}
          value={title}
          maxLength={revisionTitleMaxLength}
          dir="auto"
          onChange={setTitle}
        />
        <SendFailed sending={sending} />
        <Same sending={sending} slug={paper.slug} />
        <p className="acts">
          <Button type="submit" kind="main" busy={sending.state === 'sending'}>
            {t('revisions.issue.do')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

/** The way to the revision that says the same. */
export function Same({sending, slug}: {sending: ReturnType<typeof useSend>[0]; slug: string}) {
  const t = useTranslate();
  if (sending.state !== 'refused' || sending.refusal.code !== 'revision.unchanged') return null;
  const {revision, symbol} = sending.refusal.details;
  return (
    <p className="acts">
      <a href={readAddress(slug, String(revision))}>{t('revisions.open', {symbol: `\u2068${String(symbol)}\u2069`})}</a>
    </p>
  );
}
