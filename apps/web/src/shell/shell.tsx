import {Suspense, type ReactNode} from 'react';
import {Link, usePlace} from '../lib/router.tsx';
import {useReader, useTranslate} from '../lib/language.tsx';
import {useMe} from '../lib/member.tsx';
import {chooseLanguage} from '../lib/choose-language.ts';
import {LanguageBar} from '../ui/language-bar.tsx';
import {Masthead} from '../ui/masthead.tsx';
import {SkipLink, Wait} from '../ui/page.tsx';
import {Who} from '../ui/who.tsx';
import {ErrorBoundary} from './error-boundary.tsx';
import {SignOutButton} from './sign-out.tsx';
import {ThemeChoice} from './theme-choice.tsx';

/** What stands around every page but the paper's. */
export function Shell({children}: {children: ReactNode}) {
  const {translate: t, language} = useReader();
  const {pathname} = usePlace();
  return (
    <>
      <SkipLink>{t('common.skip')}</SkipLink>
      <Masthead
        name={t('common.name')}
        navLabel={t('common.nav')}
        places={[
          {
            to: '/',
            label: t('common.nav.consultations'),
            current: pathname === '/' || pathname.startsWith('/consultations'),
          },
          {
            to: '/sessions',
            label: t('common.nav.sessions'),
            current: pathname === '/sessions' || pathname.startsWith('/sessions/'),
          },
          {to: '/ledger', label: t('common.nav.ledger'), current: pathname.startsWith('/ledger')},
          {
            to: '/organisations',
            label: t('common.nav.organisations'),
            current: pathname.startsWith('/organisations'),
          },
        ]}
        languages={<LanguageBar label={t('common.language')} current={language} onChoose={chooseLanguage} />}
        account={<Account />}
      />
      <Frame>{children}</Frame>
      <footer className="foot">
        <div className="page">
          <ThemeChoice />
          <span className="meta">{t('common.foot')}</span>
        </div>
      </footer>
    </>
  );
}

/** The page alone, with what is said while its code is on the way and when it fails. */
export function Frame({children}: {children: ReactNode}) {
  const t = useTranslate();
  const {key} = usePlace();
  return (
    <ErrorBoundary place={key}>
      <Suspense
        fallback={
          <main id="main" className="page" tabIndex={-1}>
            <Wait>{t('common.loading')}</Wait>
          </main>
        }
      >
        {children}
      </Suspense>
    </ErrorBoundary>
  );
}

function Account() {
  const t = useTranslate();
  const {member} = useMe();
  const {pathname} = usePlace();
  if (!member) {
    const back = pathname === '/' || pathname.startsWith('/sign-') ? '' : `?next=${encodeURIComponent(pathname)}`;
    return (
      <Link className="btn" to={`/sign-in${back}`}>
        {t('common.sign-in')}
      </Link>
    );
  }
  return (
    <>
      <Link to="/account" title={t('common.account')}>
        <Who name={member.handle} />
        <span className="vh">{t('common.account')}: </span>
        <bdi>{member.handle}</bdi>
      </Link>
      <SignOutButton member={member} />
    </>
  );
}
