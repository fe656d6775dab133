import {lazy, Suspense, useState} from 'react';
import type {UnsentWork} from '@plenary/client/device';
import {ask} from '../lib/http.ts';
import {useTranslate} from '../lib/language.tsx';
import type {SignedIn} from '../lib/member.tsx';
import {notify} from '../lib/notices.ts';
import {leaveDevice, setShared} from '../lib/this-device.ts';
import {useSend} from '../lib/use-send.ts';
import {Button} from '../ui/button.tsx';

const UnsentDialog = lazy(async () => ({default: (await import('./unsent-dialog.tsx')).UnsentDialog}));

/** Signs out, after naming what the device still holds and the server does not. */
export function SignOutButton({member}: {member: SignedIn}) {
  const t = useTranslate();
  const [unsent, setUnsent] = useState<UnsentWork[]>([]);
  const [sending, send] = useSend();

  async function leave(keepDevice: boolean): Promise<void> {
    const done = await send(async () => {
      await ask('POST', '/api/auth/sign-out', {});
      const {announceSignIn} = await import('@plenary/client/sign-in');
      // Rooms of this member close in every window before their texts leave the device.
      announceSignIn(null);
      await leaveDevice(member.id, keepDevice);
      setShared(false);
    });
    if (done) location.assign('/');
    else notify({what: t('common.sign-out.failed'), means: t('common.unreachable.means'), tone: 'danger'});
  }

  async function signOut(): Promise<void> {
    const {hasUnsentWork} = await import('@plenary/client/device');
    const work = await hasUnsentWork(member.id);
    if (work.length > 0) setUnsent(work);
    else await leave(false);
  }

  return (
    <>
      <Button kind="quiet" busy={sending.state === 'sending'} onClick={() => void signOut()}>
        {t('common.sign-out')}
      </Button>
      {unsent.length > 0 ? (
        <Suspense>
          <UnsentDialog work={unsent} onStay={() => setUnsent([])} onLeave={keep => void leave(keep)} />
        </Suspense>
      ) : null}
    </>
  );
}
