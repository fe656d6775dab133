import {useEffect, useState} from 'react';
import type {Verdict} from '@plenary/ledger/problem';
import type {CheckpointJson, LedgerEntryJson, LedgerKeys} from '@plenary/protocol/api/ledger';
import {ask, Refused, Unreachable} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import type {Loaded} from '../../lib/use-load.ts';
import {Wait} from '../../ui/page.tsx';
import {checkEntry, type Checked} from './check-entry.ts';
import {Steps} from './findings.tsx';

/** The act's place in the tree, proven in the page itself. */
export function EntryCheck({entry}: {entry: LedgerEntryJson}) {
  const t = useTranslate();
  const [times, setTimes] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<Verdict<Checked>>>({state: 'loading'});
  useEffect(() => {
    let current = true;
    const take = (answer: Loaded<Verdict<Checked>>) => {
      if (current) setLoaded(answer);
    };
    check(entry).then(
      value => take({state: 'ready', value}),
      (error: unknown) => {
        if (error instanceof Refused) take({state: 'refused', refusal: error});
        else if (error instanceof Unreachable) take({state: 'unreachable'});
        else throw error;
      },
    );
    return () => {
      current = false;
    };
  }, [entry, times]);

  if (loaded.state === 'loading') return <Wait>{t('verifier.working')}</Wait>;
  if (loaded.state !== 'ready') return <LoadFailed loaded={loaded} onAgain={() => setTimes(n => n + 1)} />;
  const found = loaded.value;
  if (!found.ok) {
    return (
      <div className="notice danger" role="alert">
        <b>{t('ledger.entry.wrong')}</b> {t(`verifier.problem.${found.problem}`)}
      </div>
    );
  }
  return (
    <>
      <p className="notice ok" role="status">
        <b>{t(entry.leaf ? 'ledger.entry.checked' : 'ledger.entry.checked.hash')}</b>
      </p>
      <section className="sec">
        <header>
          <h2>{t('ledger.entry.proof')}</h2>
        </header>
        <p className="sub">{t('ledger.entry.proof.lead')}</p>
        <Steps leafHash={found.leafHash} steps={found.steps} root={found.root} />
      </section>
    </>
  );
}

async function check(entry: LedgerEntryJson): Promise<Verdict<Checked>> {
  const {index} = entry;
  // Asked without a size, the proof waits for a checkpoint that covers the act.
  await ask('GET', `/api/ledger/proof?index=${index}`);
  const [{checkpoint}, {keys}] = await Promise.all([
    ask<{checkpoint: CheckpointJson | null}>('GET', '/api/ledger/checkpoint'),
    ask<LedgerKeys>('GET', '/api/ledger/keys'),
  ]);
  if (!checkpoint) return {ok: false, problem: 'not-covered'};
  const {proof} = await ask<{proof: string[]}>('GET', `/api/ledger/proof?index=${index}&size=${checkpoint.size}`);
  return checkEntry(entry, checkpoint, proof, keys);
}
