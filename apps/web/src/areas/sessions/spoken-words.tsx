import {useEffect, useId, useRef, useState} from 'react';
import {useReader} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {useHere} from './here.ts';
import {marksBetween, newsBetween, type News} from './news.ts';

const levels = ['off', 'important', 'all'] as const;
type Level = (typeof levels)[number];

/** At most one sentence in so many milliseconds. */
const pause = 5000;
const longest = 4;

/** Tells those who hear the page what happens, as much as they chose; and everyone what the chair announces. */
export function SpokenWords({label}: {label: string}) {
  const {language, translate: t} = useReader();
  const {state, naming, room, view} = useHere();
  const [level, setLevel] = useState<Level>(keptLevel);
  const [words, setWords] = useState('');
  const queue = useRef<News[]>([]);
  const before = useRef(state);
  /** Ends the notice of an announcement, by its text. */
  const shown = useRef(new Map<string, () => void>());
  const heard = useRef({level, state, t});
  heard.current = {level, state, t};
  const id = useId();

  useEffect(() => {
    const known = before.current;
    before.current = state;
    if (known === state) return;
    queue.current.push(...newsBetween(known, state, naming, language, t));
    for (const {text} of state.announcements.slice(known.announcements.length)) {
      const announced = naming.text(text);
      if (!announced) continue;
      shown.current.set(text, notify({what: t('sessions.announcement.new'), means: announced, consequential: true}));
    }
    // Words that are hidden leave the page wherever they stand.
    for (const {text} of state.hidden) shown.current.get(text)?.();
    const {policy} = state.publication;
    if (policy !== known.publication.policy) {
      notify({
        what: t('sessions.policy.changed', {policy: t(`words.publication.${policy}`)}),
        means: t(`words.publication.${policy}.sentence`, {until: 'none'}),
        consequential: true,
      });
    }
  }, [state, view.names, naming, language, t]);

  useEffect(() => {
    let looked = room.clock.now();
    let said = 0;
    const timer = setInterval(() => {
      const now = room.clock.now();
      queue.current.push(...marksBetween(heard.current.state, looked, now, heard.current.t));
      looked = now;
      if (now - said < pause || queue.current.length === 0) return;
      const wanted = queue.current.filter(news => heard.current.level === 'all' || news.level === 'important');
      queue.current = [];
      if (heard.current.level === 'off' || wanted.length === 0) return;
      said = now;
      setWords(
        wanted
          .slice(-longest)
          .map(news => news.words)
          .join(' '),
      );
    }, 250);
    return () => clearInterval(timer);
  }, [room]);

  return (
    <>
      <label htmlFor={id}>{label}</label>{' '}
      <select
        id={id}
        value={level}
        onChange={({target}) => {
          const chosen = levels.find(one => one === target.value) ?? 'important';
          setLevel(chosen);
          keepLevel(chosen);
        }}
      >
        {levels.map(one => (
          <option key={one} value={one}>
            {t(`sessions.hear.${one}`)}
          </option>
        ))}
      </select>
      <output className="vh" aria-live="polite">
        {words}
      </output>
    </>
  );
}

function keptLevel(): Level {
  try {
    return levels.find(level => level === localStorage.getItem('session-hear')) ?? 'important';
  } catch {
    return 'important';
  }
}

function keepLevel(level: Level): void {
  try {
    localStorage.setItem('session-hear', level);
  } catch {
    // It holds for this page alone.
  }
}
