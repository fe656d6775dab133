import {useMemo} from 'react';
import type {Comparison} from '@plenary/paper/compare/compare';
import {useTranslate} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {Empty} from '../../ui/page.tsx';
import {countsOf, labelled} from './compared.ts';
import {ComparedRow} from './compared-row.tsx';
import {useChanges} from './use-changes.ts';
import {useWide} from './use-wide.ts';

export type View = 'inline' | 'beside';

const views = ['inline', 'beside'] as const satisfies readonly View[];

/** Both texts in full, with the way from change to change. Beside each other only where there is room for two. */
export function ComparedTexts({
  rows,
  language,
  view,
  onView,
}: {
  rows: Comparison;
  language: string;
  view: View;
  onView: (view: View) => void;
}) {
  const t = useTranslate();
  const isWide = useWide();
  const all = useMemo(() => labelled(rows, language), [rows, language]);
  const counts = useMemo(() => countsOf(rows), [rows]);
  const count = all.filter(({change}) => change > 0).length;
  const {current, step, place} = useChanges(count);
  const isBeside = isWide && view === 'beside';
  return (
    <>
      <div className="walk">
        <p>
          <b>{t('revisions.comparison.count', {count})}</b>
          {count > 0 ? <span className="sub"> {t('revisions.comparison.counts', {...counts})}</span> : null}
        </p>
        {count > 0 ? (
          <p className="acts">
            <Button onClick={() => step(-1)} aria-keyshortcuts="Alt+ArrowUp">
              {t('revisions.comparison.previous')}
            </Button>
            <Button onClick={() => step(1)} aria-keyshortcuts="Alt+ArrowDown">
              {t('revisions.comparison.next')}
            </Button>
            <span className="meta num" role="status">
              {current > 0 ? t('revisions.comparison.at', {number: current, count}) : ''}
            </span>
            <span className="meta keys-hint">
              {t('revisions.comparison.keys', {next: '\u2066Alt ↓\u2069', previous: '\u2066Alt ↑\u2069'})}
            </span>
          </p>
        ) : null}
        <div className="acts views" role="group" aria-label={t('revisions.comparison.view')}>
          {isWide
            ? views.map(one => (
                <Button key={one} aria-pressed={view === one} onClick={() => onView(one)}>
                  {t(`revisions.comparison.${one}`)}
                </Button>
              ))
            : null}
          <Button onClick={() => print()}>{t('revisions.comparison.print')}</Button>
        </div>
      </div>
      {count === 0 ? (
        <Empty what={t('revisions.comparison.same')} fills={t('revisions.comparison.same.fills')} />
      ) : (
        <ol className={isBeside ? 'texts beside' : 'texts'} aria-label={t('revisions.comparison.text')}>
          {all.map(one => (
            <ComparedRow
              key={`${one.row.from} ${one.row.to}`}
              labelled={one}
              language={language}
              isBeside={isBeside}
              isCurrent={current > 0 && one.change === current}
              place={place(one.change)}
            />
          ))}
        </ol>
      )}
    </>
  );
}
