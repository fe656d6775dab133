import type {SubmitEvent} from 'react';
import type {HidingReason, ParticipantNumber} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {Dialog} from '../../ui/overlays.tsx';
import {FormFoot} from './form-foot.tsx';
import {useHere} from './here.ts';
import {ReasonSelect} from './reason-select.tsx';
import {useActForm} from './use-act-form.ts';

export function RemoveDialog({number, name, onClose}: {number: ParticipantNumber; name: string; onClose: () => void}) {
  const t = useTranslate();
  const {summary} = useHere();
  const {fields, change, forget} = useDraft<{reason: HidingReason}>(`remove/${summary.id}/${number}`, {
    reason: 'other',
  });
  const {isSending, refusal, send} = useActForm();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(await send('participant.remove', {participant: number, reason: fields.reason}))) return;
    forget();
    onClose();
  }

  return (
    <Dialog title={t('sessions.remove.asks', {name})} onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <p className="sub">{t('sessions.remove.means')}</p>
        <ReasonSelect value={fields.reason} onChange={reason => change({reason})} />
        <FormFoot act={t('sessions.remove.do')} isSending={isSending} refusal={refusal} grave onClose={onClose} />
      </form>
    </Dialog>
  );
}
