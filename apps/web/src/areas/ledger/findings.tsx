import {toHex} from '@plenary/ledger/encoding';
import {spoken, type Finding, type Said} from '@plenary/ledger/judge';
import type {ProofStep} from '@plenary/ledger/merkle';
import {useReader} from '../../lib/language.tsx';

/** What a check has found, in words; loaded together with the check itself. */
export function Findings({findings}: {findings: readonly Finding[]}) {
  const {translate: t, language} = useReader();
  const say = ({id, values}: Said) => t(id, spoken(values, language));
  return findings.map((finding, place) => {
    const {name, tone, what, means, proven} = finding;
    return (
      <div className={`notice ${tone} finding`} role="status" key={`${place} ${name ?? ''}`}>
        {name === null ? null : (
          <p className="meta">
            <bdi>{name}</bdi>
          </p>
        )}
        <p>
          <b>{say(what)}</b>
        </p>
        {means.map(one => (
          <p key={one.id}>{say(one)}</p>
        ))}
        {proven ? (
          <>
            <details>
              <summary>{t('verifier.says')}</summary>
              <pre dir="ltr">{JSON.stringify(proven.leaf, null, 2)}</pre>
            </details>
            <details>
              <summary>{t('verifier.steps', {count: proven.steps.length})}</summary>
              <Steps leafHash={proven.leafHash} steps={proven.steps} root={proven.checkpoint.root} />
            </details>
          </>
        ) : null}
      </div>
    );
  });
}

/** The proof, from the act's own hash to the root that was signed. */
export function Steps({leafHash, steps, root}: {leafHash: Uint8Array; steps: readonly ProofStep[]; root: Uint8Array}) {
  const {translate: t} = useReader();
  return (
    <ol className="steps">
      <li>
        {t('verifier.steps.leaf')} <Hash of={leafHash} />
      </li>
      {steps.map(({side, hash, result}) => (
        <li key={toHex(result)}>
          {t(side === 'before' ? 'verifier.steps.before' : 'verifier.steps.after', {hash: toHex(hash)})}
          <span className="result">
            = <Hash of={result} />
          </span>
        </li>
      ))}
      <li>
        <b>{t('verifier.steps.root')}</b> <Hash of={root} />
      </li>
    </ol>
  );
}

function Hash({of}: {of: Uint8Array}) {
  return (
    <code className="sym" dir="ltr">
      {toHex(of)}
    </code>
  );
}
