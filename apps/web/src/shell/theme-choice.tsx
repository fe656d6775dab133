import {useState} from 'react';
import {useTranslate} from '../lib/language.tsx';
import {chooseTheme, currentTheme, type Theme} from '../lib/theme.ts';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function ThemeChoice() {
  const t = useTranslate();
  const [theme, setTheme] = useState(currentTheme);
  return (
    <span className="themes" role="group" aria-label={t('common.theme')}>
      <span className="meta">{t('common.theme')}</span>
      {themes.map(name => (
        <button
          key={name}
          type="button"
          aria-pressed={name === theme}
          onClick={() => {
            chooseTheme(name);
            setTheme(name);
          }}
        >
          {t(`common.theme.${name}`)}
        </button>
      ))}
    </span>
  );
}
