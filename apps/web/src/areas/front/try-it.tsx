import {Link} from '../../lib/router.tsx';
import type {Me} from '@plenary/protocol/api/people';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {useSignIn} from '../../lib/use-sign-in.ts';
import {Button} from '../../ui/button.tsx';

/** One click into the demonstration, or the way in for everybody else; and always the way without an account. */
export function TryIt({follow}: {follow: string | null}) {
  const t = useTranslate();
  const {member, demonstration, cast} = useMe();
  const followLink = (
    <a className="btn main big" href={follow ?? '#open'}>
      {t('front.follow')}
    </a>
  );
  if (demonstration && cast.length > 0)
    return (
      <div className="try">
        <Cast cast={cast} />
        <p className="go">{followLink}</p>
        <p className="meta">{t('front.demonstration')}</p>
      </div>
    );
  if (member) return null;
  return (
    <div className="try">
      <p className="go acts">
        {followLink}
        <Link className="btn big" to="/sign-in">
          {t('common.sign-in')}
        </Link>
      </p>
      <p className="meta">{t('front.follow.means')}</p>
    </div>
  );
}

function Cast({cast}: {cast: Me['cast']}) {
  const {translate: t, language} = useReader();
  const {state, signInAs} = useSignIn();
  return (
    <>
      <h2>{t('front.try')}</h2>
      <ul>
        {cast.map(({as, handle, role, constituency}) => (
          <li key={as}>
            <Button
              kind="quiet"
              busy={state.state === 'sending'}
              onClick={() => void signInAs(as, '/papers/joint-statement')}
            >
              <b>
                <bdi>{handle}</bdi>
              </b>{' '}
              <span>
                {constituency
                  ? t('front.try.as', {
                      role: t(`words.role.${role}`),
                      constituency: t(`words.constituency.${constituency}`).toLocaleLowerCase(language),
                    })
                  : t(`words.role.${role}`)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {state.state === 'refused' ? <p className="notice danger">{state.refusal.message}</p> : null}
      {state.state === 'unreachable' ? <p className="notice danger">{t('common.unreachable')}</p> : null}
    </>
  );
}
