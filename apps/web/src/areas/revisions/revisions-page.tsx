import {lazy, Suspense, useState} from 'react';
import {directionOf} from '@plenary/domain/languages';
import type {RevisionList, RevisionSummary} from '@plenary/protocol/api/revisions';
import {useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {useMe} from '../../lib/member.tsx';
import {Link, useParams} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Button} from '../../ui/button.tsx';
import {Empty, Page} from '../../ui/page.tsx';
import {RevisionRow} from './revision-row.tsx';
import './revisions.css';

const IssueDialog = lazy(async () => ({default: (await import('./issue-dialog.tsx')).IssueDialog}));
const RestoreDialog = lazy(async () => ({default: (await import('./restore-dialog.tsx')).RestoreDialog}));

/** `/papers/<paper>/revisions`: what the chair has issued, newest first. */
export function RevisionsPage() {
  const t = useTranslate();
  const {paper: key = ''} = useParams();
  const [loaded, again] = useLoad<RevisionList>(`/api/papers/${encodeURIComponent(key)}/revisions`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('revisions.loading')}>
      {list => <Revisions list={list} onChanged={again} />}
    </LoadedPage>
  );
}

function Revisions({list, onChanged}: {list: RevisionList; onChanged: () => void}) {
  const t = useTranslate();
  const {member} = useMe();
  const [asked, setAsked] = useState<'issue' | RevisionSummary | null>(null);
  const {paper, revisions, you} = list;
  const issued = revisions.filter(({kind}) => kind === 'issued');
  const close = (): void => setAsked(null);
  return (
    <Page title={t('common.title', {page: t('revisions.of', {title: paper.title})})}>
      <div className="head">
        <p className="meta">
          {member ? (
            <Link to={`/papers/${paper.slug}`}>
              <PaperTitle paper={paper} />
            </Link>
          ) : (
            <a href={`/read/${paper.slug}`}>
              <PaperTitle paper={paper} />
            </a>
          )}
        </p>
        <h1>{t('revisions.title')}</h1>
        <p className="lead">{t('revisions.explain')}</p>
        {you.mayIssue || you.mayReadHistory ? (
          <p className="acts go">
            {you.mayIssue ? (
              <Button kind="main" onClick={() => setAsked('issue')}>
                {t('revisions.issue')}
              </Button>
            ) : null}
            {you.mayReadHistory ? <Link to={`/papers/${paper.slug}/history`}>{t('revisions.history')}</Link> : null}
          </p>
        ) : null}
      </div>
      {revisions.length === 0 ? (
        <Empty what={t('revisions.empty')} fills={you.mayIssue ? undefined : t('revisions.empty.fills')} />
      ) : (
        <ol className="rows revisions">
          {revisions.map(revision => (
            <RevisionRow
              key={revision.id}
              revision={revision}
              before={issued.find(({number}) => revision.kind === 'issued' && number === revision.number - 1) ?? null}
              slug={paper.slug}
              {...(you.mayRestore ? {onRestore: () => setAsked(revision)} : {})}
            />
          ))}
        </ol>
      )}
      <Suspense fallback={null}>
        {asked === 'issue' ? (
          <IssueDialog list={list} onIssued={onChanged} onClose={close} />
        ) : asked ? (
          <RestoreDialog paper={paper} revision={asked} onRestored={onChanged} onClose={close} />
        ) : null}
      </Suspense>
    </Page>
  );
}

function PaperTitle({paper}: {paper: RevisionList['paper']}) {
  return (
    <bdi lang={paper.language} dir={directionOf(paper.language)}>
      {paper.title}
    </bdi>
  );
}
