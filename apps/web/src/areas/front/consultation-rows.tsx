import {Link} from '../../lib/router.tsx';
import type {ConsultationJson} from '@plenary/protocol/api/people';
import {dayOf} from '../../lib/dates.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import type {Loaded} from '../../lib/use-load.ts';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {Empty, Wait} from '../../ui/page.tsx';

/** What is open first; what is adopted stays to be read. */
export function ConsultationRows({
  loaded,
  onAgain,
  mayCreate,
}: {
  loaded: Loaded<{consultations: ConsultationJson[]}>;
  onAgain: () => void;
  mayCreate: boolean;
}) {
  const t = useTranslate();
  const all = loaded.state === 'ready' ? loaded.value.consultations : [];
  const open = all.filter(({phase}) => phase !== 'adopted');
  const adopted = all.filter(({phase}) => phase === 'adopted');
  const create = mayCreate ? (
    <Link className="end" to="/consultations/new">
      {t('front.new-consultation')}
    </Link>
  ) : null;
  return (
    <>
      <section className="sec" id="open">
        <header>
          <h2>{t('front.open')}</h2>
          {create}
        </header>
        {loaded.state === 'loading' ? <Wait>{t('front.open.loading')}</Wait> : null}
        {loaded.state === 'refused' || loaded.state === 'unreachable' ? (
          <LoadFailed loaded={loaded} onAgain={onAgain} />
        ) : null}
        {loaded.state === 'ready' && open.length === 0 ? (
          <Empty what={t('front.open.empty')} fills={t('front.open.empty.fills')} />
        ) : null}
        <Rows consultations={open} />
      </section>
      {adopted.length > 0 ? (
        <section className="sec">
          <header>
            <h2>{t('front.adopted')}</h2>
          </header>
          <Rows consultations={adopted} />
        </section>
      ) : null}
    </>
  );
}

function Rows({consultations}: {consultations: readonly ConsultationJson[]}) {
  const {translate: t, language} = useReader();
  return (
    <ul className="rows">
      {consultations.map(({slug, title, phase, phaseEndsAt, organisations, papers, mandate}) => (
        <li className="row" key={slug}>
          <div className="when">
            <b>{t(`words.phase.${phase}`)}</b>
            {phaseEndsAt ? <span className="meta">{t('front.until', {day: dayOf(phaseEndsAt, language)})}</span> : null}
          </div>
          <div>
            <Link className="title" to={`/consultations/${slug}`}>
              <bdi>{title}</bdi>
            </Link>
            <p className="sub" dir="auto">
              {mandate}
            </p>
            <p className="meta">
              {new Intl.ListFormat(language, {type: 'conjunction', style: 'narrow'}).format([
                t('front.organisations', {count: organisations}),
                t('front.papers', {count: papers}),
              ])}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
