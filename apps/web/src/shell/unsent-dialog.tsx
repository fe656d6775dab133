import type {UnsentWork} from '@plenary/client/device';
import {useTranslate} from '../lib/language.tsx';
import {Button} from '../ui/button.tsx';
import {Dialog} from '../ui/overlays.tsx';

/** Names the papers with work that the server does not have, and what becomes of it either way. */
export function UnsentDialog({
  work,
  onStay,
  onLeave,
}: {
  work: readonly UnsentWork[];
  onStay: () => void;
  onLeave: (keep: boolean) => void;
}) {
  const t = useTranslate();
  return (
    <Dialog title={t('common.unsent')} onClose={onStay}>
      <p>{t('common.unsent.means', {count: work.length})}</p>
      <ul className="unsent">
        {work.map(({paper, title}) => (
          <li key={paper}>
            <bdi>{title || paper}</bdi>
          </li>
        ))}
      </ul>
      <p className="sub">{t('common.unsent.choice')}</p>
      <div className="acts">
        <Button kind="main" onClick={onStay}>
          {t('common.unsent.stay')}
        </Button>
        <Button onClick={() => onLeave(true)}>{t('common.unsent.keep')}</Button>
        <Button kind="grave" onClick={() => onLeave(false)}>
          {t('common.unsent.discard')}
        </Button>
      </div>
    </Dialog>
  );
}
