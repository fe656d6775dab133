import type {RevisionSummary} from '@plenary/protocol/api/revisions';
import {dateOf, momentHere} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import {byline, compareAddress, readAddress, textAddress} from './revision-name.ts';

interface RevisionRowProps {
  readonly revision: RevisionSummary;
  /** The one issued before. */
  readonly before: RevisionSummary | null;
  readonly slug: string;
  readonly onRestore?: () => void;
}

/** One revision: how it is cited, when it was issued, how to check it, and what to do with it. */
export function RevisionRow({revision, before, slug, onRestore}: RevisionRowProps) {
  const {translate: t, language} = useReader();
  const {id, kind, symbol, title, sha256, issuedAt} = revision;
  const here = momentHere(issuedAt, language);
  const by = byline(t, revision);
  return (
    <li className={kind === 'kept' ? 'revision kept' : 'revision'}>
      <div className="which">
        <a className="title" href={readAddress(slug, id)}>
          <bdi>{title}</bdi>
        </a>
        <span className="sym" dir="ltr">
          {symbol}
        </span>
      </div>
      <p className="sub">
        <time dateTime={issuedAt}>{dateOf(issuedAt, language)}</time>
        {here === null ? null : <> ({t('revisions.here', {time: here})})</>}
        {by === null ? null : (
          <>
            {' · '}
            <bdi>{by}</bdi>
          </>
        )}
      </p>
      {kind === 'kept' ? <p className="sub">{t('revisions.kept.explain')}</p> : null}
      <p className="meta hash">
        SHA-256 <code dir="ltr">{sha256}</code>
      </p>
      <Check slug={slug} id={id} />
      <p className="acts">
        <a href={readAddress(slug, id)} aria-label={t('revisions.read.one', {symbol})}>
          {t('revisions.read')}
        </a>
        <a href={textAddress(slug, id)} aria-label={t('revisions.text.one', {symbol})}>
          {t('revisions.text')}
        </a>
        {before ? (
          <Link to={compareAddress(slug, before.id, id)}>{t('revisions.since', {symbol: before.symbol})}</Link>
        ) : null}
        <Link to={compareAddress(slug, id, null)}>{t('revisions.compare.working', {symbol})}</Link>
        {onRestore ? (
          <Button kind="quiet" aria-label={t('revisions.restore.one', {symbol})} onClick={onRestore}>
            {t('revisions.restore')}
          </Button>
        ) : null}
      </p>
    </li>
  );
}

/** The line that anyone types to see for themselves. */
function Check({slug, id}: {slug: string; id: string}) {
  const {translate: t} = useReader();
  const command = `curl -s '${location.origin}${textAddress(slug, id)}' | sha256sum`;
  return (
    <details className="check">
      <summary>{t('revisions.check')}</summary>
      <p className="sub">{t('revisions.check.explain')}</p>
      <p className="once">
        <code dir="ltr">{command}</code>
        <Button
          onClick={() => {
            void navigator.clipboard
              .writeText(command)
              .then(() => notify({what: t('revisions.check.copied'), tone: 'ok'}));
          }}
        >
          {t('revisions.check.copy')}
        </Button>
      </p>
    </details>
  );
}
