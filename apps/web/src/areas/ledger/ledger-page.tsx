import {Sentence, useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {Page} from '../../ui/page.tsx';
import {ActTable} from './act-table.tsx';
import {CheckpointPanel} from './checkpoint-panel.tsx';
import {LatestActs} from './latest-acts.tsx';
import './ledger.css';
import {VerifyPanel} from './verify-panel.tsx';

export function LedgerPage() {
  const t = useTranslate();
  const {member} = useMe();
  return (
    <Page title={t('common.title', {page: t('common.nav.ledger')})}>
      <div className="head">
        <h1>{t('ledger.heading')}</h1>
        <p className="lead">{t('ledger.lead')}</p>
      </div>
      <div className="lcols">
        <div>
          <LatestActs />
          {member ? <OwnActs /> : null}
        </div>
        <aside>
          <VerifyPanel />
          <CheckpointPanel />
          <WithoutUs />
        </aside>
      </div>
    </Page>
  );
}

function OwnActs() {
  const t = useTranslate();
  return (
    <section className="sec" id="mine">
      <header>
        <h2>{t('ledger.mine')}</h2>
        <span className="end">
          <a href="/api/me/receipts" download="plenary-receipts.json">
            {t('ledger.mine.all')}
          </a>
        </span>
      </header>
      <p className="sub">{t('ledger.mine.lead')}</p>
      <ActTable path="/api/me/acts" own empty={t('ledger.mine.empty')} />
    </section>
  );
}

const saved = {
  verifier: (words: string) => (
    <a href="/api/ledger/verifier" download="plenary-verifier.html">
      {words}
    </a>
  ),
  log: (words: string) => (
    <a href="/api/ledger/log" download="plenary-log.jsonl">
      {words}
    </a>
  ),
};

function WithoutUs() {
  const t = useTranslate();
  return (
    <section className="sec">
      <header>
        <h2>{t('ledger.without-us')}</h2>
      </header>
      <p className="sub">
        <Sentence id="ledger.without-us.text" tags={saved} />
      </p>
    </section>
  );
}
