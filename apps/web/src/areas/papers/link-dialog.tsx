import {useState, type FormEvent} from 'react';
import {isSafeLink} from '@plenary/paper/guard-shape';
import {useTranslate} from '../../lib/language.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {Field} from '../../ui/field.tsx';

/** Asks for the address of a link on the selected words. */
export function LinkDialog({
  current,
  onSet,
  onClose,
}: {
  current: string | null;
  onSet: (address: string | null) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const [address, setAddress] = useState(current ?? '');
  const [wrong, setWrong] = useState(false);
  const set = (event: FormEvent): void => {
    event.preventDefault();
    const trimmed = address.trim();
    if (!isSafeLink(trimmed)) {
      setWrong(true);
      return;
    }
    onSet(trimmed);
  };
  return (
    <Dialog title={t('papers.link.title')} onClose={onClose}>
      <form onSubmit={set} noValidate>
        <Field
          label={t('papers.link.address')}
          hint={t('papers.link.hint')}
          wrong={wrong ? t('papers.link.wrong') : undefined}
          type="url"
          dir="ltr"
          value={address}
          onChange={setAddress}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog asks for one thing
          autoFocus
        />
        <p className="acts">
          <button type="submit" className="main">
            {t('papers.link.set')}
          </button>
          {current !== null && (
            <button type="button" onClick={() => onSet(null)}>
              {t('papers.link.remove')}
            </button>
          )}
          <button type="button" className="quiet" onClick={onClose}>
            {t('papers.cancel')}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
