import type {CheckpointJson, LedgerKeys} from '@plenary/protocol/api/ledger';
import {dayOf, momentOf} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {notify} from '../../lib/notices.ts';
import {useLoad} from '../../lib/use-load.ts';
import {Button} from '../../ui/button.tsx';
import {spacedHash} from './act-words.ts';

export function CheckpointPanel() {
  const {translate: t} = useReader();
  const [loaded, again] = useLoad<{checkpoint: CheckpointJson | null}>('/api/ledger/checkpoint');
  return (
    <section className="sec">
      <header>
        <h2>{t('ledger.checkpoint')}</h2>
      </header>
      <p className="sub">{t('ledger.checkpoint.lead')}</p>
      {loaded.state === 'refused' || loaded.state === 'unreachable' ? (
        <LoadFailed loaded={loaded} onAgain={again} />
      ) : null}
      {loaded.state === 'ready' && loaded.value.checkpoint ? <Checkpoint checkpoint={loaded.value.checkpoint} /> : null}
      {loaded.state === 'ready' && !loaded.value.checkpoint ? (
        <p className="sub">{t('ledger.checkpoint.none')}</p>
      ) : null}
    </section>
  );
}

function Checkpoint({checkpoint}: {checkpoint: CheckpointJson}) {
  const {translate: t, language} = useReader();
  const [keys] = useLoad<LedgerKeys>('/api/ledger/keys');
  const known = keys.state === 'ready' ? keys.value.keys : [];
  const own = known.find(({id}) => id === checkpoint.key);
  const earlier = known.flatMap(({id, from, to}) => (to === null ? [] : [{id, from, to}]));

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(checkpoint.note);
    notify({what: t('common.copied'), tone: 'ok'});
  }

  return (
    <>
      <dl className="dl">
        <dt>{t('ledger.acts')}</dt>
        <dd className="num">{new Intl.NumberFormat(language).format(checkpoint.size)}</dd>
        <dt>{t('ledger.root')}</dt>
        <dd>
          <span className="sym">{spacedHash(checkpoint.root)}</span>
        </dd>
        <dt>{t('ledger.signed')}</dt>
        <dd>
          <time dateTime={checkpoint.at}>{momentOf(checkpoint.at, language)}</time>
        </dd>
        <dt>{t('ledger.origin')}</dt>
        <dd>
          <span className="sym">{checkpoint.origin}</span>
        </dd>
        <dt>{t('ledger.key')}</dt>
        <dd>
          <span className="sym">{checkpoint.key}</span>
        </dd>
        {own ? (
          <>
            <dt>{t('ledger.key.public')}</dt>
            <dd>
              <span className="sym">{spacedHash(own.publicKey)}</span>
            </dd>
          </>
        ) : null}
        {earlier.length > 0 ? (
          <>
            <dt>{t('ledger.keys.earlier')}</dt>
            {earlier.map(({id, from, to}) => (
              <dd key={id}>{t('ledger.key.served', {id, from: dayOf(from, language), to: dayOf(to, language)})}</dd>
            ))}
          </>
        ) : null}
      </dl>
      <div className="acts go">
        <Button onClick={() => void copy()}>{t('ledger.checkpoint.copy')}</Button>
      </div>
    </>
  );
}
