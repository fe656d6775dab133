import type {ReactNode} from 'react';
import type {AtCaret, EditorAct} from '@plenary/paper/editor/editor';
import {paragraphKinds, type ParagraphKind} from '@plenary/paper/view';
import {useTranslate} from '../../lib/language.tsx';

export type ToolAct = EditorAct | 'link';

interface PaperToolsProps {
  readonly at: AtCaret;
  readonly onAct: (act: ToolAct) => void;
  readonly onKind: (kind: ParagraphKind) => void;
  readonly onFind: () => void;
  readonly onKeys: () => void;
  readonly authors: ReactNode;
}

/** The tools of a writer, in words; every one has a key too. */
export function PaperTools({at, onAct, onKind, onFind, onKeys, authors}: PaperToolsProps) {
  const t = useTranslate();
  const act = (name: ToolAct) => ({
    type: 'button' as const,
    className: 'quiet',
    // The caret stays where it is.
    onMouseDown: (event: {preventDefault: () => void}) => event.preventDefault(),
    onClick: () => onAct(name),
  });
  return (
    <div className="tools" role="toolbar" aria-label={t('papers.tools')}>
      <span className="grp">
        <select
          aria-label={t('papers.tool.kind')}
          value={at.kind}
          onChange={event => onKind(event.target.value as ParagraphKind)}
        >
          {paragraphKinds.map(kind => (
            <option key={kind} value={kind}>
              {t(`words.kind.${kind}`)}
            </option>
          ))}
        </select>
      </span>
      <span className="grp">
        <button {...act('bold')} aria-pressed={at.bold} aria-label={t('papers.tool.bold')}>
          <b aria-hidden="true">B</b>
        </button>
        <button {...act('italic')} aria-pressed={at.italic} aria-label={t('papers.tool.italic')}>
          <i aria-hidden="true" className="it">
            I
          </i>
        </button>
        <button
          {...act('underline')}
          className="quiet wide"
          aria-pressed={at.underline}
          aria-label={t('papers.tool.underline')}
        >
          <u aria-hidden="true">U</u>
        </button>
        <button {...act('link')} aria-pressed={at.link !== null} disabled={at.isEmpty && at.link === null}>
          {t('papers.tool.link')}
        </button>
      </span>
      <span className="grp">
        <button {...act('shallower')} disabled={at.level === 0} aria-label={t('papers.tool.shallower')}>
          <span aria-hidden="true">−</span>
        </button>
        <span className="meta wide" aria-hidden="true">
          {t('papers.tool.level')} {at.level}
        </span>
        <button {...act('deeper')} disabled={at.level === 8} aria-label={t('papers.tool.deeper')}>
          <span aria-hidden="true">+</span>
        </button>
      </span>
      <span className="grp wide">
        <button {...act('move-up')}>{t('papers.tool.move-up')}</button>
        <button {...act('move-down')}>{t('papers.tool.move-down')}</button>
      </span>
      <span className="grp">
        <button {...act('undo')} disabled={!at.canUndo}>
          {t('papers.tool.undo')}
        </button>
        <button {...act('redo')} className="quiet wide" disabled={!at.canRedo}>
          {t('papers.tool.redo')}
        </button>
      </span>
      <span className="grp end">
        {authors}
        <button type="button" className="quiet" onClick={onFind}>
          {t('papers.tool.find')}
        </button>
        <button type="button" className="quiet wide" onClick={onKeys}>
          {t('papers.tool.keys')}
        </button>
      </span>
    </div>
  );
}
