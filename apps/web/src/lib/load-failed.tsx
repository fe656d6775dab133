import {Button} from '../ui/button.tsx';
import {useTranslate} from './language.tsx';
import type {Loaded} from './use-load.ts';

type Failed = Extract<Loaded<unknown>, {state: 'refused' | 'unreachable'}>;

/** Inside a page: what could not be fetched, and the way to try once more. */
export function LoadFailed({loaded, onAgain}: {loaded: Failed; onAgain: () => void}) {
  const t = useTranslate();
  return (
    <div className="notice warn" role="alert">
      <p>
        {loaded.state === 'refused' ? (
          <b>{loaded.refusal.message}</b>
        ) : (
          <>
            <b>{t('common.unreachable')}</b> {t('common.unreachable.means')}
          </>
        )}
      </p>
      <div className="acts">
        <Button onClick={onAgain}>{t('common.again')}</Button>
      </div>
    </div>
  );
}
