import {directionOf, isLanguage, languageNames} from '@plenary/domain/languages';
import type {Frame} from '@plenary/paper/compare/compare';
import type {MarkName} from '@plenary/paper/guard-shape';
import type {MessageId, Translate} from '@plenary/locales/message-id';
import {useTranslate} from '../../lib/language.tsx';
import {changedMarks, type LabelledRow} from './compared.ts';
import {ComparedWords, type Side} from './compared-words.tsx';

const markWords: Record<MarkName, MessageId> = {
  b: 'papers.tool.bold',
  i: 'papers.tool.italic',
  u: 'papers.tool.underline',
  s: 'revisions.comparison.struck',
  link: 'papers.tool.link',
};

/** One paragraph of either text: what happened to it in words, and the words themselves. */
export function ComparedRow({
  labelled,
  language,
  isBeside,
  isCurrent,
  place,
}: {
  labelled: LabelledRow;
  /** Of the paper's text. */
  language: string;
  isBeside: boolean;
  isCurrent: boolean;
  place: (element: HTMLElement | null) => void;
}) {
  const t = useTranslate();
  const {row, was, is, change} = labelled;
  const notes = notesOf(t, labelled);
  const classes = ['compared', change > 0 ? row.is : '', row.moved ? 'moved' : '', isCurrent ? 'current' : ''];
  return (
    <li
      className={classes.filter(Boolean).join(' ')}
      ref={place}
      // Where the keys lead; in the order of tabs it would be in the way.
      tabIndex={change > 0 ? -1 : undefined}
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
      {isBeside ? (
        <>
          {row.before ? <Words frame={row.before} label={was} row={row} side="old" language={language} /> : <div />}
          {row.after ? <Words frame={row.after} label={is} row={row} side="new" language={language} /> : <div />}
        </>
      ) : (
        <Words frame={row.after ?? row.before!} label={is || was} row={row} side="both" language={language} />
      )}
    </li>
  );
}

function Words({
  frame,
  label,
  row,
  side,
  language,
}: {
  frame: Frame;
  label: string;
  row: LabelledRow['row'];
  side: Side;
  language: string;
}) {
  const {kind, level, lang, dir, gone} = frame;
  const isDeep = level > 0 || kind === 'item';
  const depth = Math.min(4, level + (kind === 'item' ? 1 : 0));
  const tongue = lang ?? language;
  return (
    <div
      className={`side kind-${kind}${isDeep ? ` deep-${depth}` : ''}`}
      lang={tongue}
      dir={dir ?? directionOf(tongue)}
    >
      <span className="pn">
        <bdi>{label}</bdi>
      </span>
      <div className={gone ? 'text gone' : 'text'}>
        <ComparedWords pieces={row.pieces} side={side} />
      </div>
    </div>
  );
}

/** What happened to a paragraph, in words: colour alone says nothing. */
function notesOf(t: Translate, {row, was, is, kin}: LabelledRow): string[] {
  const {before, after, from} = row;
  const other = typeof kin === 'number' ? t('revisions.comparison.paragraph', {number: kin}) : kin;
  if (!before) return [other === null ? t('revisions.comparison.added') : t('revisions.comparison.split', {other})];
  if (!after) return [other === null ? t('revisions.comparison.deleted') : t('revisions.comparison.merged', {other})];
  const notes: string[] = [];
  if (row.moved) {
    notes.push(
      from === null ? t('revisions.comparison.moved') : t('revisions.comparison.moved.from', {number: from + 1}),
    );
  }
  if (before.kind !== after.kind) {
    notes.push(
      t('revisions.comparison.kind', {
        before: t(`words.kind.${before.kind}`),
        after: t(`words.kind.${after.kind}`),
      }),
    );
  }
  if (before.level !== after.level) {
    notes.push(t('revisions.comparison.level', {before: before.level, after: after.level}));
  }
  if (before.dir !== after.dir || before.lang !== after.lang) {
    const language = after.lang !== null && isLanguage(after.lang) ? ` (${languageNames[after.lang]})` : '';
    notes.push(t('revisions.comparison.setting') + language);
  }
  if (after.gone && !before.gone) notes.push(t('revisions.comparison.gone'));
  const marks = changedMarks(row);
  if (marks.length > 0) {
    const names = marks.map(mark => t(markWords[mark])).join(', ');
    notes.push(t('revisions.comparison.format', {marks: names}));
  }
  if (was !== is && was !== '' && is !== '') notes.push(t('revisions.comparison.was', {label: was}));
  const isReworded = row.pieces.some(piece => piece.is !== 'same');
  if (isReworded) notes.unshift(t('revisions.comparison.changed'));
  return notes;
}
