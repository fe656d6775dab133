import {useCallback, useState} from 'react';
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

/** Papers that the world reads. What may change before one's eyes comes first, and what bears a symbol before drafts of one's own. */
function worthWatching(papers: readonly PaperSummary[]): PaperSummary[] {
  const rank = ({mode, symbol}: PaperSummary) => (mode === 'open' ? 0 : 2) + (symbol ? 0 : 1);
  return papers
    .filter(({publication}) => publication === 'public' || publication === 'public-text')
    .sort((a, b) => rank(a) - rank(b) || b.changedAt.localeCompare(a.changedAt));
}

export function FrontPage() {
  const t = useTranslate();
  const {member} = useMe();
  const [consultations, againConsultations] = useLoad<{consultations: ConsultationJson[]}>('/api/consultations');
  const [papers] = useLoad<{papers: PaperSummary[]}>('/api/papers');
  // Papers without words yet are passed over.
  const [passed, setPassed] = useState(0);
  const paper = papers.state === 'ready' ? worthWatching(papers.value.papers)[passed] : undefined;
  const passOver = useCallback(() => setPassed(passed => passed + 1), []);
  return (
    <Page title={t('common.name.long')} className="front">
      <section className="page hero">
        <div>
          <h1>{t('front.headline')}</h1>
          <p className="lead-in">{t('front.lead')}</p>
          <TryIt follow={paper ? `/read/${paper.slug}` : null} />
        </div>
        {paper ? <Specimen key={paper.id} paper={paper} onNothing={passOver} /> : null}
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
