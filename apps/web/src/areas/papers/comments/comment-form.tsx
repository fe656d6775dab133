import {useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode} from 'react';
import type {Mentionable} from '@plenary/protocol/api/comments';
import {longestComment} from '@plenary/domain/comments/comment';
import {ask} from '../../../lib/http.ts';
import {useTranslate} from '../../../lib/language.tsx';
import {Button} from '../../../ui/button.tsx';
import type {SendState} from './use-drafts.ts';

interface CommentFormProps {
  readonly paper: string;
  readonly label: string;
  readonly send: string;
  readonly text: string;
  readonly state: SendState;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
  /** Escape: back to the words; what is written stays. */
  readonly onLeave: () => void;
  /** What it stands on, when that can be chosen. */
  readonly children?: ReactNode;
}

const sendKey = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ Enter' : 'Ctrl Enter';

/** Where a comment or an answer is written. */
export function CommentForm(props: CommentFormProps) {
  const {paper, label, send, text, state, onText, onSend, onDiscard, onLeave, children} = props;
  const t = useTranslate();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const mention = useMention(paper, text, area, onText);
  useEffect(() => area.current?.focus({preventScroll: true}), []);

  function onKeyDown(event: KeyboardEvent): void {
    if (mention.onKeyDown(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (text.trim() !== '') onSend();
    }
  }

  return (
    <form
      className="comment-form"
      onSubmit={event => {
        event.preventDefault();
        if (text.trim() !== '') onSend();
      }}
    >
      {children}
      <label htmlFor={id}>{label}</label>
      <textarea
        ref={area}
        id={id}
        dir="auto"
        rows={3}
        value={text}
        maxLength={longestComment}
        aria-describedby={`${id}-hint`}
        aria-autocomplete="list"
        aria-controls={mention.people.length > 0 ? `${id}-people` : undefined}
        aria-activedescendant={mention.people.length > 0 ? `${id}-person-${mention.chosen}` : undefined}
        onChange={event => {
          onText(event.target.value);
          mention.look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={onKeyDown}
        onBlur={mention.close}
      />
      {mention.people.length > 0 && (
        <div className="mentions" role="listbox" id={`${id}-people`} aria-label={t('comments.people')}>
          {mention.people.map((person, place) => (
            <div
              key={person.id}
              id={`${id}-person-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === mention.chosen}
              onMouseDown={event => {
                event.preventDefault();
                mention.take(place);
              }}
            >
              <bdi>{person.handle}</bdi> <span className="meta">{person.organisation}</span>
            </div>
          ))}
        </div>
      )}
      <p className="vh" role="status">
        {mention.isOpen && t('comments.people.found', {count: mention.people.length})}
      </p>
      <p className="meta" id={`${id}-hint`}>
        {t('comments.hint', {key: sendKey})}
      </p>
      {state.is === 'kept' && (
        <p className="notice warn" role="status">
          {t('comments.kept')}
        </p>
      )}
      {state.is === 'refused' && (
        <p className="wrong" role="alert">
          {state.sentence}
        </p>
      )}
      <p className="acts">
        <Button kind="main" type="submit" busy={state.is === 'sending'}>
          {state.is === 'sending' ? t('comments.sending') : state.is === 'kept' ? t('comments.again') : send}
        </Button>
        <Button kind="quiet" onClick={onDiscard}>
          {t('comments.discard')}
        </Button>
      </p>
    </form>
  );
}

type People = Mentionable['people'];
const nobody: People = [];

/** Completes `@` and the beginning of a handle. */
function useMention(
  paper: string,
  text: string,
  area: React.RefObject<HTMLTextAreaElement | null>,
  onText: (text: string) => void,
) {
  const [open, setOpen] = useState<{from: number; to: number; begins: string} | null>(null);
  const [people, setPeople] = useState<People>(nobody);
  const [chosen, setChosen] = useState(0);
  const begins = open?.begins;
  useEffect(() => {
    if (begins === undefined) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const path = `/api/papers/${paper}/comments/people?begins=${encodeURIComponent(begins)}`;
      ask<Mentionable>('GET', path, undefined, controller.signal).then(
        found => {
          setPeople(found.people);
          setChosen(0);
        },
        // Without an answer the handle is typed to its end.
        () => undefined,
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [paper, begins]);

  function close(): void {
    setOpen(null);
    setPeople(nobody);
  }

  function take(place: number): void {
    const person = people[place];
    if (!open || !person) return;
    const before = `${text.slice(0, open.from)}@${person.handle} `;
    onText(before + text.slice(open.to));
    close();
    requestAnimationFrame(() => area.current?.setSelectionRange(before.length, before.length));
  }

  return {
    people,
    chosen,
    isOpen: open !== null,
    close,
    take,
    look(now: string, caret: number): void {
      const match = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}\p{M}_.-]{0,40})$/u.exec(now.slice(0, caret));
      if (!match) close();
      else setOpen({from: caret - (match[1]?.length ?? 0) - 1, to: caret, begins: match[1] ?? ''});
    },
    /** True when the key was for the list. */
    onKeyDown(event: KeyboardEvent): boolean {
      if (people.length === 0) return false;
      if (event.key === 'ArrowDown') setChosen((chosen + 1) % people.length);
      else if (event.key === 'ArrowUp') setChosen((chosen + people.length - 1) % people.length);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') take(chosen);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
