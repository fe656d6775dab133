import {useState, type SubmitEvent} from 'react';
import type {Poll} from '@plenary/domain/sessions/polls/poll';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {Button} from '../../ui/button.tsx';
import {TextField} from '../../ui/field.tsx';
import {useHere} from './here.ts';
import {choicesOf} from './positions.ts';
import {useActForm} from './use-act-form.ts';

/** Where a delegate answers. */
export function PollAnswer({poll}: {poll: Poll}) {
  const {you, me, state} = useHere();
  if (!you.maySpeak || me?.presence !== 'present' || state.life.is !== 'open') return null;
  return poll.kind === 'positions' ? <Position poll={poll} /> : <Temperature poll={poll} />;
}

function Position({poll}: {poll: Poll}) {
  const t = useTranslate();
  const {me, naming} = useHere();
  const given = poll.answers.find(({delegation}) => delegation === me?.delegation);
  const {fields, change, forget} = useDraft(`position/${poll.id}`, {choice: '', reason: ''});
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const choice = fields.choice || (given?.choice ?? '');
  const organisation = me ? naming.organisation(me.number) : null;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!choice) return;
    const reason = fields.reason.trim() || (given?.reason ? (naming.text(given.reason) ?? '') : '');
    if (!(await send('position.take', {poll: poll.id, choice, reason}))) return;
    forget();
    change({choice: '', reason: ''});
    setTried(false);
  }

  return (
    <form className="answer" onSubmit={event => void submit(event)}>
      <fieldset>
        <legend>{t('sessions.poll.answer')}</legend>
        <p className="meta">
          {organisation ? t('sessions.poll.answer.for', {organisation}) : t('sessions.poll.answer.alone')}
        </p>
        <p className="checks">
          {choicesOf(poll).map(value => (
            <label className="check" key={value}>
              <input
                type="radio"
                name={`position-${poll.id}`}
                checked={choice === value}
                onChange={() => change({choice: value})}
              />
              {t(`sessions.choice.${value}`)}
            </label>
          ))}
        </p>
      </fieldset>
      <TextField
        label={t('sessions.poll.reason')}
        hint={t('sessions.poll.reason.hint')}
        rows={2}
        maxLength={500}
        dir="auto"
        value={fields.reason}
        onChange={reason => change({reason})}
      />
      {refusal ? (
        <p className="notice danger" role="alert">
          <b>{refusal}</b>
        </p>
      ) : null}
      <p className="acts">
        <Button kind="main" type="submit" busy={isSending}>
          {t('sessions.poll.reason.send')}
        </Button>
        <span className="sub" role="status">
          {tried && !choice ? t('sessions.poll.choose') : null}
          {given ? (
            <>
              {t('sessions.poll.answer.yours', {choice: t(`sessions.choice.${given.choice as 'support'}`)})}{' '}
              {given.participant === me?.number
                ? null
                : t('sessions.poll.answer.by', {name: naming.person(given.participant)})}
            </>
          ) : null}
        </span>
      </p>
    </form>
  );
}

function Temperature({poll}: {poll: Poll}) {
  const t = useTranslate();
  const {act} = useHere();
  // Nothing but this device knows that one has answered.
  const {fields, change} = useDraft(`temperature/${poll.id}`, {answered: false});
  if (fields.answered) {
    return (
      <p className="sub" role="status">
        {t('sessions.poll.answer.counted')}
      </p>
    );
  }
  return (
    <div className="answer" role="group" aria-label={t('sessions.poll.answer')}>
      <p className="meta">{t('sessions.poll.answer.temperature')}</p>
      <p className="acts">
        {choicesOf(poll).map(choice => (
          <Button
            key={choice}
            onClick={() => {
              void act('position.take', {poll: poll.id, choice}).then(done => {
                if (done) change({answered: true});
              });
            }}
          >
            {t(`sessions.choice.${choice}`)}
          </Button>
        ))}
      </p>
    </div>
  );
}
