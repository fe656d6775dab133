import {useEffect, useMemo, useRef} from 'react';
import {directionOf} from '@plenary/domain/languages';
import type {Translate} from '@plenary/locales/message-id';
import type {MarkedParagraph, MarkedPiece} from '@plenary/paper/history/marked-text';
import {numberParagraphs} from '@plenary/paper/numbering';
import type {Author} from '@plenary/protocol/api/history';
import {handleOf} from '../../lib/authors.ts';
import {useTranslate} from '../../lib/language.tsx';
import {Marked} from './compared-words.tsx';
import type {Moment} from './use-moment.ts';

/** The paper as it was, with what the last step brought and took. */
export function MomentText({
  moment: {paragraphs, authors, language},
  isFollowing,
}: {
  moment: Moment;
  /** What changed is brought into view. */
  isFollowing: boolean;
}) {
  const t = useTranslate();
  const labels = useMemo(() => labelsOf(paragraphs, language), [paragraphs, language]);
  const first = paragraphs.find(({is}) => is !== 'same')?.name;
  const change = useRef<HTMLLIElement | null>(null);
  useEffect(() => {
    if (!isFollowing) return;
    const box = change.current?.getBoundingClientRect();
    const isSeen = !box || (box.top >= 120 && box.bottom <= innerHeight);
    if (!isSeen) change.current?.scrollIntoView({block: 'center'});
  }, [paragraphs, isFollowing]);
  const isTogether = writersOf(paragraphs).size > 1;
  return (
    <ol className="texts moment" aria-label={t('revisions.history.text')}>
      {paragraphs.map((paragraph, place) => (
        <Row
          key={paragraph.name}
          paragraph={paragraph}
          label={labels[place] ?? ''}
          authors={authors}
          language={language}
          isTogether={isTogether}
          element={paragraph.name === first ? change : null}
        />
      ))}
    </ol>
  );
}

function labelsOf(paragraphs: readonly MarkedParagraph[], language: string): string[] {
  const standing = paragraphs.filter(({is}) => is !== 'deleted');
  const numbered = numberParagraphs(
    standing.map(paragraph => ({...paragraph, runs: []})),
    language,
  );
  const labelOf = new Map(standing.map((paragraph, place) => [paragraph, numbered[place] ?? '']));
  return paragraphs.map(paragraph => labelOf.get(paragraph) ?? '');
}

interface RowProps {
  readonly paragraph: MarkedParagraph;
  readonly label: string;
  readonly authors: readonly Author[];
  /** Of the paper's text. */
  readonly language: string;
  /** Several wrote in this step: names stand beside the words. */
  readonly isTogether: boolean;
  readonly element: {current: HTMLLIElement | null} | null;
}

function Row({paragraph, label, authors, language, isTogether, element}: RowProps) {
  const t = useTranslate();
  const {is, kind, level, lang, dir, gone, pieces} = paragraph;
  const isDeep = level > 0 || kind === 'item';
  const depth = Math.min(4, level + (kind === 'item' ? 1 : 0));
  const tongue = lang ?? language;
  const notes = notesOf(t, paragraph, authors);
  return (
    <li
      className={`compared${is === 'same' ? '' : ` ${is}`}${paragraph.moved ? ' moved' : ''}`}
      dir={dir ?? directionOf(tongue)}
      ref={element}
    >
      {notes.length > 0 ? (
        <p className="notes">
          {notes.map(note => (
            <bdi className="tag" key={note}>
              {note}
            </bdi>
          ))}
        </p>
      ) : null}
      <div className={`side kind-${kind}${isDeep ? ` deep-${depth}` : ''}`} lang={tongue}>
        <span className="pn">
          <bdi>{label}</bdi>
        </span>
        <div className={gone && is !== 'deleted' ? 'text gone' : 'text'}>
          {pieces.map((piece, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no other name than their place
            <Words
              key={place}
              piece={piece}
              by={isTogether && piece.by !== null ? (authors[piece.by] ?? null) : null}
            />
          ))}
        </div>
      </div>
    </li>
  );
}

function Words({piece, by}: {piece: MarkedPiece; by: Author | null}) {
  const t = useTranslate();
  const words = <Marked text={piece.text} marks={piece.marks} />;
  if (piece.is === 'same') return piece.was ? <span className="reformatted">{words}</span> : words;
  const name = by && (
    <bdi className="by" dir="auto">
      {handleOf(t, by)}
    </bdi>
  );
  return piece.is === 'deleted' ? (
    <del>
      {words}
      {name}
    </del>
  ) : (
    <ins>
      {words}
      {name}
    </ins>
  );
}

function writersOf(paragraphs: readonly MarkedParagraph[]): ReadonlySet<number> {
  return new Set(
    paragraphs.flatMap(({by, pieces}) => [by, ...pieces.map(piece => piece.by)].filter(one => one !== null)),
  );
}

/** Who did it and what it was, in words: colour alone says nothing. */
function notesOf(t: Translate, paragraph: MarkedParagraph, authors: readonly Author[]): string[] {
  const {is, moved, was, kind, level, pieces} = paragraph;
  if (is === 'same') return [];
  const notes = [...writersOf([paragraph])].flatMap(place => {
    const author = authors[place];
    return author ? [handleOf(t, author)] : [];
  });
  if (is === 'added') notes.push(t('revisions.comparison.added'));
  if (is === 'deleted') notes.push(t('revisions.comparison.deleted'));
  if (moved) notes.push(t('revisions.comparison.moved'));
  if (was && was.kind !== kind) {
    const before = t(`words.kind.${was.kind}`);
    notes.push(t('revisions.comparison.kind', {before, after: t(`words.kind.${kind}`)}));
  }
  if (was && was.level !== level) notes.push(t('revisions.comparison.level', {before: was.level, after: level}));
  if (pieces.some(({isOpening}) => isOpening)) notes.push(t('revisions.history.joined'));
  if (pieces.some(piece => piece.was)) notes.push(t('revisions.history.reformatted'));
  return notes;
}
