import {lazy, Suspense, useRef, useState, type SubmitEvent} from 'react';
import type {Finding} from '@plenary/ledger/judge';
import type {LedgerKeys} from '@plenary/protocol/api/ledger';
import {ask} from '../../lib/http.ts';
import {useTranslate} from '../../lib/language.tsx';
import {SendFailed} from '../../lib/send-failed.tsx';
import {useSend} from '../../lib/use-send.ts';
import {Button} from '../../ui/button.tsx';
import {DropPlace} from '../../ui/drop-place.tsx';
import {Wait} from '../../ui/page.tsx';

const Findings = lazy(async () => ({default: (await import('./findings.tsx')).Findings}));

/** Checks in the page itself what somebody pastes, chooses or drops; only the public keys are asked for. */
export function VerifyPanel() {
  const t = useTranslate();
  const [pasted, setPasted] = useState('');
  const [nothing, setNothing] = useState(false);
  const [findings, setFindings] = useState<readonly Finding[] | null>(null);
  const [sending, send] = useSend();
  const files = useRef<readonly File[]>([]);

  async function check(): Promise<void> {
    const given = await Promise.all(
      files.current.map(async file => ({name: file.name, bytes: new Uint8Array(await file.arrayBuffer())})),
    );
    const text = pasted.trim();
    const all = text ? [...given, {name: null, bytes: new TextEncoder().encode(text)}] : given;
    setNothing(all.length === 0);
    setFindings(null);
    if (all.length === 0) return;
    await send(async () => {
      const [{judge}, {keys}] = await Promise.all([
        import('@plenary/ledger/judge'),
        ask<LedgerKeys>('GET', '/api/ledger/keys'),
      ]);
      setFindings(judge(all, keys));
    });
  }

  function take(chosen: FileList | null): void {
    files.current = [...(chosen ?? [])];
    if (files.current.length > 0) void check();
  }

  return (
    <section className="sec">
      <header>
        <h2>{t('ledger.verify')}</h2>
      </header>
      <p className="sub">{t('verifier.lead')}</p>
      <DropPlace className="drop-place" onFiles={take}>
        <form
          className="ver"
          noValidate
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            void check();
          }}
        >
          <label htmlFor="verify-files">{t('verifier.files')}</label>
          <input
            id="verify-files"
            type="file"
            multiple
            aria-describedby="verify-drop"
            onChange={event => take(event.target.files)}
          />
          <p className="meta" id="verify-drop">
            {t('verifier.drop')}
          </p>
          <label htmlFor="verify-text">{t('verifier.input')}</label>
          <textarea
            id="verify-text"
            rows={3}
            spellCheck={false}
            dir="ltr"
            value={pasted}
            onChange={event => setPasted(event.target.value)}
          />
          <Button kind="main" type="submit" busy={sending.state === 'sending'}>
            {t('verifier.check')}
          </Button>
        </form>
      </DropPlace>
      {nothing ? (
        <p className="notice warn" role="status">
          {t('verifier.nothing')}
        </p>
      ) : null}
      <SendFailed sending={sending} />
      {findings ? (
        <Suspense fallback={<Wait>{t('verifier.working')}</Wait>}>
          <Findings findings={findings} />
        </Suspense>
      ) : null}
    </section>
  );
}
