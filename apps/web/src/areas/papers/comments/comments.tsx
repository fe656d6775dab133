import {useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react';
import {createPortal} from 'react-dom';
import type {Present} from '@plenary/client/presence';
import type {CommentKey} from '@plenary/paper/editor/comment-keys';
import type {PaperEditor} from '@plenary/paper/editor/editor';
import type {CommentAnchorJson, CommentJson} from '@plenary/protocol/api/comments';
import {Refused, Unreachable} from '../../../lib/http.ts';
import {useReader} from '../../../lib/language.tsx';
import {notify} from '../../../lib/notices.ts';
import {Button} from '../../../ui/button.tsx';
import {Select} from '../../../ui/field.tsx';
import {CommentForm} from './comment-form.tsx';
import {CommentStore, type CommentAct} from './comment-store.ts';
import {CommentThread, Measured} from './comment-thread.tsx';
import {CommentsHead} from './comments-head.tsx';
import {draftOf, editedEntry, newComment, type Draft} from './drafts.ts';
import {everyOpenOne, fits} from './filter.ts';
import {useColumn} from './use-column.ts';
import {useDrafts} from './use-drafts.ts';
import {useKeyOnceReady} from './use-early-key.ts';
import {useMarks, type Marked} from './use-marks.ts';
import './comments.css';

export interface CommentsProps {
  readonly paper: string;
  readonly member: string;
  readonly editor: PaperEditor;
  readonly presence: readonly Present[];
  /** Goes up when the live connection tells that comments changed. */
  readonly heard: number;
  /** A key that was pressed before this was there. */
  readonly early: CommentKey | null;
  /** Where the toggle stands, where the head and the threads do. */
  readonly places: {readonly bar: HTMLElement; readonly head: HTMLElement; readonly margin: HTMLElement};
}

const threadOf = (hash: string): string | null => /^#comment-([\w-]+)$/.exec(hash)?.[1] ?? null;

/** Everything around the text that comments are: their toggle, their marks in it, their threads beside it. */
export function Comments({paper, member, editor, presence, heard, early, places}: CommentsProps) {
  const {direction, translate: t} = useReader();
  const store = useMemo(() => new CommentStore(paper), [paper]);
  useEffect(() => () => store.close(), [store]);
  useEffect(() => store.refresh(), [store, heard]);
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot);

  const [isShown, setShown] = useState(() => localStorage.getItem('comments') !== 'off');
  const [filter, setFilter] = useState(everyOpenOne);
  const [current, setCurrent] = useState<string | null>(() => threadOf(location.hash));
  /** A thread that is to get the focus once it is there. */
  const [wanted, setWanted] = useState<string | null>(() => threadOf(location.hash));

  /** For those who do not see that the thread has appeared. */
  const [said, setSaid] = useState('');
  const drafts = useDrafts(member, paper, async (name, draft) => {
    const made = await sent(name, draft);
    setSaid(t('comments.sent'));
    setCurrent(made.id);
    setWanted(made.id);
  });
  const making = drafts.drafts[newComment];

  function sent(name: string, draft: Draft): Promise<CommentJson> {
    const entry = editedEntry(name);
    if (name === newComment) return make(draft);
    if (entry === null) return store.reply(name, draft.key, draft.text);
    const thread = state.comments.find(({entries}) => entries.some(({id}) => id === entry));
    // Who edits sees the thread that they edit in.
    return store.act(thread?.id ?? '', {act: 'edit', entry, text: draft.text});
  }

  function make({key, text, anchors, on}: Draft): Promise<CommentJson> {
    const anchor = anchors?.[on ?? 'text'] ?? {on: 'text' as const, revision: null};
    return store.make({key, anchor, text});
  }

  const fitting = useMemo(
    () => state.comments.filter(comment => comment.id === current || fits(comment, filter, member)),
    [state.comments, filter, member, current],
  );
  const draftAnchor = making?.anchors?.[making.on ?? 'text'];
  const marked = useMemo<readonly Marked[]>(() => {
    if (!isShown) return [];
    const threads = fitting.map(({id, anchor}) => ({id, anchor}));
    return draftAnchor ? [...threads, {id: newComment, anchor: draftAnchor}] : threads;
  }, [fitting, draftAnchor, isShown]);
  const marks = useMarks(editor, marked, making ? newComment : current, {
    onComment: () => doKey('comment'),
    onStep: direction => doKey(direction > 0 ? 'next' : 'previous'),
    onPress: id => {
      if (id !== newComment) setCurrent(id);
    },
  });
  // The marks have been drawn by then, so that the comment at the caret is known.
  const doKey = useKeyOnceReady(early, state.isLoaded, key => {
    if (key === 'comment') commentHere();
    else step(key === 'next' ? 1 : -1);
  });
  const isPlaced = (id: string) => {
    const at = marks.placements.get(id)?.at;
    return at !== undefined && at !== 'detached' && at !== 'text';
  };
  const beside = fitting.filter(({id}) => isPlaced(id));
  const detached = fitting.filter(({id}) => marks.placements.get(id)?.at === 'detached');
  const onText = fitting.filter(({anchor}) => anchor.on === 'text');
  // The columns follow the text, what is said in them follows the page.
  useLayoutEffect(() => {
    if (editor.view.isDestroyed) return;
    const {direction} = getComputedStyle(editor.view.dom);
    for (const place of [places.head, places.margin]) place.setAttribute('dir', direction);
  }, [editor, places, marks.version]);
  const column = useColumn(editor, places.margin, marks, making ? newComment : current);

  const show = useCallback((shown: boolean) => {
    setShown(shown);
    localStorage.setItem('comments', shown ? 'on' : 'off');
  }, []);

  function begin(anchors: Draft['anchors'], on: CommentAnchorJson['on']): void {
    show(true);
    drafts.begin(newComment, {anchors: anchors ?? {}, on});
  }

  /** The words that are selected, else the comment at the caret, else the paragraph. */
  function commentHere(): void {
    const [here] = marks.here();
    const anchors = marks.anchorsHere();
    if (here !== undefined && here !== newComment) goToThread(here);
    else if (state.you.mayComment) begin(anchors, anchors.words ? 'words' : anchors.paragraph ? 'paragraph' : 'text');
  }

  function goToThread(id: string): void {
    show(true);
    setCurrent(id);
    setWanted(id);
  }

  /** In the order of the text, those that stand on no words first. */
  function step(direction: 1 | -1): void {
    const order = [...detached, ...onText, ...column.inOrder(beside)];
    if (order.length === 0) return;
    const at = order.findIndex(({id}) => id === current);
    const next = at < 0 ? (direction > 0 ? 0 : order.length - 1) : (at + direction + order.length) % order.length;
    const comment = order[next];
    if (!comment) return;
    marks.reveal(comment.id, false);
    goToThread(comment.id);
  }

  async function act(comment: CommentJson, what: CommentAct): Promise<void> {
    try {
      await store.act(comment.id, what);
    } catch (error) {
      if (error instanceof Refused) notify({what: error.message, tone: 'warn'});
      else if (error instanceof Unreachable) notify({what: t('comments.failed'), tone: 'warn'});
      else throw error;
    }
  }

  function attach(comment: CommentJson): void {
    const {words} = marks.anchorsHere();
    if (words) void act(comment, {act: 'reattach', anchor: words});
    else notify({what: t('comments.attach.hint')});
  }

  useEffect(() => {
    const hear = () => {
      const id = threadOf(location.hash);
      if (id) {
        setCurrent(id);
        setWanted(id);
      }
    };
    addEventListener('hashchange', hear);
    return () => removeEventListener('hashchange', hear);
  }, []);

  // A thread that was asked for gets the focus, and its words come into view, as soon as both are there.
  useEffect(() => {
    if (wanted === null || !isShown) return;
    const element = document.getElementById(`comment-${wanted}`);
    if (!element) return;
    setWanted(null);
    const isBeside = marks.boundsOf(wanted) !== null;
    if (isBeside && threadOf(location.hash) === wanted) marks.reveal(wanted, false);
    element.focus({preventScroll: isBeside});
  }, [wanted, isShown, marks, state]);

  const squareOf = (author: string): string => {
    const colour = presence.find(({member: {id}}) => id === author)?.colour ?? numberOf(author);
    return `p${((colour - 1) % 8) + 1}`;
  };

  const back = (): void => editor.focus();

  function thread(comment: CommentJson, place: 'margin' | 'head') {
    const {you} = state;
    const answer = drafts.drafts[comment.id];
    return (
      <CommentThread
        key={comment.id}
        comment={comment}
        me={member}
        isCurrent={comment.id === current}
        isFolded={place === 'margin' && column.isNarrow && comment.id !== current}
        square={squareOf(comment.entries[0]?.by.id ?? '')}
        mayComment={you.mayComment}
        mayHide={you.mayHide}
        looksAfter={you.looksAfterAll || (you.mayComment && comment.entries[0]?.by.id === member)}
        isDetached={place === 'head'}
        isSelected={marks.isSelected}
        answer={
          answer && (
            <CommentForm
              paper={paper}
              label={t('comments.label.reply')}
              send={t('comments.send.reply')}
              text={answer.text}
              state={drafts.stateOf(comment.id)}
              onText={text => drafts.change(comment.id, {text})}
              onSend={() => drafts.send(comment.id)}
              onDiscard={() => drafts.discard(comment.id)}
              onLeave={back}
            />
          )
        }
        renderEditing={entry => {
          const edit = drafts.drafts[draftOf(entry)];
          return (
            edit && (
              <CommentForm
                paper={paper}
                label={t('comments.edit.label')}
                send={t('comments.edit.send')}
                text={edit.text}
                state={drafts.stateOf(draftOf(entry))}
                onText={text => drafts.change(draftOf(entry), {text})}
                onSend={() => drafts.send(draftOf(entry))}
                onDiscard={() => drafts.discard(draftOf(entry))}
                onLeave={back}
              />
            )
          );
        }}
        onEdit={entry => drafts.begin(draftOf(entry.id), {text: entry.text ?? ''})}
        onReply={() => {
          setCurrent(comment.id);
          drafts.begin(comment.id, {});
        }}
        onAct={what => void act(comment, what)}
        onAttach={() => attach(comment)}
        onCurrent={() => {
          if (comment.id !== current) setCurrent(comment.id);
          if (place === 'margin' && column.isNarrow && comment.id !== current) setWanted(comment.id);
        }}
        onWords={() => marks.reveal(comment.id, true)}
        onLeave={back}
      />
    );
  }

  const form = making && (
    <CommentForm
      paper={paper}
      label={t('comments.label')}
      send={t('comments.send')}
      text={making.text}
      state={drafts.stateOf(newComment)}
      onText={text => drafts.change(newComment, {text})}
      onSend={() => drafts.send(newComment)}
      onDiscard={() => {
        drafts.discard(newComment);
        back();
      }}
      onLeave={back}
    >
      <Select
        label={t('comments.on')}
        value={making.on ?? 'text'}
        options={(['words', 'paragraph', 'gap', 'text'] as const)
          .filter(on => making.anchors?.[on])
          .map(value => ({value, label: t(`comments.on.${value}`)}))}
        onChange={on => drafts.change(newComment, {on})}
      />
    </CommentForm>
  );
  const isFormBeside = form !== undefined && isPlaced(newComment);
  const open = state.comments.filter(({resolved}) => !resolved).length;

  return (
    <>
      {createPortal(
        <>
          {state.you.mayComment && (
            <Button onMouseDown={event => event.preventDefault()} onClick={commentHere}>
              {t('comments.make')}
            </Button>
          )}
          <Button className="tog" aria-expanded={isShown} onClick={() => show(!isShown)}>
            {t('comments.toggle', {count: open})}
          </Button>
        </>,
        places.bar,
      )}
      {isShown &&
        createPortal(
          <div className="column" dir={direction}>
            <p className="vh" role="status">
              {said}
            </p>
            <Measured id="head" onHeight={column.onHead}>
              <CommentsHead
                state={state}
                filter={filter}
                shown={fitting.length}
                onFilter={chosen => {
                  setFilter(chosen);
                  setCurrent(null);
                }}
                onStep={step}
                detached={detached}
                onText={onText}
                thread={comment => thread(comment, 'head')}
                form={isFormBeside ? null : form}
              />
            </Measured>
          </div>,
          places.head,
        )}
      {isShown &&
        createPortal(
          <div className="column" dir={direction}>
            {marks.isSelected && state.you.mayComment && !making && (
              <QuickComment top={column.selectionTop()} label={t('comments.make')} onPress={commentHere} />
            )}
            {isFormBeside && (
              <Measured id={newComment} onHeight={column.onHeight}>
                <div className="th on">{form}</div>
              </Measured>
            )}
            {column.inOrder(beside).map(comment => (
              <Measured key={comment.id} id={comment.id} onHeight={column.onHeight}>
                {thread(comment, 'margin')}
              </Measured>
            ))}
          </div>,
          places.margin,
        )}
    </>
  );
}

/** In the gutter beside what is selected; it covers no words. */
function QuickComment({top, label, onPress}: {top: number | null; label: string; onPress: () => void}) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (top !== null) place.current?.style.setProperty('inset-block-start', `${top}px`);
  }, [top]);
  if (top === null) return null;
  return (
    <div className="quick" ref={place}>
      <Button kind="quiet" onMouseDown={event => event.preventDefault()} onClick={onPress}>
        {label}
      </Button>
    </div>
  );
}

/** The same colour for someone who is not here now, whenever they are looked at. */
function numberOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 8;
  return sum + 1;
}
