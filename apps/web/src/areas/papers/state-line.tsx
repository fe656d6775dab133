import type {PaperDetails} from '@plenary/protocol/api/papers';
import {shownHandle} from '../../lib/handle.ts';
import {useReader} from '../../lib/language.tsx';
import {chooseLanguage} from '../../lib/choose-language.ts';
import {momentOf} from '../../lib/dates.ts';
import {Button} from '../../ui/button.tsx';
import {LanguageBar} from '../../ui/language-bar.tsx';

const shapes = {
  unlisted: 'policy shut',
  closed: 'policy shut',
  participants: 'policy',
  'public-text': 'policy open',
  public: 'policy open',
  embargo: 'policy soon',
} as const satisfies Record<PaperDetails['publication'], string>;

/** Who may read and who may write, always in the same place and in words; the chair changes it here. */
export function StateLine({paper, onPreside}: {paper: PaperDetails; onPreside?: () => void}) {
  const {language, translate: t} = useReader();
  const {mode, publication, embargoUntil, presided} = paper;
  const until = embargoUntil ? momentOf(embargoUntil, language) : 'none';
  return (
    <section className="state" aria-label={t('papers.who-may')}>
      <p className={shapes[publication]}>
        <b>{t(`words.publication.${publication}`)}</b>{' '}
        <span>{t(`words.publication.${publication}.sentence`, {until})}</span>
      </p>
      <p>
        <b>{t(`words.mode.${mode}`)}</b> <span className="sub">{t(`words.mode.${mode}.sentence`)}</span>{' '}
        {presided && (
          <span className="meta">
            {t('papers.presided', {handle: shownHandle(presided.handle, t), time: momentOf(presided.at, language)})}
          </span>
        )}
      </p>
      {onPreside && <Button onClick={onPreside}>{t('papers.preside')}</Button>}
      <span className="end">
        <LanguageBar label={t('papers.language')} current={language} onChoose={chooseLanguage} />
      </span>
    </section>
  );
}
