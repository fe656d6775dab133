import type {LedgerEntryJson} from '@plenary/protocol/api/ledger';
import {dayOf} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import {Empty, Wait} from '../../ui/page.tsx';
import {actWords, shortHash} from './act-words.ts';
import {Doer, PlaceLink} from './doer.tsx';
import {useActs} from './use-acts.ts';

/** Acts from the newest on; `own` adds their receipts and leaves out who did them. */
export function ActTable({
  path,
  own = false,
  empty,
  fills,
}: {
  path: string;
  own?: boolean;
  empty: string;
  fills?: string;
}) {
  const {translate: t} = useReader();
  const {loaded, busy, again, showMore} = useActs(path);
  if (loaded.state === 'loading') return <Wait>{t('ledger.loading')}</Wait>;
  if (loaded.state !== 'ready') return <LoadFailed loaded={loaded} onAgain={again} />;
  const {entries, more} = loaded.value;
  if (entries.length === 0) return <Empty what={empty} fills={fills} />;
  return (
    <>
      <table className="log">
        <thead>
          <tr>
            <th scope="col">{t('ledger.no')}</th>
            <th scope="col">{t('ledger.when')}</th>
            <th scope="col">{t('ledger.act')}</th>
            <th scope="col">{own ? t('ledger.receipt') : t('ledger.leaf')}</th>
            <th scope="col">
              <span className="vh">{t('ledger.check')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(entry => (
            <ActRow key={entry.index} entry={entry} own={own} />
          ))}
        </tbody>
      </table>
      <div className="acts go">
        {more ? (
          <Button busy={busy} onClick={showMore}>
            {t('ledger.more')}
          </Button>
        ) : null}
        <span className="sub" role="status">
          {t('ledger.shown', {count: entries.length})}
        </span>
      </div>
    </>
  );
}

function ActRow({entry, own}: {entry: LedgerEntryJson; own: boolean}) {
  const {translate: t, language} = useReader();
  const {index, leafHash, act, leaf} = entry;
  const shown = new Intl.NumberFormat(language).format(index);
  return (
    <tr>
      <td className="num">{shown}</td>
      <td>{act ? <Moment at={act.at} /> : '–'}</td>
      <td>
        {act ? actWords(act, leaf, t) : <span className="closed">{t('ledger.hidden')}</span>}
        {act?.yours && !own ? <span className="tag">{t('ledger.yours')}</span> : null}
        {act ? (
          <span className="sub">
            <PlaceLink place={act.place} />
            {own ? null : (
              <>
                {' · '}
                <Doer entry={entry} />
              </>
            )}
          </span>
        ) : null}
      </td>
      <td>
        {own ? (
          <a
            href={`/api/ledger/receipt?index=${index}`}
            download={`plenary-receipt-${index}.json`}
            aria-label={t('ledger.receipt.of', {index: shown})}
          >
            {t('ledger.receipt')}
          </a>
        ) : (
          <span className="sym">{shortHash(leafHash)}</span>
        )}
      </td>
      <td>
        <Link to={`/ledger/${index}`} aria-label={t('ledger.check.of', {index: shown})}>
          {t('ledger.check')}
        </Link>
      </td>
    </tr>
  );
}

/** The hour of what was today, and the day of what was not. */
function Moment({at}: {at: string}) {
  const {language} = useReader();
  const isToday = at.slice(0, 10) === new Date().toISOString().slice(0, 10);
  return <time dateTime={at}>{isToday ? at.slice(11, 19) : dayOf(at, language)}</time>;
}
