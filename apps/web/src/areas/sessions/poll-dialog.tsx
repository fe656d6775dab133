import {useState, type SubmitEvent} from 'react';
import {pollKindNames, type PollKindName} from '@plenary/domain/sessions/polls/poll';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {Choices, TextField} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';
import {FormFoot} from './form-foot.tsx';
import {useHere} from './here.ts';
import {labelsOf} from './labels.ts';
import {useActForm} from './use-act-form.ts';
import {useReading} from './use-reading.ts';

export function PollDialog({onClose}: {onClose: () => void}) {
  const t = useTranslate();
  const {state, naming, summary} = useHere();
  const {fields, change, forget} = useDraft<{question: string; kind: PollKindName; isAbout: boolean}>(
    `question/${summary.id}`,
    {question: '', kind: 'positions', isAbout: true},
  );
  const [tried, setTried] = useState(false);
  const {isSending, refusal, send} = useActForm();
  const question = fields.question.trim();
  const {shown} = state;
  const paper = shown ? naming.paper(shown.paper) : null;
  const reading = useReading(paper?.slug ?? null);
  const paragraphs = reading?.paragraphs ?? [];
  const place = paragraphs.findIndex(({name}) => name !== null && name === shown?.paragraph);
  const about = labelsOf(paragraphs, t)[place] ?? paper?.title ?? null;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!question) return focusFirstWrong(event.currentTarget);
    const isAbout = fields.isAbout && shown !== null;
    const done = await send('poll.open', {
      kind: fields.kind,
      question,
      paper: isAbout ? shown.paper : null,
      paragraph: isAbout ? shown.paragraph : null,
    });
    if (!done) return;
    forget();
    onClose();
  }

  return (
    <Dialog title={t('sessions.poll.new')} onClose={onClose}>
      <form noValidate onSubmit={event => void submit(event)}>
        <TextField
          label={t('sessions.poll.question')}
          hint={t('sessions.poll.question.hint')}
          rows={3}
          maxLength={500}
          dir="auto"
          value={fields.question}
          onChange={words => change({question: words})}
          wrong={tried && !question ? t('sessions.poll.question.missing') : undefined}
        />
        <Choices
          legend={t('sessions.poll.kind')}
          value={fields.kind}
          options={pollKindNames.map(value => ({
            value,
            name: t(`sessions.poll.kind.${value}`),
            sentence: t(`sessions.poll.kind.${value}.means`),
          }))}
          onChange={kind => change({kind})}
        />
        {about ? (
          <label className="check">
            <input
              type="checkbox"
              checked={fields.isAbout}
              onChange={({target}) => change({isAbout: target.checked})}
            />
            {t('sessions.poll.about', {paragraph: about})}
          </label>
        ) : null}
        <FormFoot act={t('sessions.poll.open')} isSending={isSending} refusal={refusal} onClose={onClose} />
      </form>
    </Dialog>
  );
}
