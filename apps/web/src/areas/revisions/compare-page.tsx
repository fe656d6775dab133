import type {Comparison} from '@plenary/paper/compare/compare';
import type {ComparisonAnswer, RevisionList} from '@plenary/protocol/api/revisions';
import {useTranslate} from '../../lib/language.tsx';
import {LoadFailed} from '../../lib/load-failed.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {Link, navigate, useParams, useQuery} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Select} from '../../ui/field.tsx';
import {Empty, Page, Wait} from '../../ui/page.tsx';
import {ComparedTexts, type View} from './compared-texts.tsx';
import {compareAddress, nameOf} from './revision-name.ts';
import './revisions.css';

type Answer = Omit<ComparisonAnswer, 'rows'> & {readonly rows: Comparison};

/** In the list of what to compare with; no symbol looks like it. */
const workingText = '';

/** `/papers/<paper>/compare?from=&to=`: what changed between two revisions, or since one. */
export function ComparePage() {
  const t = useTranslate();
  const {paper: key = ''} = useParams();
  const [loaded, again] = useLoad<RevisionList>(`/api/papers/${encodeURIComponent(key)}/revisions`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('revisions.loading')}>
      {list => <Chosen list={list} />}
    </LoadedPage>
  );
}

function Chosen({list}: {list: RevisionList}) {
  const t = useTranslate();
  const query = useQuery();
  const {paper, revisions} = list;
  const find = (key: string | null) => revisions.find(({id, symbol}) => key !== null && (key === id || key === symbol));
  const from = find(query.get('from')) ?? revisions[0];
  const asked = query.get('to');
  const to = find(asked)?.id ?? asked ?? workingText;
  const view: View = query.get('view') === 'beside' ? 'beside' : 'inline';
  const go = (next: {from?: string; to?: string; view?: View}): void => {
    const chosen = {from: from?.id ?? '', to, view, ...next};
    const address = compareAddress(paper.slug, chosen.from, chosen.to === workingText ? null : chosen.to);
    navigate(chosen.view === 'beside' ? `${address}&view=beside` : address);
  };
  const options = revisions.map(revision => ({value: revision.id, label: nameOf(revision)}));
  return (
    <Page
      title={t('common.title', {page: t('revisions.comparison.of', {title: paper.title})})}
      className="page compare"
    >
      <div className="head">
        <p className="meta">
          <Link to={`/papers/${paper.slug}/revisions`}>{t('revisions.of', {title: `\u2068${paper.title}\u2069`})}</Link>
        </p>
        <h1>{t('revisions.comparison')}</h1>
      </div>
      {from ? (
        <>
          <div className="pair">
            <Select
              label={t('revisions.comparison.from')}
              value={from.id}
              options={options}
              onChange={id => go({from: id})}
            />
            <Select
              label={t('revisions.comparison.to')}
              value={to}
              options={[{value: workingText, label: t('revisions.working')}, ...options]}
              onChange={id => go({to: id})}
            />
          </div>
          <Compared
            slug={paper.slug}
            from={from.id}
            to={to === workingText ? null : to}
            view={view}
            onView={one => go({view: one})}
          />
        </>
      ) : (
        <Empty
          what={t('revisions.comparison.none')}
          fills={t('revisions.empty')}
          acts={<Link to={`/papers/${paper.slug}/revisions`}>{t('revisions.title')}</Link>}
        />
      )}
    </Page>
  );
}

function Compared({
  slug,
  from,
  to,
  view,
  onView,
}: {
  slug: string;
  from: string;
  to: string | null;
  view: View;
  onView: (view: View) => void;
}) {
  const t = useTranslate();
  const query = new URLSearchParams({from, ...(to === null ? {} : {to})});
  const [loaded, again] = useLoad<Answer>(`/api/papers/${slug}/compare?${query}`);
  if (loaded.state === 'loading') return <Wait>{t('revisions.comparison.loading')}</Wait>;
  if (loaded.state !== 'ready') return <LoadFailed loaded={loaded} onAgain={again} />;
  const {language, rows} = loaded.value;
  return <ComparedTexts rows={rows} language={language} view={view} onView={onView} />;
}
