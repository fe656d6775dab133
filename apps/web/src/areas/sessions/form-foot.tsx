import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';

/** Under a form in a dialog: why it was refused, the act, and the way out. What was typed is kept. */
export function FormFoot({
  act,
  isSending,
  refusal,
  grave,
  onClose,
}: {
  act: string;
  isSending: boolean;
  refusal: string | null;
  grave?: boolean;
  onClose: () => void;
}) {
  const t = useTranslate();
  return (
    <>
      {refusal ? (
        <p className="notice danger" role="alert">
          <b>{refusal}</b>
        </p>
      ) : null}
      <p className="acts">
        <Button kind={grave ? 'grave' : 'main'} type="submit" busy={isSending}>
          {act}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </p>
    </>
  );
}
