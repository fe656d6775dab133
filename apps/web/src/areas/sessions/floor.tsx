import {useState} from 'react';
import {directionOf} from '@plenary/domain/languages';
import {itemOnFloor} from '@plenary/domain/sessions/session';
import {useTranslate} from '../../lib/language.tsx';
import {useMe} from '../../lib/member.tsx';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import {useHere} from './here.ts';
import {labelsOf} from './labels.ts';
import {ParagraphText} from './paragraph-text.tsx';
import {isGone, withSubParagraphs, type ReadParagraph} from './paragraphs.ts';
import {useReading} from './use-reading.ts';

/** Where the reader looks instead of where the chair shows. */
interface Elsewhere {
  readonly paper: string;
  readonly paragraph: string;
}

/** What is on the floor, as it is written. Everyone's view follows the chair; each may look away and come back. */
export function Floor() {
  const t = useTranslate();
  const {member} = useMe();
  const {state, naming, you, act} = useHere();
  const {shown} = state;
  const [away, setAway] = useState<Elsewhere | null>(null);
  const paperId = away?.paper ?? shown?.paper ?? null;
  const paper = paperId === null ? null : naming.paper(paperId);
  const reading = useReading(paper?.slug ?? null);
  const paragraphs = reading?.paragraphs ?? [];
  const labels = labelsOf(paragraphs, t);
  const all = paragraphs.map((paragraph, place) => ({paragraph, label: labels[place] ?? ''}));
  const at = (name: string | null) => all.find(({paragraph}) => paragraph.name === name);
  const name = away ? away.paragraph : (shown?.paragraph ?? null);
  const here = name === null ? undefined : at(name);
  const what = here?.label ?? paper?.title ?? '';
  const chair = shown ? (at(shown.paragraph)?.label ?? naming.paper(shown.paper)?.title ?? '') : null;

  if (!paper) {
    return (
      <section className="sec floor" aria-labelledby="h-fl">
        <header>
          <h2 id="h-fl">{t('sessions.floor')}</h2>
        </header>
        <p className="lead">{t('sessions.floor.none')}</p>
        <p className="sub">{t(you.mayPreside ? 'sessions.floor.none.chair' : 'sessions.floor.none.fills')}</p>
      </section>
    );
  }
  const items = all.filter(({paragraph}) => paragraph.name !== null && paragraph.words.length > 0);
  const place = items.findIndex(({paragraph}) => paragraph.name === name);
  const look = (to: (typeof items)[number] | undefined) => {
    if (!to?.paragraph.name || paperId === null) return;
    const isChairs = shown?.paper === paperId && shown.paragraph === to.paragraph.name;
    setAway(isChairs ? null : {paper: paperId, paragraph: to.paragraph.name});
  };
  return (
    <section className="sec floor" aria-labelledby="h-fl">
      <header>
        <h2 id="h-fl">{away ? <bdi>{what}</bdi> : t('sessions.floor.what', {what})}</h2>
        {member && you.mayAttend ? (
          <Link className="end" to={`/papers/${paper.slug}`}>
            {t('sessions.floor.paper')}
          </Link>
        ) : (
          <a className="end" href={`/read/${paper.slug}`}>
            {t('sessions.floor.read')}
          </a>
        )}
      </header>
      {away ? (
        <p className="away" role="status">
          {chair === null
            ? t('sessions.floor.away.nothing', {here: what})
            : t('sessions.floor.away', {here: what, there: chair})}{' '}
          <Button onClick={() => setAway(null)}>{t('sessions.floor.back')}</Button>
        </p>
      ) : null}
      {!reading || reading.is === 'loading' ? <p className="wait">{t('sessions.floor.reading')}</p> : null}
      {reading?.is === 'closed' ? <p className="sub">{t('sessions.floor.closed')}</p> : null}
      {reading?.is === 'lost' ? <p className="meta">{t('sessions.floor.lost')}</p> : null}
      {name === null ? (
        <WholePaper title={paper.title} language={paper.language} paragraphs={items.map(({paragraph}) => paragraph)} />
      ) : here ? (
        <Shown paragraphs={withSubParagraphs(paragraphs, here.paragraph)} language={paper.language} />
      ) : reading?.is === 'live' ? (
        <p className="sub">{t('sessions.floor.gone')}</p>
      ) : null}
      {items.length > 0 ? (
        <p className="acts">
          <Button
            kind="quiet"
            busy={name !== null && place <= 0}
            onClick={() => look(items[place < 0 ? 0 : place - 1])}
          >
            {t('sessions.floor.before')}
          </Button>
          <Button kind="quiet" busy={place === items.length - 1} onClick={() => look(items[place + 1])}>
            {t('sessions.floor.after')}
          </Button>
          {you.mayPreside && shown && itemOnFloor(state) ? (
            <Button kind="quiet" onClick={() => void act('floor.show', {paper: null})}>
              {t('sessions.floor.clear')}
            </Button>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}

function Shown({paragraphs, language}: {paragraphs: readonly ReadParagraph[]; language: string}) {
  const t = useTranslate();
  const [head, ...under] = paragraphs;
  if (!head || isGone(head)) return <p className="sub">{t('sessions.floor.gone')}</p>;
  return (
    <>
      {head.words.length === 0 ? (
        <p className="sub">{t('sessions.floor.empty')}</p>
      ) : (
        <ParagraphText paragraph={head} language={language} />
      )}
      {under
        .filter(paragraph => !isGone(paragraph))
        .map((paragraph, index) => (
          <ParagraphText key={paragraph.name ?? index} paragraph={paragraph} language={language} isUnder />
        ))}
    </>
  );
}

const shownOfPaper = 3;

/** A paper as a whole is shown by its title and its beginning. */
function WholePaper({
  title,
  language,
  paragraphs,
}: {
  title: string;
  language: string;
  paragraphs: readonly ReadParagraph[];
}) {
  return (
    <>
      <p className="text paper-title" lang={language} dir={directionOf(language)}>
        {title}
      </p>
      {paragraphs.slice(1, 1 + shownOfPaper).map((paragraph, index) => (
        <ParagraphText key={paragraph.name ?? index} paragraph={paragraph} language={language} />
      ))}
    </>
  );
}
