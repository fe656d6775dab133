import {useState, type SubmitEvent} from 'react';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {TextField} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {FormFoot} from './form-foot.tsx';
import {useHere} from './here.ts';
import {useActForm} from './use-act-form.ts';

export function AnnounceDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const {summary} = useHere();
  const {fields, change, forget} = useDraft(`announcement/${summary.id}`, {text: ''});
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const text = fields.text.trim();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!text) return focusFirstWrong(event.currentTarget);
    if (!(await send('announcement.make', {text}))) return;
    forget();
    onClose();
  }

  return (
    <Dialog title={t('sessions.announce')} onClose={onClose}>
      <form noValidate onSubmit={event => void submit(event)}>
        <TextField
          label={t('sessions.announce.text')}
          hint={t('sessions.announce.hint')}
          rows={4}
          maxLength={1000}
          dir="auto"
          value={fields.text}
          onChange={words => change({text: words})}
          wrong={tried && !text ? t('sessions.announce.missing') : undefined}
        />
        <FormFoot act={t('sessions.announce.make')} isSending={isSending} refusal={refusal} onClose={onClose} />
      </form>
    </Dialog>
  );
}
