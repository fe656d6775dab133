import type {OfferedText} from '@plenary/client/device';
import {handOver} from '../../lib/files.ts';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';

/** Words that are not in the paper, with what their writer can do about it. */
export function OfferedList({
  offered,
  paper,
  onDismiss,
}: {
  offered: readonly OfferedText[];
  /** Names the file. */
  paper: string;
  onDismiss: (id: string) => void;
}) {
  const t = useTranslate();
  const shown = offered.filter(({text}) => text.trim() !== '');
  if (shown.length === 0) return null;
  return (
    <section className="notice warn offered" aria-labelledby="offered-title">
      <h2 id="offered-title">{t('papers.offered.title', {count: shown.length})}</h2>
      <p className="sub">{t('papers.offered.explain')}</p>
      <ul>
        {shown.map(({id, sentence, text}) => (
          <li key={id}>
            <p>{sentence}</p>
            <blockquote className="text" dir="auto">
              {text}
            </blockquote>
            <p className="acts">
              <button
                type="button"
                onClick={() => {
                  void navigator.clipboard
                    .writeText(text)
                    .then(() => notify({what: t('papers.save.copied'), tone: 'ok'}));
                }}
              >
                {t('papers.offered.copy')}
              </button>
              <button
                type="button"
                onClick={() => handOver({name: `${paper}.txt`, content: new Blob([text, '\n'], {type: 'text/plain'})})}
              >
                {t('papers.offered.download')}
              </button>
              <button type="button" className="quiet" onClick={() => onDismiss(id)}>
                {t('papers.offered.dismiss')}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
