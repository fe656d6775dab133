import {useState, type SubmitEvent} from 'react';
import {Link, useQuery} from '../../lib/router.tsx';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {safePath, useSignIn} from '../../lib/use-sign-in.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';
import {shortestPassword} from './password.ts';

export function SignUpPage() {
  const t = useTranslate();
  const query = useQuery();
  const to = safePath(query.get('next'));
  const {fields, change, forget} = useDraft('sign-up', {email: '', handle: ''});
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const {state, signUp} = useSignIn();
  const email = fields.email.trim();
  const handle = fields.handle.trim();
  const right = {
    email: /^[^@\s]+@[^@\s]+$/.test(email),
    handle: handle.length > 0,
    password: password.length >= shortestPassword,
  };

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!right.email || !right.handle || !right.password) return focusFirstWrong(event.currentTarget);
    if (await signUp({email, password, name: handle}, to)) forget();
  }

  return (
    <Page title={t('common.title', {page: t('people.sign-up')})}>
      <div className="head">
        <h1>{t('people.sign-up')}</h1>
        <p className="lead">{t('people.sign-up.lead')}</p>
      </div>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('people.handle')}
          hint={t('people.handle.hint')}
          autoComplete="nickname"
          maxLength={40}
          dir="auto"
          value={fields.handle}
          onChange={handle => change({handle})}
          wrong={tried && !right.handle ? t('people.handle.missing') : undefined}
        />
        <Field
          label={t('people.email')}
          hint={t('people.email.hint')}
          type="email"
          autoComplete="email"
          dir="ltr"
          value={fields.email}
          onChange={email => change({email})}
          wrong={tried && !right.email ? t('people.email.missing') : undefined}
        />
        <Field
          label={t('people.password')}
          hint={t('people.password.hint', {count: shortestPassword})}
          type="password"
          autoComplete="new-password"
          dir="ltr"
          value={password}
          onChange={setPassword}
          wrong={tried && !right.password ? t('people.password.short', {count: shortestPassword}) : undefined}
        />
        <section className="notice">
          <b>{t('people.kept')}</b> {t('people.kept.means')}
        </section>
        <SendFailed sending={state} />
        <div className="acts">
          <Button kind="main" type="submit" busy={state.state === 'sending'}>
            {state.state === 'sending' ? t('common.sending') : t('common.sign-up')}
          </Button>
          <Link to={`/sign-in${query.has('next') ? `?next=${encodeURIComponent(to)}` : ''}`}>
            {t('people.have-account')}
          </Link>
        </div>
      </form>
    </Page>
  );
}
