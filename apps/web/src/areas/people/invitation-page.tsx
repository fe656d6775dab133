import {Link, useParams} from '../../lib/router.tsx';
import type {InvitationJson} from '@plenary/protocol/api/people';
import {momentOf} from '../../lib/dates.ts';
import {ask} from '../../lib/http.ts';
import {useReader} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {ErrorText, Page} from '../../ui/page.tsx';

export function InvitationPage() {
  const {translate: t} = useReader();
  const {token = ''} = useParams();
  const [loaded, again] = useLoad<InvitationJson>(`/api/invitations/${encodeURIComponent(token)}`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('people.invitation.loading')}>
      {invitation => <Invitation token={token} invitation={invitation} />}
    </LoadedPage>
  );
}

function Invitation({token, invitation}: {token: string; invitation: InvitationJson}) {
  const {translate: t, language} = useReader();
  const {member} = useMe();
  const [sending, send] = useSend();
  const {role, organisation, consultation, state, expiresAt} = invitation;
  const here = `/invitations/${token}`;
  const title = t('common.title', {page: t('people.invitation')});
  const home = consultation ? `/consultations/${consultation.slug}` : '/';

  if (state !== 'open')
    return (
      <Page title={title}>
        <ErrorText
          what={t(state === 'used' ? 'people.invitation.used' : 'people.invitation.expired')}
          means={t('people.invitation.ask-again')}
          acts={<Link to={home}>{consultation ? consultation.title : t('common.to-front')}</Link>}
        />
      </Page>
    );

  const accept = () =>
    send(async () => {
      await ask('POST', `/api/invitations/${encodeURIComponent(token)}/accept`, {});
      // The rights are new: the page comes again with them.
      location.assign(home);
    });

  return (
    <Page title={title}>
      <div className="head">
        <p className="meta">{t('people.invitation')}</p>
        <h1>{consultation ? <bdi>{consultation.title}</bdi> : t('people.invitation.instance')}</h1>
        <p className="lead">
          {consultation
            ? t('people.invitation.to', {role: t(`words.role.${role}`)})
            : t('people.invitation.instance.means')}
        </p>
      </div>
      <dl className="dl">
        <dt>{t('people.role')}</dt>
        <dd>{t(`words.role.${role}`)}</dd>
        {organisation ? (
          <>
            <dt>{t('people.organisation')}</dt>
            <dd>
              <bdi>{organisation.name}</bdi>
            </dd>
          </>
        ) : null}
        <dt>{t('people.invitation.until')}</dt>
        <dd>
          <time dateTime={expiresAt}>{momentOf(expiresAt, language)}</time>
        </dd>
      </dl>
      {member ? (
        <div className="form">
          <p className="sub">{t('people.invitation.as', {handle: member.handle})}</p>
          <SendFailed sending={sending} />
          <div className="acts">
            <Button kind="main" big busy={sending.state === 'sending'} onClick={() => void accept()}>
              {t('people.invitation.accept')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="form">
          <p className="sub">{t('people.invitation.sign-in-first')}</p>
          <div className="acts">
            <Link className="btn main big" to={`/sign-up?next=${encodeURIComponent(here)}`}>
              {t('common.sign-up')}
            </Link>
            <Link className="btn big" to={`/sign-in?next=${encodeURIComponent(here)}`}>
              {t('common.sign-in')}
            </Link>
          </div>
        </div>
      )}
    </Page>
  );
}
