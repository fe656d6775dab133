import {useTranslate} from '../lib/language.tsx';
import {NoticeArea} from '../ui/notice-area.tsx';

export function NoticeFoot() {
  const t = useTranslate();
  return (
    <NoticeArea labels={{area: t('common.notices'), dismiss: t('common.dismiss'), pause: t('common.keep-showing')}} />
  );
}
