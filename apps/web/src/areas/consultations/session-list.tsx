import type {ConsultationDetails} from '@plenary/protocol/api/people';
import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {hourHere, momentOf} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';
import {Link} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';

const shownAtMost = 4;

/** The meetings of a consultation: those that are on or come, the next first; closed ones only while nothing comes. */
export function SessionList({consultation}: {consultation: ConsultationDetails}) {
  const {translate: t, language} = useReader();
  const [loaded] = useLoad<{sessions: SessionSummary[]}>(`/api/sessions?consultation=${consultation.slug}`);
  const {role} = consultation.you;
  const all = loaded.state === 'ready' ? loaded.value.sessions : [];
  const ahead = all.filter(({life}) => life !== 'closed').sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const closed = all.filter(({life}) => life === 'closed').sort((a, b) => b.startsAt.localeCompare(a.startsAt));
  const shown = [...ahead, ...closed].slice(0, shownAtMost);
  return (
    <section className="sec">
      <header>
        <h2>{t('consultations.sessions')}</h2>
        {role === 'chair' || role === 'secretariat' ? (
          <Link className="btn end" to={`/consultations/${consultation.slug}/sessions/new`}>
            {t('consultations.new-session')}
          </Link>
        ) : null}
      </header>
      {loaded.state === 'ready' && shown.length === 0 ? (
        <p className="sub">{t('consultations.sessions.none')}</p>
      ) : null}
      <ul className="rows">
        {shown.map(({id, slug, title, life, startsAt}) => {
          const here = hourHere(startsAt, language);
          return (
            <li key={id}>
              <Link className="title" to={`/sessions/${slug}`}>
                <bdi>{title}</bdi>
              </Link>{' '}
              <span className={life === 'open' ? 'tag live' : 'tag'}>{t(`consultations.session.${life}`)}</span>
              <p className="meta">
                <time dateTime={startsAt}>{momentOf(startsAt, language)}</time>
                {here ? ` · ${t('consultations.session.here', {time: here})}` : null}
              </p>
            </li>
          );
        })}
      </ul>
      {all.length > 0 ? (
        <p className="acts">
          <Link to="/sessions">{t('consultations.sessions.all')}</Link>
          <a href={`/api/consultations/${consultation.slug}/calendar.ics`}>{t('consultations.sessions.calendar')}</a>
        </p>
      ) : null}
    </section>
  );
}
