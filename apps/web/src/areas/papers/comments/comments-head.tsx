import type {ReactNode} from 'react';
import type {CommentJson} from '@plenary/protocol/api/comments';
import {useReader} from '../../../lib/language.tsx';
import {Button} from '../../../ui/button.tsx';
import {Select} from '../../../ui/field.tsx';
import type {CommentsState} from './comment-store.ts';
import {organisationsIn, type CommentFilter} from './filter.ts';

interface CommentsHeadProps {
  readonly state: CommentsState;
  readonly filter: CommentFilter;
  /** How many fit it. */
  readonly shown: number;
  readonly onFilter: (filter: CommentFilter) => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly detached: readonly CommentJson[];
  readonly onText: readonly CommentJson[];
  readonly thread: (comment: CommentJson) => ReactNode;
  /** A comment on the whole text that is being written. */
  readonly form: ReactNode;
}

/** Which comments are shown, and those that stand on no words: detached ones first. */
export function CommentsHead(props: CommentsHeadProps) {
  const {state, filter, shown, onFilter, onStep, detached, onText, thread, form} = props;
  const {translate: t} = useReader();
  const organisations = organisationsIn(state.comments);
  return (
    <section className="comments-head" aria-labelledby="comments-title">
      <h2 id="comments-title">{t('comments.title')}</h2>
      {state.isStale && (
        <p className="notice warn" role="status">
          {t('comments.lost')}
        </p>
      )}
      {state.comments.length > 0 && (
        <details>
          <summary>
            {t('comments.filter')}: {t(`comments.filter.${filter.state}`)}
            {filter.whose !== 'anyone' && `, ${t(`comments.filter.${filter.whose}`)}`}
          </summary>
          <Select
            label={t('comments.filter')}
            value={filter.state}
            options={(['open', 'resolved', 'all'] as const).map(value => ({
              value,
              label: t(`comments.filter.${value}`),
            }))}
            onChange={value => onFilter({...filter, state: value})}
          />
          <Select
            label={t('comments.filter.whose')}
            value={filter.whose}
            options={(['anyone', 'mine', 'mentions'] as const).map(value => ({
              value,
              label: t(`comments.filter.${value}`),
            }))}
            onChange={whose => onFilter({...filter, whose})}
          />
          {organisations.length > 0 && (
            <Select
              label={t('comments.filter.organisation')}
              value={filter.organisation}
              options={[
                {value: '', label: t('comments.filter.any')},
                ...organisations.map(({id, name}) => ({value: id, label: name})),
              ]}
              onChange={organisation => onFilter({...filter, organisation})}
            />
          )}
        </details>
      )}
      {shown > 1 && (
        <p className="acts">
          <Button kind="quiet" onClick={() => onStep(-1)}>
            {t('comments.previous')}
          </Button>
          <Button kind="quiet" onClick={() => onStep(1)}>
            {t('comments.next')}
          </Button>
        </p>
      )}
      {state.isLoaded && state.comments.length === 0 && !form && (
        <p className="sub">
          {t('comments.none')} {state.you.mayComment && t('comments.none.hint')}
        </p>
      )}
      {state.comments.length > 0 && shown === 0 && <p className="sub">{t('comments.none.filtered')}</p>}
      {state.hidden > 0 && <p className="sub">{t('comments.hidden.count', {count: state.hidden})}</p>}
      {detached.length > 0 && (
        <section aria-labelledby="detached-title" className="detached">
          <h3 id="detached-title">{t('comments.detached')}</h3>
          <p className="sub">{t('comments.detached.explain')}</p>
          {detached.map(thread)}
        </section>
      )}
      {(onText.length > 0 || form) && (
        <section aria-labelledby="on-text-title">
          <h3 id="on-text-title">{t('comments.on.text')}</h3>
          {form}
          {onText.map(thread)}
        </section>
      )}
    </section>
  );
}
