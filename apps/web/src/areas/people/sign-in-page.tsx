import {useState, type SubmitEvent} from 'react';
import {Link, useQuery} from '../../lib/router.tsx';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useDraft} from '../../lib/use-draft.ts';
import {isShared, setShared} from '../../lib/this-device.ts';
import {safePath, useSignIn} from '../../lib/use-sign-in.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';
import {SharedComputerBox} from './shared-computer.tsx';

export function SignInPage() {
  const t = useTranslate();
  const {demonstration, member} = useMe();
  const query = useQuery();
  const to = safePath(query.get('next'));
  const {fields, change, forget} = useDraft('sign-in', {email: ''});
  const [password, setPassword] = useState('');
  const [shared, setIsShared] = useState(isShared);
  const [tried, setTried] = useState(false);
  const {state, signIn} = useSignIn();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!fields.email.trim() || !password) return focusFirstWrong(event.currentTarget);
    setShared(shared);
    if (await signIn({email: fields.email.trim(), password, rememberMe: !shared}, to)) forget();
  }

  return (
    <Page title={t('common.title', {page: t('people.sign-in')})}>
      <div className="head">
        <h1>{t('people.sign-in')}</h1>
        {member ? <p className="sub">{t('people.signed-in-as', {handle: member.handle})}</p> : null}
      </div>
      <form className="form" noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('people.email')}
          type="email"
          autoComplete="email"
          dir="ltr"
          value={fields.email}
          onChange={email => change({email})}
          wrong={tried && !fields.email.trim() ? t('people.email.missing') : undefined}
        />
        <Field
          label={t('people.password')}
          type="password"
          autoComplete="current-password"
          dir="ltr"
          value={password}
          onChange={setPassword}
          wrong={tried && !password ? t('people.password.missing') : undefined}
        />
        <SharedComputerBox checked={shared} onChange={setIsShared} />
        <SendFailed sending={state} />
        <div className="acts">
          <Button kind="main" type="submit" busy={state.state === 'sending'}>
            {state.state === 'sending' ? t('common.sending') : t('common.sign-in')}
          </Button>
          <Link to={`/sign-up${query.has('next') ? `?next=${encodeURIComponent(to)}` : ''}`}>
            {t('people.no-account')}
          </Link>
          <Link to="/new-password">{t('people.forgotten')}</Link>
        </div>
      </form>
      {demonstration ? (
        <p className="sub">
          {t('people.demonstration')} <Link to="/">{t('people.demonstration.try')}</Link>
        </p>
      ) : null}
    </Page>
  );
}
