import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {Link} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Empty, Page} from '../../ui/page.tsx';
import {SessionRow} from './session-row.tsx';
import './sessions.css';

/** `/sessions`: what meets today, what comes, what was. */
export function SessionsPage() {
  const t = useTranslate();
  const [loaded, again] = useLoad<{sessions: SessionSummary[]}>('/api/sessions');
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('sessions.loading')}>
      {({sessions}) => (
        <Page title={t('common.title', {page: t('sessions.title')})}>
          <div className="head">
            <h1>{t('sessions.title')}</h1>
            <p className="sub">{t('sessions.lead')}</p>
            <PlanLinks />
          </div>
          {sessions.length === 0 ? (
            <Empty what={t('sessions.none')} fills={t('sessions.none.fills')} />
          ) : (
            <Sections sessions={sessions} />
          )}
        </Page>
      )}
    </LoadedPage>
  );
}

/** Where the reader may plan one. */
function PlanLinks() {
  const t = useTranslate();
  const {member} = useMe();
  const mine = (member?.mandates ?? []).filter(({role}) => role === 'chair' || role === 'secretariat');
  if (mine.length === 0) return null;
  return (
    <p className="acts">
      {mine.map(({consultation}) => (
        <Link className="btn" key={consultation.id} to={`/consultations/${consultation.slug}/sessions/new`}>
          {mine.length === 1 ? t('sessions.new') : t('sessions.none.chair', {consultation: consultation.title})}
        </Link>
      ))}
    </p>
  );
}

function Sections({sessions}: {sessions: readonly SessionSummary[]}) {
  const t = useTranslate();
  const now = Date.now();
  const today = new Date(now).toDateString();
  const isToday = ({life, startsAt}: SessionSummary) =>
    life === 'open' || life === 'suspended' || (life === 'planned' && new Date(startsAt).toDateString() === today);
  const begins = ({startsAt}: SessionSummary) => Date.parse(startsAt);
  const current = sessions.filter(isToday).sort((a, b) => begins(a) - begins(b));
  const others = sessions.filter(session => !isToday(session));
  const coming = others
    .filter(session => session.life === 'planned' && begins(session) >= now)
    .sort((a, b) => begins(a) - begins(b));
  const past = others.filter(session => !coming.includes(session)).sort((a, b) => begins(b) - begins(a));
  return (
    <>
      <Section heading={t('sessions.today')} sessions={current} none={t('sessions.today.none')} />
      {coming.length > 0 ? <Section heading={t('sessions.coming')} sessions={coming} /> : null}
      {past.length > 0 ? <Section heading={t('sessions.past')} sessions={past} /> : null}
    </>
  );
}

function Section({heading, sessions, none}: {heading: string; sessions: readonly SessionSummary[]; none?: string}) {
  return (
    <section className="sec">
      <header>
        <h2>{heading}</h2>
      </header>
      {sessions.length === 0 ? <p className="sub">{none}</p> : null}
      <ul className="rows">
        {sessions.map(session => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}
