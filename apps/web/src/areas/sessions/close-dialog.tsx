import type {SubmitEvent} from 'react';
import {useTranslate} from '../../lib/language.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {FormFoot} from './form-foot.tsx';
import {useHere} from './here.ts';
import {useActForm} from './use-act-form.ts';

export function CloseDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const {state} = useHere();
  const {isSending, refusal, send} = useActForm();
  const waiting = state.list.waiting.length;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (await send('session.close', {})) onClose();
  }

  return (
    <Dialog title={t('sessions.close.asks')} onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <p>{t('sessions.close.means')}</p>
        {waiting > 0 ? <p className="sub">{t('sessions.close.unheard', {count: waiting})}</p> : null}
        <FormFoot act={t('sessions.close')} isSending={isSending} refusal={refusal} grave onClose={onClose} />
      </form>
    </Dialog>
  );
}
