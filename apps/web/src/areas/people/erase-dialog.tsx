import {useState, type SubmitEvent} from 'react';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import type {SignedIn} from '../../lib/member.tsx';
import {leaveDevice} from '../../lib/this-device.ts';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Dialog} from '../../ui/overlays.tsx';

/** Asks once, with what goes and what stays. */
export function EraseDialog({member, onClose}: {member: SignedIn; onClose: () => void}) {
  const t = useTranslate();
  const [handle, setHandle] = useState('');
  const [tried, setTried] = useState(false);
  const [sending, send] = useSend();
  const fits = handle.trim() === member.handle;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!fits) return;
    const done = await send(async () => {
      await ask('POST', '/api/me/erasure', {handle: handle.trim()});
      const {announceSignIn} = await import('@plenary/client/sign-in');
      announceSignIn(null);
      await leaveDevice(member.id);
    });
    if (done) location.assign('/');
  }

  return (
    <Dialog title={t('people.erase.title')} onClose={onClose}>
      <p>{t('people.erase.goes')}</p>
      <p>{t('people.erase.stays')}</p>
      <p>
        <b>{t('people.erase.no-way-back')}</b>
      </p>
      <form noValidate onSubmit={event => void submit(event)}>
        <Field
          label={t('people.erase.handle', {handle: member.handle})}
          autoComplete="off"
          dir="auto"
          value={handle}
          onChange={setHandle}
          wrong={tried && !fits ? t('people.erase.handle.wrong') : undefined}
        />
        <SendFailed sending={sending} />
        <div className="acts">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="grave" type="submit" busy={sending.state === 'sending'}>
            {t('people.erase.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
