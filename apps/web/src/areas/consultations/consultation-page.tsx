import {Link, useParams} from '../../lib/router.tsx';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import {useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Empty, Page} from '../../ui/page.tsx';
import {OrganisationsChart} from './organisations-chart.tsx';
import {PaperRow} from './paper-row.tsx';
import {PhaseLine} from './phase-line.tsx';
import {SessionList} from './session-list.tsx';
import './consultations.css';

export function ConsultationPage() {
  const t = useTranslate();
  const {slug = ''} = useParams();
  const [loaded, again] = useLoad<ConsultationDetails>(`/api/consultations/${encodeURIComponent(slug)}`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('consultations.loading')}>
      {consultation => <Consultation consultation={consultation} />}
    </LoadedPage>
  );
}

function Consultation({consultation}: {consultation: ConsultationDetails}) {
  const t = useTranslate();
  const {slug, title, mandate, paperList, organisationList, you} = consultation;
  const here = `/consultations/${slug}`;
  return (
    <Page title={t('common.title', {page: title})}>
      <div className="head">
        <p className="meta">
          <Link to="/">{t('common.nav.consultations')}</Link>
        </p>
        <h1>
          <bdi>{title}</bdi>
        </h1>
        <p className="sub">
          {t(`consultations.you.${you.role === 'follower' ? 'follower' : 'member'}`, {
            role: t(`words.role.${you.role}`),
          })}
        </p>
      </div>
      <section aria-label={t('consultations.phases')}>
        <PhaseLine phase={consultation.phase} endsAt={consultation.phaseEndsAt} />
      </section>
      {mandate ? (
        <p className="lead" dir="auto">
          {mandate}
        </p>
      ) : null}
      <div className="cols">
        <section className="sec">
          <header>
            <h2>{t('consultations.papers')}</h2>
            {you.mayCreatePapers ? (
              <Link className="btn end" to={`${here}/papers/new`}>
                {t('consultations.new-paper')}
              </Link>
            ) : null}
          </header>
          {paperList.length === 0 ? (
            <Empty
              what={t('consultations.papers.empty')}
              fills={t(you.mayCreatePapers ? 'consultations.papers.empty.yours' : 'consultations.papers.empty.fills')}
            />
          ) : (
            <ul className="rows">
              {paperList.map(paper => (
                <PaperRow key={paper.id} paper={paper} role={you.role} />
              ))}
            </ul>
          )}
        </section>
        <aside aria-label={t('consultations.organisations')}>
          <SessionList consultation={consultation} />
          <section className="sec">
            <header>
              <h2>{t('consultations.organisations.count', {count: organisationList.length})}</h2>
              {you.mayInvite ? (
                <Link className="end" to={`${here}/people`}>
                  {t('consultations.people')}
                </Link>
              ) : null}
            </header>
            <OrganisationsChart organisations={organisationList} />
          </section>
        </aside>
      </div>
    </Page>
  );
}
