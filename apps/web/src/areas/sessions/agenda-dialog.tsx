import {useState, type SubmitEvent} from 'react';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {useLoad} from '../../lib/use-load.ts';
import {Button} from '../../ui/button.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {agendaBody, AgendaFields, isItemWrong, type ItemFields} from './agenda-fields.tsx';
import {FormFoot} from './form-foot.tsx';
import {useHere} from './here.ts';
import {useActForm} from './use-act-form.ts';

/** The agenda anew; what was typed outlives a reload, and a change by somebody else is told rather than overwritten. */
export function AgendaDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const {state, naming, summary} = useHere();
  const [loaded] = useLoad<ConsultationDetails>(`/api/consultations/${summary.consultation.slug}`);
  const items = state.agenda.map(({id, title, papers, minutes, state: {is}}): ItemFields => ({
    id,
    title: naming.text(title) ?? '',
    minutes: minutes === null ? '' : String(minutes),
    papers,
    isUsed: is !== 'waiting',
  }));
  const version = JSON.stringify(state.agenda.map(({id, title, papers, minutes}) => [id, title, papers, minutes]));
  const {fields, change, forget} = useDraft(`agenda/${summary.id}`, {items, version});
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const shown = fields.items.map(item => ({...item, isUsed: items.find(({id}) => id === item.id)?.isUsed ?? false}));

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (shown.some(isItemWrong)) return focusFirstWrong(event.currentTarget);
    if (!(await send('agenda.set', {agenda: agendaBody(shown)}))) return;
    forget();
    onClose();
  }

  return (
    <Dialog title={t('sessions.agenda.edit')} onClose={onClose}>
      <form noValidate onSubmit={event => void submit(event)}>
        {fields.version === version ? null : (
          <p className="notice warn" role="status">
            {t('sessions.agenda.changed')}{' '}
            <Button onClick={() => change({items, version})}>{t('sessions.agenda.fresh')}</Button>
          </p>
        )}
        <AgendaFields
          items={shown}
          papers={loaded.state === 'ready' ? loaded.value.paperList : []}
          tried={tried}
          onChange={changed => change({items: [...changed]})}
        />
        <FormFoot act={t('sessions.agenda.save')} isSending={isSending} refusal={refusal} onClose={onClose} />
      </form>
    </Dialog>
  );
}
