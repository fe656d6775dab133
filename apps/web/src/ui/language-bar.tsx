import {directionOf, languageNames, languages, type Language} from '@plenary/domain/languages';

/** The six languages in the UN's order in every direction, each in its own script. Never flags. */
export function LanguageBar({
  label,
  current,
  onChoose,
}: {
  label: string;
  current: Language;
  onChoose: (language: Language) => void;
}) {
  return (
    <nav className="langs" aria-label={label}>
      {languages.map(language => (
        <a
          key={language}
          href={`?lang=${language}`}
          lang={language}
          dir={directionOf(language)}
          hrefLang={language}
          aria-current={language === current ? 'true' : undefined}
          onClick={event => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            onChoose(language);
          }}
        >
          {languageNames[language]}
        </a>
      ))}
    </nav>
  );
}
