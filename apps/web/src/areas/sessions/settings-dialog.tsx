import {useState, type ReactNode, type SubmitEvent} from 'react';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {useHere} from './here.ts';
import {HoursFieldset, hoursFieldsOf, hoursOf} from './hours-fields.tsx';
import {LimitsFieldset, limitSeconds} from './limits-fields.tsx';
import {embargoOf, isPolicyWrong, PolicyFieldset, type PolicyFields} from './policy-fields.tsx';
import {useActForm} from './use-act-form.ts';

/** Title and hours, speaking time, who may follow: each is set by itself. */
export function SettingsDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const {state, you} = useHere();
  const isOver = state.life.is === 'closed';
  return (
    <Dialog title={t('sessions.settings.session')} onClose={onClose}>
      {isOver ? null : <HoursForm />}
      {isOver || !you.mayPreside ? null : <LimitsForm />}
      {you.mayPreside ? <PolicyForm /> : null}
      <p className="acts">
        <Button kind="quiet" onClick={onClose}>
          {t('common.dismiss')}
        </Button>
      </p>
    </Dialog>
  );
}

function Part({
  heading,
  act,
  isSame,
  isSending,
  refusal,
  onSubmit,
  children,
}: {
  heading: string;
  act: string;
  isSame: boolean;
  isSending: boolean;
  refusal: string | null;
  onSubmit: (form: EventTarget) => Promise<void> | void;
  children: ReactNode;
}) {
  const t = useTranslate();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void onSubmit(event.currentTarget);
  }
  return (
    <form className="part" noValidate onSubmit={submit} aria-label={heading}>
      {children}
      {refusal ? (
        <p className="notice danger" role="alert">
          <b>{refusal}</b>
        </p>
      ) : null}
      <p className="acts">
        <Button type="submit" busy={isSending}>
          {act}
        </Button>
        {isSame ? <span className="meta">{t('sessions.settings.unchanged')}</span> : null}
      </p>
    </form>
  );
}

function HoursForm() {
  const t = useTranslate();
  const {state, naming, summary} = useHere();
  const title = naming.text(state.title) ?? summary.title;
  const now = {title, ...hoursFieldsOf(state)};
  const {fields, change, forget} = useDraft(`session-hours/${summary.id}`, now);
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const hours = hoursOf(fields);

  async function set(form: EventTarget): Promise<void> {
    setTried(true);
    if (!hours || !fields.title.trim()) return focusFirstWrong(form);
    const done = await send('session.change', {
      title: fields.title.trim(),
      startsAt: new Date(hours.startsAt).toISOString(),
      endsAt: new Date(hours.endsAt).toISOString(),
      zone: hours.zone,
    });
    if (!done) return;
    forget();
    notify({what: t('sessions.settings.done'), tone: 'ok'});
  }

  return (
    <Part
      heading={t('sessions.settings.hours')}
      act={t('sessions.settings.set.hours')}
      isSame={JSON.stringify({...now, ...fields}) === JSON.stringify(now)}
      isSending={isSending}
      refusal={refusal}
      onSubmit={set}
    >
      <Field
        label={t('sessions.new.name')}
        maxLength={300}
        dir="auto"
        value={fields.title}
        onChange={words => change({title: words})}
        wrong={tried && !fields.title.trim() ? t('sessions.new.name.missing') : undefined}
      />
      <HoursFieldset fields={fields} tried={tried} onChange={change} />
    </Part>
  );
}

function LimitsForm() {
  const t = useTranslate();
  const {state} = useHere();
  const now = {group: String(state.limits.group / 60_000), individual: String(state.limits.individual / 60_000)};
  const [fields, setFields] = useState(now);
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const group = limitSeconds(fields.group);
  const individual = limitSeconds(fields.individual);

  async function set(form: EventTarget): Promise<void> {
    setTried(true);
    if (!group || !individual) return focusFirstWrong(form);
    if (await send('limits.set', {group, individual})) notify({what: t('sessions.settings.done'), tone: 'ok'});
  }

  return (
    <Part
      heading={t('sessions.new.limits')}
      act={t('sessions.settings.set.limits')}
      isSame={fields.group === now.group && fields.individual === now.individual}
      isSending={isSending}
      refusal={refusal}
      onSubmit={set}
    >
      <LimitsFieldset fields={fields} tried={tried} onChange={part => setFields(known => ({...known, ...part}))} />
    </Part>
  );
}

function PolicyForm() {
  const t = useTranslate();
  const {state} = useHere();
  const {policy, embargoUntil} = state.publication;
  const [fields, setFields] = useState<PolicyFields>(() => ({
    publication: policy,
    embargoUntil: localInput(embargoUntil),
  }));
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();

  async function set(form: EventTarget): Promise<void> {
    setTried(true);
    if (isPolicyWrong(fields)) return focusFirstWrong(form);
    const body = {publication: fields.publication, embargoUntil: embargoOf(fields)};
    if (await send('session.publish', body)) notify({what: t('sessions.settings.done'), tone: 'ok'});
  }

  return (
    <Part
      heading={t('sessions.new.policy')}
      act={t('sessions.settings.set.policy')}
      isSame={fields.publication === policy && fields.embargoUntil === localInput(embargoUntil)}
      isSending={isSending}
      refusal={refusal}
      onSubmit={set}
    >
      <PolicyFieldset fields={fields} tried={tried} onChange={part => setFields(known => ({...known, ...part}))} />
      <p className="sub">{t('sessions.settings.policy.means')}</p>
    </Part>
  );
}

/** What an `<input type="datetime-local">` takes, on the clock of the device. */
function localInput(at: number | null): string {
  if (at === null) return '';
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
