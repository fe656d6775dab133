import type {SubmitEvent} from 'react';
import type {HidingReason} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {Dialog} from '../../ui/overlays.tsx';
import {FormFoot} from './form-foot.tsx';
import {ReasonSelect} from './reason-select.tsx';
import {useActForm} from './use-act-form.ts';

export function HideDialog({id, text, onClose}: {id: string; text: string; onClose: () => void}) {
  const t = useTranslate();
  const {fields, change, forget} = useDraft<{reason: HidingReason}>(`hide/${id}`, {reason: 'off-topic'});
  const {isSending, refusal, send} = useActForm();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(await send('contribution.hide', {text: id, reason: fields.reason}))) return;
    forget();
    onClose();
  }

  return (
    <Dialog title={t('sessions.hide.asks')} onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <blockquote dir="auto">{text}</blockquote>
        <ReasonSelect value={fields.reason} onChange={reason => change({reason})} />
        <p className="sub">{t('sessions.hide.means')}</p>
        <FormFoot act={t('sessions.hide.do')} isSending={isSending} refusal={refusal} grave onClose={onClose} />
      </form>
    </Dialog>
  );
}
