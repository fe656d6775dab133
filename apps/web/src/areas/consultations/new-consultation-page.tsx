import {useState, type SubmitEvent} from 'react';
import {navigate} from '../../lib/router.tsx';
import {phases, type Phase} from '@plenary/domain/consultations/consultation';
import {ask} from '../../lib/http.ts';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {NotYours, SignInFirst} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {suggestSlug} from '../../lib/slug.ts';
import {useDraft} from '../../lib/use-draft.ts';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field, Select, TextField} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';

const initialPhase: Phase = 'drafting';

export function NewConsultationPage() {
  const {member} = useMe();
  if (!member) return <SignInFirst back="/consultations/new" />;
  return member.instanceSecretariat ? <NewConsultation /> : <NotYours />;
}

function NewConsultation() {
  const t = useTranslate();
  const {fields, change, forget} = useDraft('consultation', {
    title: '',
    slug: '',
    mandate: '',
    phase: initialPhase,
    until: '',
  });
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const title = fields.title.trim();
  const slug = fields.slug || suggestSlug(title);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!title || !slug) return focusFirstWrong(event.currentTarget);
    const done = await send(() =>
      ask('POST', '/api/consultations', {
        title,
        slug,
        mandate: fields.mandate.trim(),
        phase: fields.phase,
        // The whole of the last day counts.
        phaseEndsAt: fields.until ? `${fields.until}T23:59:59Z` : null,
      }),
    );
    if (!done) return;
    forget();
    navigate(`/consultations/${slug}`);
  }

  return (
    <Page title={t('common.title', {page: t('consultations.new')})}>
      <div className="head">
        <h1>{t('consultations.new')}</h1>
      </div>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('consultations.title')}
          maxLength={300}
          dir="auto"
          value={fields.title}
          onChange={title => change({title})}
          wrong={tried && !title ? t('consultations.title.missing') : undefined}
        />
        <Field
          label={t('people.slug')}
          hint={t('people.slug.hint')}
          dir="ltr"
          maxLength={80}
          value={slug}
          onChange={slug => change({slug})}
          wrong={tried && !slug ? t('people.slug.missing') : undefined}
        />
        <TextField
          label={t('consultations.mandate')}
          hint={t('consultations.mandate.hint')}
          rows={4}
          maxLength={2000}
          dir="auto"
          value={fields.mandate}
          onChange={mandate => change({mandate})}
        />
        <Select
          label={t('consultations.phase')}
          value={fields.phase}
          options={phases.map(value => ({value, label: t(`words.phase.${value}`)}))}
          onChange={phase => change({phase})}
        />
        <Field
          label={t('consultations.phase.until')}
          hint={t('consultations.phase.until.hint')}
          type="date"
          value={fields.until}
          onChange={until => change({until})}
        />
        <SendFailed sending={sending} />
        <div className="acts">
          <Button kind="main" type="submit" busy={sending.state === 'sending'}>
            {sending.state === 'sending' ? t('common.sending') : t('consultations.create')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
