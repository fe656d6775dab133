import {useReader} from '../../lib/language.tsx';
import {useHere} from './here.ts';
import {HiddenCount, HiddenText, HideButton} from './hide.tsx';
import {hourWords} from './hours.ts';

/** What was announced, the latest first, and how much is hidden. */
export function Announcements() {
  const {language, translate: t} = useReader();
  const {state, naming} = useHere();
  return (
    <section className="sec" aria-labelledby="h-an">
      <header>
        <h2 id="h-an">{t('sessions.announcements')}</h2>
      </header>
      {state.announcements.length === 0 ? <p className="sub">{t('sessions.announcements.none')}</p> : null}
      <ul className="rows announced">
        {state.announcements.toReversed().map(({text, at, by}) => (
          <li key={text}>
            <p dir="auto">{naming.text(text) ?? <HiddenText id={text} />}</p>
            <p className="meta">
              <time dateTime={new Date(at).toISOString()}>
                {by === null
                  ? hourWords(at, language, t)
                  : t('sessions.announcement.by', {time: hourWords(at, language, t), name: naming.person(by)})}
              </time>{' '}
              <HideButton id={text} />
            </p>
          </li>
        ))}
      </ul>
      <HiddenCount />
    </section>
  );
}
