import {useState, type SubmitEvent} from 'react';
import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {Select} from '../../ui/field.tsx';
import {useHere} from './here.ts';
import {useActForm} from './use-act-form.ts';

/** The chair puts somebody on the list, also when it is closed. */
export function AddSpeaker() {
  const t = useTranslate();
  const {state, naming} = useHere();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const [group, setGroup] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const {waiting, speaking} = state.list;
  const candidates = state.participants
    .filter(
      ({number, presence, role}) =>
        presence === 'present' &&
        role !== 'chair' &&
        speaking?.participant !== number &&
        !waiting.some(({participant}) => participant === number),
    )
    .map(({number}) => {
      const organisation = naming.organisation(number);
      const person = naming.person(number);
      return {value: String(number), label: organisation ? `${person} · ${organisation}` : person};
    })
    .sort((a, b) => a.label.localeCompare(b.label));
  const value = candidates.some(one => one.value === chosen) ? chosen : (candidates[0]?.value ?? '');

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(await send('list.add', {participant: Number(value), group}))) return;
    setGroup(false);
    setOpen(false);
  }

  return (
    <>
      <Button kind="quiet" className="tog" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('sessions.speakers.add')}
      </Button>
      {isOpen && candidates.length === 0 ? <p className="sub">{t('sessions.speakers.add.none')}</p> : null}
      {isOpen && candidates.length > 0 ? (
        <form className="add" onSubmit={event => void submit(event)}>
          <Select label={t('sessions.speakers.add.who')} value={value} options={candidates} onChange={setChosen} />
          <label className="check">
            <input type="checkbox" checked={group} onChange={({target}) => setGroup(target.checked)} />
            {t('sessions.group.box.chair')}
          </label>
          {refusal ? (
            <p className="notice danger" role="alert">
              <b>{refusal}</b>
            </p>
          ) : null}
          <Button type="submit" busy={isSending}>
            {t('sessions.speakers.add.do')}
          </Button>
        </form>
      ) : null}
    </>
  );
}
