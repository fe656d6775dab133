import {lazy, Suspense, type ReactNode} from 'react';
import {Link, usePlace} from './router.tsx';
import {Button} from '../ui/button.tsx';
import {ErrorText, Page, Wait} from '../ui/page.tsx';
import {useTranslate} from './language.tsx';
import type {Loaded} from './use-load.ts';

const KeptPapers = lazy(() =>
  import('./kept-papers.tsx').then(
    ({KeptPapers}) => ({default: KeptPapers}),
    // It is not on the device either.
    () => ({default: () => null}),
  ),
);

/** A page that stands on one answer of the server: it waits in words, and says honestly why there is nothing to show. */
export function LoadedPage<Value>({
  loaded,
  onAgain,
  waiting,
  children,
}: {
  loaded: Loaded<Value>;
  onAgain: () => void;
  waiting: string;
  children: (value: Value) => ReactNode;
}) {
  const t = useTranslate();
  const {pathname} = usePlace();
  switch (loaded.state) {
    case 'ready':
      return children(loaded.value);
    case 'loading':
      return (
        <Page title={t('common.name')}>
          <Wait>{waiting}</Wait>
        </Page>
      );
    case 'unreachable':
      return (
        <Page title={t('common.title', {page: t('common.unreachable')})}>
          <ErrorText
            what={t('common.unreachable')}
            means={t('common.unreachable.means')}
            acts={<Button onClick={onAgain}>{t('common.again')}</Button>}
          />
          <Suspense fallback={null}>
            <KeptPapers />
          </Suspense>
        </Page>
      );
    case 'refused': {
      const {code, message} = loaded.refusal;
      if (code === 'sign-in.required') return <SignInFirst back={pathname} />;
      const lost = code === 'not-found';
      return (
        <Page title={t('common.title', {page: lost ? t('common.not-found') : message})}>
          <ErrorText
            what={lost ? t('common.not-found') : message}
            means={lost ? t('common.not-found.means') : undefined}
            code={code}
            acts={<Link to="/">{t('common.to-front')}</Link>}
          />
        </Page>
      );
    }
  }
}

/** The way in and back, for a page that needs to know who reads it. */
export function SignInFirst({back}: {back: string}) {
  const t = useTranslate();
  return (
    <Page title={t('common.title', {page: t('common.sign-in')})}>
      <ErrorText
        what={t('common.sign-in-first')}
        means={t('common.sign-in-first.means')}
        acts={
          <Link className="btn main" to={`/sign-in?next=${encodeURIComponent(back)}`}>
            {t('common.sign-in')}
          </Link>
        }
      />
    </Page>
  );
}

export function NotYours() {
  const t = useTranslate();
  return (
    <Page title={t('common.title', {page: t('common.not-yours')})}>
      <ErrorText what={t('common.not-yours')} acts={<Link to="/">{t('common.to-front')}</Link>} />
    </Page>
  );
}
