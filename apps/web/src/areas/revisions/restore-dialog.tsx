import type {Restored, RevisionList, RevisionSummary} from '@plenary/protocol/api/revisions';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {Same} from './issue-dialog.tsx';

/** The chair brings the working text back, and is told first what goes and how it comes back. */
export function RestoreDialog({
  paper,
  revision,
  onRestored,
  onClose,
}: {
  paper: RevisionList['paper'];
  revision: RevisionSummary;
  onRestored: () => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [sending, send] = useSend();
  const symbol = `\u2068${revision.symbol}\u2069`;
  const restore = (): void => {
    void send(async () => {
      const {kept} = await ask<Restored>('POST', `/api/papers/${paper.id}/revisions/${revision.id}/restore`);
      notify({
        what: t('revisions.restored', {title: revision.title}),
        means: t('revisions.restored.means', {symbol: `\u2068${kept.symbol}\u2069`}),
        consequential: true,
      });
      onRestored();
      onClose();
    });
  };
  return (
    <Dialog title={t('revisions.restore.one', {symbol})} onClose={onClose}>
      <p>{t('revisions.restore.what', {symbol})}</p>
      <p className="sub">{t('revisions.restore.kept')}</p>
      <p className="sub">{t('revisions.restore.others')}</p>
      <SendFailed sending={sending} />
      <Same sending={sending} slug={paper.slug} />
      <p className="acts">
        <Button kind="grave" busy={sending.state === 'sending'} onClick={restore}>
          {t('revisions.restore')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </p>
    </Dialog>
  );
}
