import {lazy, Suspense, useState, type ReactNode} from 'react';
import {loadSentences, pageLanguage, useTranslate} from '../../../lib/language.tsx';
import type {EditorHandle} from '../use-editor.ts';

const AuthorsBar = lazy(async () => {
  const [{AuthorsBar}] = await Promise.all([import('./authors-bar.tsx'), loadSentences('revisions', pageLanguage())]);
  return {default: AuthorsBar};
});

/** The tool that shows who wrote what, and the bar that it opens; its code is fetched when somebody asks. */
export function useAuthorsTool(paper: string, {editor, at, focus}: EditorHandle): {tool: ReactNode; bar: ReactNode} {
  const t = useTranslate();
  const [isOpen, setOpen] = useState(false);
  return {
    tool: (
      <button
        type="button"
        className="quiet"
        aria-pressed={isOpen}
        // The caret stays where it is.
        onMouseDown={event => event.preventDefault()}
        onClick={() => setOpen(!isOpen)}
      >
        {t('papers.tool.authors')}
      </button>
    ),
    bar: isOpen && editor && (
      <Suspense fallback={null}>
        <AuthorsBar
          paper={paper}
          editor={editor}
          at={at}
          onClose={() => {
            setOpen(false);
            focus();
          }}
        />
      </Suspense>
    ),
  };
}
