import {useTranslate} from './language.tsx';
import type {Sending} from './use-send.ts';

/** Beside the button that was pressed: the server's sentence, or that none came. What was typed stays in the form. */
export function SendFailed({sending}: {sending: Sending}) {
  const t = useTranslate();
  if (sending.state !== 'refused' && sending.state !== 'unreachable') return null;
  return (
    <div className="notice danger" role="alert">
      {sending.state === 'refused' ? (
        <b>{sending.refusal.message}</b>
      ) : (
        <>
          <b>{t('common.unreachable')}</b> {t('common.unreachable.means')}
        </>
      )}
    </div>
  );
}
