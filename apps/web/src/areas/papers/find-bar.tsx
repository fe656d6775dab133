import {useEffect, useId, useState, type KeyboardEvent} from 'react';
import {useTranslate} from '../../lib/language.tsx';

export interface Finder {
  /** Marks every place and shows the first from the caret on. */
  find(words: string): {count: number; current: number};
  step(direction: 1 | -1): {count: number; current: number};
  clear(): void;
}

/** Find in the text: Enter goes on, Shift Enter back, Escape closes. */
export function FindBar({finder, onClose}: {finder: Finder; onClose: () => void}) {
  const t = useTranslate();
  const id = useId();
  const [words, setWords] = useState('');
  const [found, setFound] = useState({count: 0, current: 0});
  useEffect(() => () => finder.clear(), [finder]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') setFound(finder.step(event.shiftKey ? -1 : 1));
    else return;
    event.preventDefault();
  };
  return (
    <div className="find" role="search">
      <label htmlFor={id} className="vh">
        {t('papers.find.label')}
      </label>
      <input
        id={id}
        type="search"
        value={words}
        placeholder={t('papers.find.label')}
        onKeyDown={onKeyDown}
        onChange={event => {
          setWords(event.target.value);
          setFound(finder.find(event.target.value));
        }}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to be typed in
        autoFocus
      />
      <span className="meta num" role="status">
        {words === '' ? '' : t('papers.find.count', found)}
      </span>
      <button type="button" className="quiet" disabled={found.count === 0} onClick={() => setFound(finder.step(-1))}>
        {t('papers.find.previous')}
      </button>
      <button type="button" className="quiet" disabled={found.count === 0} onClick={() => setFound(finder.step(1))}>
        {t('papers.find.next')}
      </button>
      <button type="button" className="quiet" onClick={onClose} aria-label={t('papers.find.close')}>
        {t('papers.close')}
      </button>
    </div>
  );
}
