import {useEffect} from 'react';
import {KeptPapers} from '../lib/kept-papers.tsx';
import {useTranslate} from '../lib/language.tsx';
import {Button} from '../ui/button.tsx';
import {ErrorText, Page} from '../ui/page.tsx';

/** In place of a page that cannot be had without the server: what can be opened, and the page itself when it is back. */
export function AwayPage() {
  const t = useTranslate();
  useEffect(() => {
    const look = () => {
      fetch('/readyz', {cache: 'no-store'}).then(
        ({ok}) => ok && location.reload(),
        () => undefined,
      );
    };
    look();
    addEventListener('online', look);
    return () => removeEventListener('online', look);
  }, []);
  return (
    <Page title={t('common.title', {page: t('common.unreachable')})}>
      <ErrorText
        what={t('common.unreachable')}
        means={t('papers.kept.means')}
        acts={<Button onClick={() => location.reload()}>{t('common.again')}</Button>}
      />
      <KeptPapers />
    </Page>
  );
}
