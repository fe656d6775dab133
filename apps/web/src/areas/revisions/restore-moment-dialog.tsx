import type {Restored} from '@plenary/protocol/api/revisions';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Dialog} from '../../ui/overlays.tsx';

/** The chair brings a moment back, and is told first what goes and how it comes back. */
export function RestoreMomentDialog({
  slug,
  entry,
  time,
  onRestored,
  onClose,
}: {
  slug: string;
  entry: number;
  /** When it was, in words. */
  time: string;
  onRestored: () => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [sending, send] = useSend();
  const restore = (): void => {
    void send(async () => {
      const {kept} = await ask<Restored>('POST', `/api/papers/${slug}/history/${entry}/restore`);
      notify({
        what: t('revisions.history.restored', {time}),
        means: t('revisions.restored.means', {symbol: `\u2068${kept.symbol}\u2069`}),
        consequential: true,
      });
      onRestored();
      onClose();
    });
  };
  return (
    <Dialog title={t('revisions.history.restore')} onClose={onClose}>
      <p>{t('revisions.history.restore.what', {time})}</p>
      <p className="sub">{t('revisions.restore.kept')}</p>
      <p className="sub">{t('revisions.restore.others')}</p>
      <SendFailed sending={sending} />
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
