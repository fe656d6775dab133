import {useEffect, useRef, type KeyboardEvent, type ReactNode} from 'react';
import type {HidingReason} from '@plenary/domain/comments/comment';
import type {CommentEntryJson, CommentJson} from '@plenary/protocol/api/comments';
import {shownHandle} from '../../../lib/handle.ts';
import {useReader} from '../../../lib/language.tsx';
import {Button} from '../../../ui/button.tsx';
import {CommentEntry} from './comment-entry.tsx';
import type {CommentAct} from './comment-store.ts';

export interface ThreadProps {
  readonly comment: CommentJson;
  readonly me: string;
  readonly isCurrent: boolean;
  /** On a narrow screen all but the current one are a line. */
  readonly isFolded: boolean;
  /** Class of the author's square. */
  readonly square: string;
  readonly mayComment: boolean;
  readonly mayHide: boolean;
  readonly looksAfter: boolean;
  /** It stands on no words any more. */
  readonly isDetached: boolean;
  /** Words are selected. */
  readonly isSelected: boolean;
  /** The answer that is being written. */
  readonly answer: ReactNode;
  /** The form in place of an entry of one's own that is being edited. */
  readonly renderEditing: (entry: string) => ReactNode;
  readonly onReply: () => void;
  readonly onEdit: (entry: CommentEntryJson) => void;
  readonly onAct: (act: CommentAct) => void;
  readonly onAttach: () => void;
  /** It is looked at now. */
  readonly onCurrent: () => void;
  readonly onWords: () => void;
  readonly onLeave: () => void;
}

/** A comment with its answers. */
export function CommentThread(props: ThreadProps) {
  const {comment, me, isCurrent, isFolded, square, mayComment, mayHide, looksAfter, isDetached, isSelected} = props;
  const {onReply, onEdit, onAct, onAttach, onCurrent, onWords, onLeave} = props;
  const {translate: t} = useReader();
  const [first, ...replies] = comment.entries;
  if (!first) return null;
  const handle = shownHandle(first.by.handle, t);
  const href = `#comment-${comment.id}`;
  const acts = (entry: typeof first) => ({
    entry,
    href,
    mayEdit: isCurrent && mayComment && !comment.resolved && entry.by.id === me,
    mayWithdraw: isCurrent && entry.by.id === me,
    mayHide: isCurrent && mayHide,
    editing: props.renderEditing(entry.id),
    onEdit: () => onEdit(entry),
    onWithdraw: () => onAct({act: 'withdraw', entry: entry.id}),
    onHide: (reason: HidingReason) => onAct({act: 'hide', entry: entry.id, reason}),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onLeave();
  };
  if (isFolded) {
    return (
      <button type="button" className="quiet folded" aria-expanded={false} onClick={onCurrent}>
        {t('comments.folded', {count: comment.entries.length, handle})}
      </button>
    );
  }
  return (
    // Its keys are those of a group: Escape leads back to the words.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      id={`comment-${comment.id}`}
      className={isCurrent ? 'th on' : 'th'}
      aria-label={t('comments.thread', {handle})}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={onCurrent}
      onMouseDown={onCurrent}
    >
      {isDetached && comment.anchor.on !== 'text' && <Quote comment={comment} />}
      {!isDetached && comment.anchor.on === 'gap' && <p className="meta">{t('comments.on-gap')}</p>}
      {!isDetached && comment.anchor.on === 'paragraph' && <p className="meta">{t('comments.on-paragraph')}</p>}
      <CommentEntry {...acts(first)} square={square} />
      {replies.map(entry => (
        <div className="rep" key={entry.id}>
          <CommentEntry {...acts(entry)} />
        </div>
      ))}
      {comment.resolved && (
        <p className="meta">{t('comments.resolved-by', {handle: shownHandle(comment.resolved.by.handle, t)})}</p>
      )}
      {props.answer}
      <p className="acts">
        {mayComment && !comment.resolved && !props.answer && (
          <Button kind="quiet" onClick={onReply}>
            {t('comments.reply')}
          </Button>
        )}
        {looksAfter && (
          <Button kind="quiet" onClick={() => onAct({act: comment.resolved ? 'reopen' : 'resolve'})}>
            {comment.resolved ? t('comments.reopen') : t('comments.resolve')}
          </Button>
        )}
        {isDetached && looksAfter && comment.anchor.on !== 'text' && (
          <Button onMouseDown={event => event.preventDefault()} onClick={onAttach}>
            {t('comments.attach')}
          </Button>
        )}
        {isCurrent && !isDetached && comment.anchor.on !== 'text' && (
          <Button kind="quiet" onClick={onWords}>
            {t('comments.to-words')}
          </Button>
        )}
        {isCurrent && !isDetached && looksAfter && isSelected && (
          <Button kind="quiet" onMouseDown={event => event.preventDefault()} onClick={onAttach}>
            {t('comments.attach.selected')}
          </Button>
        )}
      </p>
    </article>
  );
}

/** The words that a detached comment stood on. */
function Quote({comment: {anchor}}: {comment: CommentJson}) {
  const exact =
    anchor.on === 'words'
      ? anchor.quote.exact
      : anchor.on === 'paragraph'
        ? anchor.paragraph.quote.exact
        : anchor.on === 'gap'
          ? (anchor.above?.quote.exact ?? anchor.below?.quote.exact ?? '')
          : '';
  if (exact === '') return null;
  return (
    <blockquote className="quoted" dir="auto">
      {exact.length > 200 ? `${exact.slice(0, 200)}…` : exact}
    </blockquote>
  );
}

/** Says how high it is, whenever that changes. */
export function Measured({
  id,
  children,
  onHeight,
}: {
  id: string;
  children: ReactNode;
  onHeight: (id: string, height: number, element: HTMLElement | null) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const heard = useRef(onHeight);
  heard.current = onHeight;
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const tell = () => heard.current(id, element.offsetHeight, element);
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    tell();
    return () => {
      observer.disconnect();
      heard.current(id, 0, null);
    };
  }, [id]);
  return (
    <div ref={place} className="measured">
      {children}
    </div>
  );
}
