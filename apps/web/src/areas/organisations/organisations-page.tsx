import {useState, type SubmitEvent} from 'react';
import {constituencies, regions, type Constituency, type Region} from '@plenary/domain/organisations/organisation';
import type {OrganisationJson} from '@plenary/protocol/api/people';
import {ask} from '../../lib/http.ts';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {useMe} from '../../lib/member.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {suggestSlug} from '../../lib/slug.ts';
import {useDraft} from '../../lib/use-draft.ts';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field, Select} from '../../ui/field.tsx';
import {Empty, Page, Wait} from '../../ui/page.tsx';

export function OrganisationsPage() {
  const t = useTranslate();
  const {member} = useMe();
  const [loaded, again] = useLoad<{organisations: OrganisationJson[]}>('/api/organisations');
  return (
    <Page title={t('common.title', {page: t('common.nav.organisations')})}>
      <div className="head">
        <h1>{t('common.nav.organisations')}</h1>
        <p className="lead">{t('people.organisations.lead')}</p>
      </div>
      {loaded.state === 'loading' ? <Wait>{t('people.organisations.loading')}</Wait> : null}
      {loaded.state === 'refused' || loaded.state === 'unreachable' ? (
        <LoadFailed loaded={loaded} onAgain={again} />
      ) : null}
      {loaded.state === 'ready' ? <ByConstituency organisations={loaded.value.organisations} /> : null}
      {member?.instanceSecretariat ? <NewOrganisation onMade={again} /> : null}
    </Page>
  );
}

function ByConstituency({organisations}: {organisations: readonly OrganisationJson[]}) {
  const t = useTranslate();
  if (organisations.length === 0)
    return <Empty what={t('people.organisations.empty')} fills={t('people.organisations.empty.fills')} />;
  return constituencies.map(constituency => {
    const own = organisations.filter(organisation => organisation.constituency === constituency);
    if (own.length === 0) return null;
    return (
      <section className="sec" key={constituency}>
        <header>
          <h2>{t(`words.constituency.${constituency}`)}</h2>
          <span className="end num">{own.length}</span>
        </header>
        <ul className="rows">
          {own.map(({id, name, region}) => (
            <li key={id}>
              <bdi className="title">{name}</bdi>
              <p className="sub">{t(`words.region.${region}`)}</p>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

const empty = {name: '', slug: '', constituency: 'civil-society' as Constituency, region: 'global' as Region};

function NewOrganisation({onMade}: {onMade: () => void}) {
  const t = useTranslate();
  const {fields, change, forget} = useDraft('organisation', empty);
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const slug = fields.slug || suggestSlug(fields.name);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!fields.name.trim() || !slug) return focusFirstWrong(event.currentTarget);
    const done = await send(() => ask('POST', '/api/organisations', {...fields, name: fields.name.trim(), slug}));
    if (!done) return;
    notify({what: t('people.organisation.made'), means: fields.name, tone: 'ok'});
    change(empty);
    forget();
    setTried(false);
    onMade();
  }

  return (
    <section className="sec">
      <header>
        <h2>{t('people.organisation.new')}</h2>
      </header>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('people.organisation.name')}
          maxLength={200}
          dir="auto"
          value={fields.name}
          onChange={name => change({name})}
          wrong={tried && !fields.name.trim() ? t('people.organisation.name.missing') : undefined}
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
        <Select
          label={t('people.constituency')}
          value={fields.constituency}
          options={constituencies.map(value => ({value, label: t(`words.constituency.${value}`)}))}
          onChange={constituency => change({constituency})}
        />
        <Select
          label={t('people.region')}
          value={fields.region}
          options={regions.map(value => ({value, label: t(`words.region.${value}`)}))}
          onChange={region => change({region})}
        />
        <SendFailed sending={sending} />
        <div className="acts">
          <Button kind="main" type="submit" busy={sending.state === 'sending'}>
            {sending.state === 'sending' ? t('common.sending') : t('people.organisation.create')}
          </Button>
        </div>
      </form>
    </section>
  );
}
