import {useState} from 'react';
import type {ConsultationDetails, ConsultationJson} from '@plenary/protocol/api/people';
import {useTranslate} from '../../lib/language.tsx';
import {useQuery} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {ActTable} from './act-table.tsx';

/** The newest acts, of everything or of one consultation or paper; what is chosen stands in the address. */
export function LatestActs() {
  const t = useTranslate();
  const query = useQuery();
  const [consultation, setConsultation] = useState(query.get('consultation') ?? '');
  const [paper, setPaper] = useState(query.get('paper') ?? '');

  function choose(of: string, one: string): void {
    setConsultation(of);
    setPaper(one);
    const chosen = new URLSearchParams({...(of && {consultation: of}), ...(one && {paper: one})}).toString();
    history.replaceState(null, '', chosen ? `/ledger?${chosen}` : '/ledger');
  }

  const filter = new URLSearchParams(paper ? {paper} : consultation ? {consultation} : {}).toString();
  return (
    <section className="sec">
      <header>
        <h2>{t('ledger.latest')}</h2>
      </header>
      <div className="filt">
        <Consultations chosen={consultation} onChoose={of => choose(of, '')} />
        {consultation ? (
          <Papers key={consultation} of={consultation} chosen={paper} onChoose={one => choose(consultation, one)} />
        ) : null}
      </div>
      <ActTable
        path={`/api/ledger/entries${filter ? `?${filter}` : ''}`}
        empty={t('ledger.empty')}
        fills={t('ledger.empty.fills')}
      />
    </section>
  );
}

function Consultations({chosen, onChoose}: {chosen: string; onChoose: (slug: string) => void}) {
  const t = useTranslate();
  const [loaded] = useLoad<{consultations: ConsultationJson[]}>('/api/consultations');
  const known = loaded.state === 'ready' ? loaded.value.consultations : [];
  return <Filter label={t('ledger.filter.consultation')} chosen={chosen} options={known} onChoose={onChoose} />;
}

function Papers({of, chosen, onChoose}: {of: string; chosen: string; onChoose: (slug: string) => void}) {
  const t = useTranslate();
  const [loaded] = useLoad<ConsultationDetails>(`/api/consultations/${encodeURIComponent(of)}`);
  const known = loaded.state === 'ready' ? loaded.value.paperList.filter(({mayRead}) => mayRead) : [];
  return <Filter label={t('ledger.filter.paper')} chosen={chosen} options={known} onChoose={onChoose} />;
}

function Filter({
  label,
  chosen,
  options,
  onChoose,
}: {
  label: string;
  chosen: string;
  options: readonly {readonly slug: string; readonly title: string}[];
  onChoose: (slug: string) => void;
}) {
  const t = useTranslate();
  return (
    <label>
      {label}
      <select value={chosen} onChange={event => onChoose(event.target.value)}>
        <option value="">{t('ledger.filter.all')}</option>
        {options.map(({slug, title}) => (
          <option key={slug} value={slug}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
