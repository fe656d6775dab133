import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {useReader} from '../../lib/language.tsx';
import {Link} from '../../lib/router.tsx';
import {hoursWords} from './hours.ts';

/** A session with its hours, who may follow it, and the ways in. */
export function SessionRow({session}: {session: SessionSummary}) {
  const {language, translate: t} = useReader();
  const {slug, title, life, consultation, publication, zone} = session;
  const times = {startsAt: Date.parse(session.startsAt), endsAt: Date.parse(session.endsAt), zone};
  const [first, ...others] = hoursWords(times, language, t);
  return (
    <li className="srow">
      <p className="when">
        <time dateTime={session.startsAt}>{first}</time>
        {others.map(hours => (
          <span className="meta" key={hours}>
            {hours}
          </span>
        ))}
      </p>
      <div>
        <Link className="title" to={`/sessions/${slug}`}>
          <bdi>{title}</bdi>
        </Link>{' '}
        <span className={life === 'open' ? 'tag live' : 'tag'}>{t(`sessions.life.${life}`)}</span>
        <p className="sub">
          <Link to={`/consultations/${consultation.slug}`}>
            <bdi>{consultation.title}</bdi>
          </Link>
          {' · '}
          {t(`words.publication.${publication}`)}
        </p>
        <p className="acts">
          {life === 'closed' ? (
            <a href={`/sessions/${slug}/minutes`} aria-label={t('sessions.minutes.session', {title})}>
              {t('sessions.minutes')}
            </a>
          ) : (
            <>
              <Link to={`/sessions/${slug}`} aria-label={t('sessions.enter.session', {title})}>
                {t('sessions.enter')}
              </Link>
              <a href={`/follow/${slug}`} aria-label={t('sessions.follow.session', {title})}>
                {t('sessions.follow')}
              </a>
            </>
          )}
          <a href={`/api/sessions/${slug}.ics`}>{t('sessions.calendar')}</a>
        </p>
      </div>
    </li>
  );
}
