import {lazy, Suspense, useState, type SubmitEvent} from 'react';
import {Link} from '../../lib/router.tsx';
import {languageNames, languages, type Language} from '@plenary/domain/languages';
import {chooseLanguage} from '../../lib/choose-language.ts';
import {ask} from '../../lib/http.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {SignInFirst} from '../../lib/loaded-page.tsx';
import {useMe, type SignedIn} from '../../lib/member.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field, Select} from '../../ui/field.tsx';
import {Empty, Page} from '../../ui/page.tsx';
import {SharedComputer} from './shared-computer.tsx';

export function AccountPage() {
  const {member} = useMe();
  return member ? <Account member={member} /> : <SignInFirst back="/account" />;
}

function Account({member}: {member: SignedIn}) {
  const t = useTranslate();
  return (
    <Page title={t('common.title', {page: t('common.account')})}>
      <div className="head">
        <h1>
          <bdi>{member.handle}</bdi>
        </h1>
        <p className="sub">{t('people.account.lead')}</p>
      </div>
      <section className="sec">
        <header>
          <h2>{t('people.mandates')}</h2>
        </header>
        <Mandates member={member} />
      </section>
      <section className="sec">
        <header>
          <h2>{t('people.account')}</h2>
        </header>
        <Handle member={member} />
        <MemberLanguage />
        <SharedComputer member={member} />
        <p className="sub">{t('people.theme')}</p>
      </section>
      <Leave member={member} />
    </Page>
  );
}

function Mandates({member}: {member: SignedIn}) {
  const t = useTranslate();
  if (member.mandates.length === 0 && !member.instanceSecretariat)
    return <Empty what={t('people.mandates.empty')} fills={t('people.mandates.empty.fills')} />;
  return (
    <ul className="rows">
      {member.instanceSecretariat ? (
        <li>
          <b>{t('people.instance-secretariat')}</b>
          <p className="sub">{t('people.instance-secretariat.means')}</p>
        </li>
      ) : null}
      {member.mandates.map(({consultation, role, organisation}) => (
        <li key={`${consultation.id} ${role} ${organisation?.id ?? ''}`}>
          <Link className="title" to={`/consultations/${consultation.slug}`}>
            <bdi>{consultation.title}</bdi>
          </Link>
          <p className="sub">
            {t(`words.role.${role}`)}
            {organisation ? (
              <>
                {' · '}
                <bdi>{organisation.name}</bdi>
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Handle({member}: {member: SignedIn}) {
  const t = useTranslate();
  const [handle, setHandle] = useState(member.handle);
  const [sending, send] = useSend();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!handle.trim() || handle.trim() === member.handle) return;
    const done = await send(() => ask('PATCH', '/api/me', {handle: handle.trim()}));
    if (done) location.reload();
  }

  return (
    <form className="form" noValidate onSubmit={event => void submit(event)}>
      <Field
        label={t('people.handle')}
        hint={t('people.handle.hint')}
        maxLength={40}
        dir="auto"
        value={handle}
        onChange={setHandle}
        wrong={handle.trim() ? undefined : t('people.handle.missing')}
      />
      <SendFailed sending={sending} />
      <div className="acts">
        <Button type="submit" busy={sending.state === 'sending'}>
          {t('people.handle.change')}
        </Button>
      </div>
    </form>
  );
}

const EraseDialog = lazy(async () => ({default: (await import('./erase-dialog.tsx')).EraseDialog}));

function Leave({member}: {member: SignedIn}) {
  const t = useTranslate();
  const [asking, setAsking] = useState(false);
  return (
    <section className="sec">
      <header>
        <h2>{t('people.erase')}</h2>
      </header>
      <p className="sub">{t('people.erase.lead')}</p>
      <div className="acts go">
        <Button kind="grave" onClick={() => setAsking(true)}>
          {t('people.erase.open')}
        </Button>
      </div>
      {asking ? (
        <Suspense>
          <EraseDialog member={member} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

function MemberLanguage() {
  const {translate: t, language} = useReader();
  const [sending, send] = useSend();
  const choose = async (chosen: Language) => {
    if (await send(() => ask('PATCH', '/api/me', {language: chosen}))) chooseLanguage(chosen);
  };
  return (
    <div className="form">
      <Select
        label={t('common.language')}
        hint={t('people.language.hint')}
        value={language}
        options={languages.map(value => ({value, label: languageNames[value], lang: value}))}
        onChange={chosen => void choose(chosen)}
      />
      <SendFailed sending={sending} />
    </div>
  );
}
