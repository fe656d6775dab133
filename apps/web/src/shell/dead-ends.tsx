import {Link} from '../lib/router.tsx';
import {useTranslate} from '../lib/language.tsx';
import {ErrorText, Page} from '../ui/page.tsx';

export function NotFoundPage() {
  const t = useTranslate();
  return (
    <Page title={t('common.title', {page: t('common.not-found')})}>
      <ErrorText
        what={t('common.not-found')}
        means={t('common.not-found.means')}
        acts={<Link to="/">{t('common.to-front')}</Link>}
      />
    </Page>
  );
}
