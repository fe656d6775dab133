import {Link} from '../../lib/router.tsx';
import {directionOf} from '@plenary/domain/languages';
import {refuseWriting} from '@plenary/domain/papers/drafting';
import type {ConsultationDetails} from '@plenary/protocol/api/people';
import {dayOf} from '../../lib/dates.ts';
import {useReader} from '../../lib/language.tsx';

type Listed = ConsultationDetails['paperList'][number];

/** A paper with who may read, who may write, and what the reader can do with it. */
export function PaperRow({paper, role}: {paper: Listed; role: ConsultationDetails['you']['role']}) {
  const {translate: t, language} = useReader();
  const {slug, symbol, title, mode, publication, mayRead, changedAt} = paper;
  const mayWrite = mayRead && refuseWriting(mode, role) === null;
  const name = (
    <bdi lang={paper.language} dir={directionOf(paper.language)}>
      {title}
    </bdi>
  );
  return (
    <li className="prow">
      <div>
        {mayRead ? (
          role === 'follower' ? (
            <a className="title" href={`/read/${slug}`}>
              {name}
            </a>
          ) : (
            <Link className="title" to={`/papers/${slug}`}>
              {name}
            </Link>
          )
        ) : (
          <span className="title">{name}</span>
        )}
        <p className="sub">
          {symbol ? (
            <>
              <span className="sym">{symbol}</span>
              {' · '}
            </>
          ) : null}
          {t(`words.mode.${mode}`)}
          {' · '}
          {t(`words.publication.${publication}`)}
        </p>
      </div>
      <p className="meta">
        <time dateTime={changedAt}>{t('consultations.changed', {day: dayOf(changedAt, language)})}</time>
      </p>
      <p className="acts">
        {mayRead ? (
          <a href={`/read/${slug}`} aria-label={t('consultations.read.paper', {title})}>
            {t('consultations.read')}
          </a>
        ) : (
          <span className="meta">{t('consultations.not-open')}</span>
        )}
        {mayRead ? (
          <Link to={`/papers/${slug}/revisions`} aria-label={t('consultations.revisions.paper', {title})}>
            {t('papers.tool.revisions')}
          </Link>
        ) : null}
        {mayWrite ? (
          <Link to={`/papers/${slug}`} aria-label={t('consultations.write.paper', {title})}>
            {t('consultations.write')}
          </Link>
        ) : null}
      </p>
    </li>
  );
}
