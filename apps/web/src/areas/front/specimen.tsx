import {Fragment, useEffect, useState, type ReactNode} from 'react';
import type {PaperSummary} from '@plenary/protocol/api/papers';
import {directionOf} from '@plenary/domain/languages';
import {useTranslate} from '../../lib/language.tsx';
import {readOpening, type Opening, type Words} from './opening.ts';

/** Milliseconds between two tellings of the stream, and before the page is read again. */
const tick = 2000;
const pause = 500;

/** The opening of a real paper, as the world reads it at this moment; its words change as they are written. */
export function Specimen({paper, onNothing}: {paper: PaperSummary; onNothing: () => void}) {
  const t = useTranslate();
  const [opening, setOpening] = useState<Opening | null>(null);
  const [live, setLive] = useState(false);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let events: EventSource | undefined;
    const read = async () => {
      const found = await readOpening(paper.slug, controller.signal);
      timer = undefined;
      if (found.paragraphs.length === 0) return onNothing();
      setOpening(found);
      if (!events) listen(found.state);
    };
    // What was read last stays when a later reading fails.
    const tryToRead = () => void read().catch(() => (timer = undefined));
    // The stream only says that something changed: the opening is short and asked for again.
    const listen = (from: string) => {
      events = new EventSource(`/read/${paper.slug}/events?tick=${tick}&from=${from}`);
      events.addEventListener('open', () => setLive(true));
      events.addEventListener('error', () => setLive(false));
      events.addEventListener('change', () => (timer ??= setTimeout(tryToRead, pause)));
    };
    tryToRead();
    return () => {
      controller.abort();
      clearTimeout(timer);
      events?.close();
    };
  }, [paper.slug, onNothing]);

  if (!opening) return null;
  return (
    <figure className="spec" aria-label={t('front.specimen')}>
      <div className="spec-head">
        <span className="sym">{paper.symbol}</span>
        {live ? <span className="tag live">{t('front.live')}</span> : null}
      </div>
      <div lang={paper.language} dir={directionOf(paper.language)}>
        <p className="spec-title">{paper.title}</p>
        {opening.paragraphs.map(({name, label, words, indented, lang, dir}) => (
          <div className={indented ? 'spec-p lev' : 'spec-p'} key={name} lang={lang} dir={dir}>
            <span className="pn">
              <bdi>{label}</bdi>
            </span>
            <p className="text">{words.map((part, i) => show(part, i))}</p>
          </div>
        ))}
      </div>
      <figcaption className="meta">
        {t('front.specimen.means')} <a href={`/read/${paper.slug}`}>{t('front.specimen.watch')}</a>
      </figcaption>
    </figure>
  );
}

function show({text, as}: Words, key: number): ReactNode {
  if (as === 'opener') return <em key={key}>{text}</em>;
  if (as === 'bold') return <b key={key}>{text}</b>;
  if (as === 'italic') return <i key={key}>{text}</i>;
  return <Fragment key={key}>{text}</Fragment>;
}
