import {lazy, Suspense} from 'react';
import type {LedgerEntryJson} from '@plenary/protocol/api/ledger';
import {hourHere, momentOf} from '../../lib/dates.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {Link, useParams} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Page, Wait} from '../../ui/page.tsx';
import {actWords, spacedHash} from './act-words.ts';
import {Doer, PlaceLink} from './doer.tsx';
import './ledger.css';

const EntryCheck = lazy(async () => ({default: (await import('./entry-check.tsx')).EntryCheck}));

/** One act with its proof, by an address that stays. */
export function EntryPage() {
  const t = useTranslate();
  const {index = ''} = useParams();
  const [loaded, again] = useLoad<LedgerEntryJson>(`/api/ledger/entries/${encodeURIComponent(index)}`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('ledger.loading')}>
      {entry => <Entry key={entry.index} entry={entry} />}
    </LoadedPage>
  );
}

function Entry({entry}: {entry: LedgerEntryJson}) {
  const {translate: t, language} = useReader();
  const {index, leafHash, act, leaf} = entry;
  const shown = new Intl.NumberFormat(language).format(index);
  const title = t('ledger.entry', {index: shown});
  const here = act ? hourHere(act.at, language) : null;
  return (
    <Page title={t('common.title', {page: title})}>
      <div className="head">
        <p className="meta">
          <Link to="/ledger">{t('ledger.entry.back')}</Link>
        </p>
        <h1>{title}</h1>
        <p className="lead">{act ? actWords(act, leaf, t) : t('ledger.hidden')}</p>
      </div>
      <dl className="dl entry">
        {act ? (
          <>
            <dt>{t('ledger.entry.when')}</dt>
            <dd>
              <time dateTime={act.at}>{momentOf(act.at, language)}</time>
              {here ? ` (${here})` : null}
            </dd>
            <dt>{t('ledger.entry.where')}</dt>
            <dd>
              <PlaceLink place={act.place} />
            </dd>
            <dt>{t('ledger.entry.who')}</dt>
            <dd>
              <Doer entry={entry} />
            </dd>
          </>
        ) : null}
        <dt>{t('ledger.leaf')}</dt>
        <dd>
          <span className="sym">{spacedHash(leafHash)}</span>
        </dd>
      </dl>
      <div className="acts go">
        {leaf ? (
          <a
            className="btn main"
            href={`/api/ledger/receipt?index=${index}`}
            download={`plenary-receipt-${index}.json`}
          >
            {t('ledger.receipt')}
          </a>
        ) : null}
        {index > 0 ? <Link to={`/ledger/${index - 1}`}>{t('ledger.entry.older')}</Link> : null}
        <Link to={`/ledger/${index + 1}`}>{t('ledger.entry.newer')}</Link>
      </div>
      <div className="checked">
        <Suspense fallback={<Wait>{t('verifier.working')}</Wait>}>
          <EntryCheck entry={entry} />
        </Suspense>
      </div>
      {leaf ? (
        <section className="sec">
          <header>
            <h2>{t('ledger.entry.made-of')}</h2>
          </header>
          <dl className="dl">
            <dt>{t('ledger.entry.salt')}</dt>
            <dd>
              <span className="sym">{spacedHash(leaf.salt)}</span>
            </dd>
          </dl>
          <pre className="leaf" dir="ltr">
            {JSON.stringify(leaf.content, null, 2)}
          </pre>
        </section>
      ) : null}
    </Page>
  );
}
