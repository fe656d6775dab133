import {useState, type SubmitEvent} from 'react';
import {ask} from '../../lib/http.ts';
import {focusFirstWrong} from '../../lib/focus-wrong.ts';
import {useTranslate} from '../../lib/language.tsx';
import {navigate, useQuery} from '../../lib/router.tsx';
import {notify} from '../../lib/notices.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Page} from '../../ui/page.tsx';
import {shortestPassword} from './password.ts';

/** Two steps: a link is sent to the account's address, and the link leads back here with its token. */
export function NewPasswordPage() {
  const t = useTranslate();
  const token = useQuery().get('token');
  return (
    <Page title={t('common.title', {page: t('people.new-password')})}>
      <div className="head">
        <h1>{t('people.new-password')}</h1>
        {token === null ? <p className="lead">{t('people.new-password.lead')}</p> : null}
      </div>
      {token === null ? <AskForLink /> : <SetPassword token={token} />}
    </Page>
  );
}

function AskForLink() {
  const t = useTranslate();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const [sending, send] = useSend();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!email.trim()) return focusFirstWrong(event.currentTarget);
    if (await send(() => ask('POST', '/api/auth/request-password-reset', {email: email.trim()}))) setSent(true);
  }

  return (
    <form className="form" noValidate onSubmit={event => void submit(event)}>
      <Field
        label={t('people.email')}
        type="email"
        autoComplete="email"
        dir="ltr"
        value={email}
        onChange={setEmail}
        wrong={tried && !email.trim() ? t('people.email.missing') : undefined}
      />
      <SendFailed sending={sending} />
      {sent ? (
        <div className="notice ok" role="status">
          <b>{t('people.new-password.sent')}</b> {t('people.new-password.sent.means')}
        </div>
      ) : null}
      <div className="acts">
        <Button kind="main" type="submit" busy={sending.state === 'sending'}>
          {sending.state === 'sending' ? t('common.sending') : t('people.new-password.ask')}
        </Button>
      </div>
    </form>
  );
}

function SetPassword({token}: {token: string}) {
  const t = useTranslate();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (password.length < shortestPassword) return focusFirstWrong(event.currentTarget);
    if (!(await send(() => ask('POST', '/api/auth/reset-password', {token, newPassword: password})))) return;
    notify({what: t('people.new-password.done'), tone: 'ok', consequential: true});
    navigate('/sign-in');
  }

  return (
    <form className="form" noValidate onSubmit={event => void submit(event)}>
      <Field
        label={t('people.new-password')}
        hint={t('people.password.hint', {count: shortestPassword})}
        type="password"
        autoComplete="new-password"
        dir="ltr"
        value={password}
        onChange={setPassword}
        wrong={
          tried && password.length < shortestPassword
            ? t('people.password.short', {count: shortestPassword})
            : undefined
        }
      />
      <SendFailed sending={sending} />
      <div className="acts">
        <Button kind="main" type="submit" busy={sending.state === 'sending'}>
          {sending.state === 'sending' ? t('common.sending') : t('people.new-password.set')}
        </Button>
      </div>
    </form>
  );
}
