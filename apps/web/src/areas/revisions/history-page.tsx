import {lazy, Suspense, useEffect, useState, type FormEvent} from 'react';
import {directionOf} from '@plenary/domain/languages';
import type {History, HistoryStep} from '@plenary/protocol/api/history';
import {handleOf, namesOf} from '../../lib/authors.ts';
import {exactOf, momentHere} from '../../lib/dates.ts';
import {useReader, useTranslate} from '../../lib/language.tsx';
import {LoadedPage} from '../../lib/loaded-page.tsx';
import {notify} from '../../lib/notices.ts';
import {Link, navigate, useParams, useQuery} from '../../lib/router.tsx';
import {useLoad} from '../../lib/use-load.ts';
import {Button} from '../../ui/button.tsx';
import {Field} from '../../ui/field.tsx';
import {Empty, Page, Wait} from '../../ui/page.tsx';
import {authorStyle, Who} from '../../ui/who.tsx';
import {HistorySlider, isWithin} from './history-slider.tsx';
import {stepAt, stepBy} from './history-steps.ts';
import {MomentText} from './moment-text.tsx';
import {useMoment} from './use-moment.ts';
import './revisions.css';

const RestoreMomentDialog = lazy(async () => ({
  default: (await import('./restore-moment-dialog.tsx')).RestoreMomentDialog,
}));

/** A step is shown for so long while the history plays, in milliseconds. */
const pace = 900;

/** `/papers/<paper>/history?at=`: every moment of a paper, for those who write it. */
export function HistoryPage() {
  const t = useTranslate();
  const {paper: key = ''} = useParams();
  const query = useQuery();
  const part = new URLSearchParams();
  for (const end of ['after', 'until']) if (query.has(end)) part.set(end, query.get(end)!);
  const [loaded, again] = useLoad<History>(`/api/papers/${encodeURIComponent(key)}/history?${part}`);
  return (
    <LoadedPage loaded={loaded} onAgain={again} waiting={t('revisions.history.loading')}>
      {history => <Moments key={`${part} ${history.seq}`} history={history} part={part.toString()} onChanged={again} />}
    </LoadedPage>
  );
}

function Moments({history, part, onChanged}: {history: History; part: string; onChanged: () => void}) {
  const {translate: t, language} = useReader();
  const query = useQuery();
  const {paper, steps, authors, revisions} = history;
  const asked = Number(query.get('at'));
  const [place, setPlace] = useState(() => (asked > 0 ? stepAt(steps, asked) : steps.length - 1));
  const [isFollowing, setFollowing] = useState(asked > 0);
  const [isPlaying, setPlaying] = useState(false);
  const [isRestoring, setRestoring] = useState(false);
  const step = steps[place];
  const {moment, isCurrent, failed, again} = useMoment(paper.slug, step, steps[place + 1]);
  const isLast = place >= steps.length - 1;
  const address = `/papers/${paper.slug}/history`;

  const go = (next: number): void => {
    setPlaying(false);
    setFollowing(true);
    setPlace(Math.max(0, Math.min(steps.length - 1, next)));
  };
  useEffect(() => {
    if (!isPlaying || !isCurrent) return undefined;
    const timer = setTimeout(() => {
      if (isLast) setPlaying(false);
      else setPlace(place + 1);
    }, pace);
    return () => clearTimeout(timer);
  }, [isPlaying, isCurrent, isLast, place]);
  useEffect(() => {
    if (step) window.history.replaceState(null, '', linkTo(address, part, step));
  }, [step, address, part]);

  const head = (
    <div className="head">
      <p className="meta">
        <Link to={`/papers/${paper.slug}`}>
          <bdi lang={paper.language} dir={directionOf(paper.language)}>
            {paper.title}
          </bdi>
        </Link>
      </p>
      <h1>{t('revisions.history')}</h1>
      <p className="lead">{t('revisions.history.explain')}</p>
    </div>
  );
  const title = t('common.title', {page: t('revisions.history.of', {title: paper.title})});
  if (!step) {
    return (
      <Page title={title}>
        {head}
        <Empty what={t('revisions.history.empty')} />
      </Page>
    );
  }
  const time = exactOf(step.at, language);
  const here = momentHere(step.at, language);
  const shown = revisions.filter(({seq}) => isWithin(steps, seq));
  return (
    <Page title={title} className="page history">
      {head}
      <section className="player" aria-label={t('revisions.history.moment')}>
        <HistorySlider history={history} place={place} onPlace={go} />
        {/* Every second would be too much to hear. */}
        <p className="when" role={isPlaying ? undefined : 'status'}>
          <b className="num">{t('revisions.history.step', {number: place + 1, count: steps.length})}</b>
          {' · '}
          <time dateTime={step.at}>{time}</time>
          {here === null ? null : <> ({t('revisions.here', {time: here})})</>}
          {' · '}
          {namesOf(
            t,
            language,
            step.by.map(by => authors[by]!),
          )}
        </p>
        <div className="acts">
          <Button onClick={() => go(place - 1)}>{t('revisions.history.previous')}</Button>
          <Button
            kind="main"
            onClick={() => {
              if (!isPlaying && isLast) setPlace(0);
              setFollowing(true);
              setPlaying(!isPlaying);
            }}
          >
            {t(isPlaying ? 'revisions.history.pause' : 'revisions.history.play')}
          </Button>
          <Button onClick={() => go(place + 1)}>{t('revisions.history.next')}</Button>
          <Button
            kind="quiet"
            onClick={() => {
              void navigator.clipboard
                .writeText(location.origin + linkTo(address, part, step))
                .then(() => notify({what: t('revisions.history.linked'), tone: 'ok'}));
            }}
          >
            {t('revisions.history.link')}
          </Button>
          {history.isFinest ? null : (
            <Button kind="quiet" onClick={() => navigate(finer(address, steps, place))}>
              {t('revisions.history.finer')}
            </Button>
          )}
          {part === '' ? null : <Link to={`${address}?at=${step.until}`}>{t('revisions.history.whole')}</Link>}
          {history.you.mayRestore && !isLast ? (
            <Button kind="grave" onClick={() => setRestoring(true)}>
              {t('revisions.history.restore')}
            </Button>
          ) : null}
        </div>
      </section>
      <div className="beside-text">
        <div>
          {failed ? (
            <p className="notice danger" role="alert">
              {t('revisions.history.failed')} <Button onClick={again}>{t('common.again')}</Button>
            </p>
          ) : null}
          {moment ? (
            <MomentText moment={moment} isFollowing={isFollowing} />
          ) : (
            <Wait>{t('revisions.history.waiting')}</Wait>
          )}
        </div>
        <aside>
          <Jump onJump={wanted => go(stepBy(steps, wanted))} />
          {shown.length > 0 ? (
            <section>
              <h2>{t('revisions.title')}</h2>
              <ul>
                {shown.map(revision => (
                  <li key={revision.id}>
                    <Button kind="quiet" onClick={() => go(stepAt(steps, revision.seq))}>
                      <bdi>{revision.title}</bdi>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <Contributors history={history} />
        </aside>
      </div>
      <Suspense fallback={null}>
        {isRestoring ? (
          <RestoreMomentDialog
            slug={paper.slug}
            entry={step.until}
            time={time}
            onRestored={onChanged}
            onClose={() => setRestoring(false)}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}

function linkTo(address: string, part: string, {until}: HistoryStep): string {
  return `${address}?${part === '' ? '' : `${part}&`}at=${until}`;
}

/** This step and its neighbours, by themselves. */
function finer(address: string, steps: readonly HistoryStep[], place: number): string {
  const {after} = steps[Math.max(0, place - 2)]!;
  const {until} = steps[Math.min(steps.length - 1, place + 2)]!;
  return `${address}?after=${after}&until=${until}&at=${steps[place]!.until}`;
}

/** To a time, in UTC as all hours are. */
function Jump({onJump}: {onJump: (time: number) => void}) {
  const t = useTranslate();
  const [value, setValue] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const time = Date.parse(`${value}Z`);
    if (!Number.isNaN(time)) onJump(time);
  };
  return (
    <form className="jump" onSubmit={submit}>
      <Field
        label={t('revisions.history.jump')}
        type="datetime-local"
        step={1}
        required
        value={value}
        onChange={setValue}
      />
      <Button type="submit">{t('revisions.history.jump.do')}</Button>
    </form>
  );
}

/** Whoever wrote, with the organisation that they speak for, in the order in which they began. */
function Contributors({history: {authors, steps}}: {history: History}) {
  const t = useTranslate();
  return (
    <section>
      <h2>{t('revisions.history.authors')}</h2>
      <ul className="contributors">
        {authors.map((author, place) => (
          <li key={author.id ?? place}>
            <Who name={handleOf(t, author)} style={authorStyle(place)} lined />
            <span>
              <bdi>{handleOf(t, author)}</bdi>
              {author.organisation === null ? null : <bdi className="meta">{author.organisation}</bdi>}
              <span className="meta">
                {t('revisions.history.steps', {count: steps.filter(({by}) => by.includes(place)).length})}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
