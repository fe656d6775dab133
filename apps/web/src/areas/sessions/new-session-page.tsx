import {useState, type SubmitEvent} from 'react';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {LoadedPage, NotYours, SignInFirst} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {notify} from '../../lib/notices.ts';
import {Link, navigate, useParams} from '../../lib/router.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {zoneHere} from '../../lib/zoned.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';
import {agendaBody, AgendaFields, isItemWrong, type ItemFields} from './agenda-fields.tsx';
import {HoursFieldset, hoursOf, type HoursFields} from './hours-fields.tsx';
import {LimitsFieldset, limitSeconds, type LimitsFields} from './limits-fields.tsx';
import {embargoOf, isPolicyWrong, PolicyFieldset, type PolicyFields} from './policy-fields.tsx';
import './sessions.css';

/** `/consultations/<slug>/sessions/new` */
export function NewSessionPage() {
  const t = useTranslate();
  const {slug = ''} = useParams();
  const {member} = useMe();
  const [loaded, again] = useLoad<ConsultationDetails>(`/api/consultations/${encodeURIComponent(slug)}`);
  if (!member) return <SignInFirst back={`/consultations/${slug}/sessions/new`} />;
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('common.loading')}>
      {consultation =>
        consultation.you.role === 'chair' || consultation.you.role === 'secretariat' ? (
          <NewSession consultation={consultation} />
        ) : (
          <NotYours />
        )
      }
    </LoadedPage>
  );
}

interface Fields extends HoursFields, LimitsFields, PolicyFields {
  title: string;
  items: readonly ItemFields[];
}

function NewSession({consultation}: {consultation: ConsultationDetails}) {
  const t = useTranslate();
  const {fields, change, forget} = useDraft<Fields>(`session/${consultation.slug}`, {
    title: '',
    day: '',
    from: '',
    to: '',
    zone: zoneHere(),
    group: '5',
    individual: '3',
    publication: 'public',
    embargoUntil: '',
    items: [],
  });
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const title = fields.title.trim();
  const hours = hoursOf(fields);
  const group = limitSeconds(fields.group);
  const individual = limitSeconds(fields.individual);
  const isWrong = !title || !hours || !group || !individual || isPolicyWrong(fields) || fields.items.some(isItemWrong);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!title || !hours || !group || !individual || isWrong) return focusFirstWrong(event.currentTarget);
    const embargoUntil = embargoOf(fields);
    await send(async () => {
      const {slug} = await ask<SessionSummary>('POST', '/api/sessions', {
        consultation: consultation.slug,
        title,
        startsAt: new Date(hours.startsAt).toISOString(),
        endsAt: new Date(hours.endsAt).toISOString(),
        zone: hours.zone,
        publication: fields.publication,
        ...(embargoUntil ? {embargoUntil} : {}),
        agenda: agendaBody(fields.items),
        limits: {group, individual},
      });
      forget();
      notify({what: t('sessions.new.created'), tone: 'ok'});
      navigate(`/sessions/${slug}`);
    });
  }

  return (
    <Page title={t('common.title', {page: t('sessions.new')})}>
      <div className="head">
        <p className="meta">
          <Link to={`/consultations/${consultation.slug}`}>
            <bdi>{consultation.title}</bdi>
          </Link>
        </p>
        <h1>{t('sessions.new')}</h1>
      </div>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('sessions.new.name')}
          maxLength={300}
          dir="auto"
          value={fields.title}
          onChange={text => change({title: text})}
          wrong={tried && !title ? t('sessions.new.name.missing') : undefined}
        />
        <HoursFieldset fields={fields} tried={tried} onChange={change} />
        <section aria-labelledby="new-agenda">
          <h2 id="new-agenda">{t('sessions.agenda')}</h2>
          <AgendaFields
            items={fields.items}
            papers={consultation.paperList}
            tried={tried}
            onChange={items => change({items})}
          />
        </section>
        <LimitsFieldset fields={fields} tried={tried} onChange={change} />
        <PolicyFieldset fields={fields} tried={tried} onChange={change} />
        <SendFailed sending={sending} />
        <div className="acts">
          <Button kind="main" type="submit" busy={sending.state === 'sending'}>
            {t('sessions.new.create')}
          </Button>
          {tried && isWrong ? (
            <span className="sub" role="status">
              {t('sessions.new.incomplete')}
            </span>
          ) : null}
        </div>
      </form>
    </Page>
  );
}
