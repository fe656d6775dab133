import {useState} from 'react';
import type {ConsultationJson} from '@plenary/protocol/api/people';
import type {PaperSummary} from '@plenary/protocol/api/papers';
import {useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Page} from '../../ui/page.tsx';
import {ConsultationRows} from './consultation-rows.tsx';
import {Specimen} from './specimen.tsx';
import {TryIt} from './try-it.tsx';
import './front.css';

/** Papers that the world reads with names; the one that a stranger may watch best comes first. */
function worthWatching(papers: readonly PaperSummary[]): PaperSummary | undefined {
  const open = papers.filter(({publication}) => publication === 'public' || publication === 'public-text');
  const live = open.filter(({mode}) => mode === 'open');
  return [...(live.length > 0 ? live : open)].sort((a, b) => b.changedAt.localeCompare(a.changedAt))[0];
}

export function FrontPage() {
  const t = useTranslate();
  const {member} = useMe();
  const [consultations, againConsultations] = useLoad<{consultations: ConsultationJson[]}>('/api/consultations');
  const [papers] = useLoad<{papers: PaperSummary[]}>('/api/papers');
  const [noSpecimen, setNoSpecimen] = useState(false);
  const paper = papers.state === 'ready' ? worthWatching(papers.value.papers) : undefined;
  return (
    <Page title={t('common.name.long')} className="front">
      <section className="page hero">
        <div>
          <h1>{t('front.headline')}</h1>
          <p className="lead-in">{t('front.lead')}</p>
          <TryIt follow={paper ? `/read/${paper.slug}` : null} />
        </div>
        {paper && !noSpecimen ? <Specimen paper={paper} onNothing={() => setNoSpecimen(true)} /> : null}
      </section>
      <div className="page">
        <ConsultationRows
          loaded={consultations}
          onAgain={againConsultations}
          mayCreate={member?.instanceSecretariat ?? false}
        />
        <section className="sec">
          <header>
            <h2>{t('front.hold')}</h2>
          </header>
          <div className="three">
            {(['names', 'saved', 'open'] as const).map(promise => (
              <div key={promise}>
                <h3>{t(`front.hold.${promise}`)}</h3>
                <p>{t(`front.hold.${promise}.means`)}</p>
              </div>
            ))}
          </div>
        </section>
      </div>
    </Page>
  );
}
