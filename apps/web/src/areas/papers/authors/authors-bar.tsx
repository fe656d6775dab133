import {useEffect, useState} from 'react';
import type {AtCaret, PaperEditor} from '@plenary/paper/editor/editor';
import type {Author} from '@plenary/protocol/api/history';
import {handleOf, nameOfAuthor} from '../../../lib/authors.ts';
import {useReader} from '../../../lib/language.tsx';
import {useAuthorship, type AuthorGroup} from './use-authorship.ts';
import './authors.css';

/** Told so long after the pointer or the caret has come to rest, in milliseconds. */
const atRest = 150;

/** Who wrote the words at the pointer or the caret, and on demand who wrote all others: by line and colour, with names. */
export function AuthorsBar({
  paper,
  editor,
  at,
  onClose,
}: {
  paper: string;
  editor: PaperEditor;
  /** Another one whenever the caret has moved. */
  at: AtCaret;
  onClose: () => void;
}) {
  const {translate: t, language} = useReader();
  const [isLined, setLined] = useState(true);
  const {groups, failed, authorAt} = useAuthorship(editor, paper, isLined);
  const [pointed, setPointed] = useState<Author | null>(null);
  const [atCaret, setAtCaret] = useState<Author | null>(null);
  const here = pointed ?? atCaret;

  useEffect(() => {
    const timer = setTimeout(() => setAtCaret(authorAt(editor.view.state.selection.head)), atRest);
    return () => clearTimeout(timer);
  }, [authorAt, editor, at]);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const hear = ({clientX, clientY}: PointerEvent): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const place = editor.view.posAtCoords({left: clientX, top: clientY});
        if (place) setPointed(authorAt(place.pos));
      }, atRest);
    };
    // Whoever goes on by keys means the caret again.
    const forget = (): void => {
      clearTimeout(waiting);
      setPointed(null);
    };
    const {dom} = editor.view;
    dom.addEventListener('pointermove', hear);
    dom.addEventListener('pointerleave', forget);
    dom.addEventListener('keydown', forget);
    return () => {
      clearTimeout(waiting);
      dom.removeEventListener('pointermove', hear);
      dom.removeEventListener('pointerleave', forget);
      dom.removeEventListener('keydown', forget);
    };
  }, [authorAt, editor]);

  return (
    <section className="authors" aria-label={t('revisions.authors')}>
      <p role="status">
        {failed
          ? t('revisions.authors.failed')
          : here
            ? t('revisions.authors.here', {name: nameOfAuthor(t, here)})
            : t('revisions.authors.nobody')}
      </p>
      <button type="button" className="quiet" aria-pressed={isLined} onClick={() => setLined(!isLined)}>
        {t('revisions.authors.colour')}
      </button>
      <button type="button" className="quiet" onClick={onClose} aria-label={t('revisions.authors.close')}>
        {t('papers.close')}
      </button>
      {isLined ? (
        <ul>
          {groups.map(group => (
            <Line key={group.organisation ?? group.members[0]!.id} group={group} language={language} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Line({group: {organisation, members, style}, language}: {group: AuthorGroup; language: string}) {
  const {translate: t} = useReader();
  const handles = new Intl.ListFormat(language, {type: 'conjunction'}).format(
    members.map(author => `\u2068${handleOf(t, author)}\u2069`),
  );
  return (
    <li>
      <bdi className={`written p${style}`}>{organisation ?? handles}</bdi>
      {organisation === null ? null : <span className="meta"> {handles}</span>}
    </li>
  );
}
