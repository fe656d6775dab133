import {lazy, Suspense, useState} from 'react';
import {itemOnFloor, type AgendaItem} from '@plenary/domain/sessions/session';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import {useHere} from './here.ts';
import {hourWords} from './hours.ts';
import {labelsOf} from './labels.ts';
import {useReading} from './use-reading.ts';

const AgendaDialog = lazy(() => import('./agenda-dialog.tsx').then(code => ({default: code.AgendaDialog})));

export function Agenda() {
  const t = useTranslate();
  const {state, you, act} = useHere();
  const [isEditing, setEditing] = useState(false);
  const current = itemOnFloor(state);
  const isOpen = state.life.is === 'open';
  const last = current ? state.agenda.indexOf(current) : state.agenda.findLastIndex(({state: {is}}) => is === 'closed');
  const next = state.agenda.slice(last + 1).find(({state: {is}}) => is === 'waiting');
  return (
    <section className="sec" aria-labelledby="h-ag">
      <header>
        <h2 id="h-ag">{t('sessions.agenda')}</h2>
      </header>
      {state.agenda.length === 0 ? (
        <p className="sub">
          {t('sessions.agenda.none')} {you.mayPrepare ? t('sessions.agenda.none.fills') : null}
        </p>
      ) : (
        <ol className="agenda">
          {state.agenda.map((item, index) => (
            <Item key={item.id} item={item} number={index + 1} />
          ))}
        </ol>
      )}
      <p className="acts">
        {you.mayPreside && isOpen && next ? (
          <Button onClick={() => void act('item.take-up', {item: next.id})}>{t('sessions.item.next')}</Button>
        ) : null}
        {you.mayPrepare && state.life.is !== 'closed' ? (
          <Button kind="quiet" onClick={() => setEditing(true)}>
            {t('sessions.agenda.edit')}
          </Button>
        ) : null}
      </p>
      {current ? <Paragraphs item={current} number={state.agenda.indexOf(current) + 1} /> : null}
      <Suspense fallback={null}>{isEditing ? <AgendaDialog onClose={() => setEditing(false)} /> : null}</Suspense>
    </section>
  );
}

function Item({item, number}: {item: AgendaItem; number: number}) {
  const {language, translate: t} = useReader();
  const {state, naming, you, act} = useHere();
  const {is} = item.state;
  const title = <bdi>{naming.text(item.title) ?? t('sessions.hidden')}</bdi>;
  const mayRule = you.mayPreside && state.life.is === 'open';
  return (
    <li
      className={is === 'on-floor' ? 'now' : is === 'closed' ? 'done' : undefined}
      aria-current={is === 'on-floor' ? 'step' : undefined}
    >
      <span className="num">{number}</span>
      <div>
        {is === 'on-floor' ? <b>{title}</b> : title}
        {item.state.is === 'on-floor' ? (
          <span className="meta">{t('sessions.item.on-floor', {time: hourWords(item.state.since, language, t)})}</span>
        ) : null}
        {item.state.is === 'closed' ? (
          <span className="meta">{t('sessions.item.closed', {time: hourWords(item.state.to, language, t)})}</span>
        ) : null}
        {is === 'waiting' && item.minutes !== null ? (
          <span className="meta">{t('sessions.item.planned', {minutes: item.minutes})}</span>
        ) : null}
        {mayRule && is !== 'on-floor' ? (
          <Button
            kind="quiet"
            className="row"
            aria-label={t('sessions.item.take-up.which', {number})}
            onClick={() => void act('item.take-up', {item: item.id})}
          >
            {t('sessions.item.take-up')}
          </Button>
        ) : null}
        {mayRule && is === 'on-floor' ? (
          <Button kind="quiet" className="row" onClick={() => void act('item.close', {item: item.id})}>
            {t('sessions.item.close')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** What of the item's papers can be put on the floor by the chair; for everyone else the papers themselves. */
function Paragraphs({item, number}: {item: AgendaItem; number: number}) {
  const t = useTranslate();
  const {state, you} = useHere();
  const mayShow = you.mayPreside && state.life.is === 'open';
  if (item.papers.length === 0) return mayShow ? <p className="meta">{t('sessions.item.no-paper')}</p> : null;
  return (
    <>
      <h3>{mayShow ? t('sessions.item.paragraphs', {number}) : t('sessions.agenda.item.papers')}</h3>
      {item.papers.map(paper =>
        mayShow ? <PaperParagraphs key={paper} paper={paper} /> : <PaperLink key={paper} paper={paper} />,
      )}
    </>
  );
}

function PaperLink({paper}: {paper: string}) {
  const {naming, you} = useHere();
  const known = naming.paper(paper);
  if (!known) return null;
  const title = <bdi lang={known.language}>{known.title}</bdi>;
  return (
    <p className="paras">
      {you.mayAttend ? <Link to={`/papers/${known.slug}`}>{title}</Link> : <a href={`/read/${known.slug}`}>{title}</a>}
    </p>
  );
}

function PaperParagraphs({paper}: {paper: string}) {
  const t = useTranslate();
  const {state, naming, act} = useHere();
  const known = naming.paper(paper);
  const reading = useReading(known?.slug ?? null);
  const {shown} = state;
  const isShown = (name: string | null) => shown?.paper === paper && shown.paragraph === name;
  if (!known) return null;
  const paragraphs = reading?.paragraphs ?? [];
  const labels = labelsOf(paragraphs, t);
  return (
    <div className="paras">
      <p>
        <bdi lang={known.language}>{known.title}</bdi>{' '}
        <Button
          kind="quiet"
          className="row"
          aria-pressed={isShown(null)}
          aria-label={t('sessions.item.show.which', {paragraph: known.title})}
          onClick={() => void act('floor.show', {paper, paragraph: null})}
        >
          {t('sessions.item.show.paper')}
        </Button>
      </p>
      <ol>
        {paragraphs.map(({name, className, words}, place) => {
          const label = labels[place] ?? '';
          if (name === null || words.length === 0 || className.split(' ').includes('gone')) return null;
          return (
            <li key={name} className={isShown(name) ? 'now' : undefined}>
              <Button
                className="link"
                aria-current={isShown(name) ? 'true' : undefined}
                aria-label={t('sessions.item.show.which', {paragraph: label})}
                onClick={() => void act('floor.show', {paper, paragraph: name})}
              >
                <bdi>{label}</bdi>
              </Button>
              {isShown(name) ? <b>{t('sessions.item.shown')}</b> : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
