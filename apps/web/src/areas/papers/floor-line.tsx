import {useEffect, useRef, useState} from 'react';
import {SessionRoom} from '@plenary/client/session-room';
import type {Shown} from '@plenary/domain/sessions/session';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import type {SessionSummary} from '@plenary/protocol/api/sessions';
import {ask} from '../../lib/http.ts';
import {loadSentences, useReader} from '../../lib/language.tsx';
import {Link} from '../../lib/router.tsx';
import {Button} from '../../ui/button.tsx';
import './floor-line.css';

interface OnFloor {
  readonly session: SessionSummary;
  readonly shown: Shown;
}

/** A meeting may begin so long before or after its hour and still be waited for, in milliseconds. */
const near = 12 * 60 * 60_000;

/** Says when a session shows this paper, leads there, and follows the chair from paragraph to paragraph if one wishes. */
export function FloorLine({paper, within}: {paper: PaperDetails; within: () => HTMLElement | null}) {
  const {language, translate: t} = useReader();
  const [canSay, setCanSay] = useState(false);
  const onFloor = useOnFloor(paper);
  const [follows, setFollows] = useState(false);
  const paragraph = onFloor?.shown.paragraph ?? null;
  const look = useRef(within);
  look.current = within;

  useEffect(() => {
    void loadSentences('sessions', language).then(() => setCanSay(true));
  }, [language]);

  useEffect(() => {
    if (follows && paragraph !== null) goTo(look.current(), paragraph);
  }, [follows, paragraph]);

  if (!canSay || !onFloor) return null;
  const {session} = onFloor;
  const label =
    paragraph === null ? '' : (elementOf(within(), paragraph)?.querySelector('.pn, .lab')?.textContent ?? '');
  return (
    <aside className="on-floor" aria-label={t('sessions.floor')}>
      <span role="status">
        {t('sessions.on-paper', {session: `\u2068${session.title}\u2069`, what: label.trim() || paper.title})}
      </span>
      {paragraph === null ? null : (
        <>
          <Button onClick={() => goTo(within(), paragraph)}>{t('sessions.on-paper.go')}</Button>
          <Button kind="quiet" aria-pressed={follows} onClick={() => setFollows(!follows)}>
            {t(follows ? 'sessions.on-paper.away' : 'sessions.on-paper.follow')}
          </Button>
        </>
      )}
      <Link to={`/sessions/${session.slug}`}>{t('sessions.on-paper.session')}</Link>
    </aside>
  );
}

function elementOf(place: HTMLElement | null, paragraph: string): HTMLElement | null {
  return place?.querySelector(`[data-p="${CSS.escape(paragraph)}"]`) ?? null;
}

function goTo(place: HTMLElement | null, paragraph: string): void {
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  elementOf(place, paragraph)?.scrollIntoView({block: 'center', behavior});
}

/** What a session of the paper's consultation shows of it; the latest where there are several. */
function useOnFloor({id, consultation}: PaperDetails): OnFloor | null {
  const [all, setAll] = useState<ReadonlyMap<string, OnFloor>>(new Map());
  useEffect(() => {
    let isOver = false;
    const rooms: SessionRoom[] = [];
    const tell = (session: SessionSummary, shown: Shown | null) =>
      setAll(known => {
        if ((known.get(session.id)?.shown ?? null) === shown) return known;
        const next = new Map(known);
        if (shown) next.set(session.id, {session, shown});
        else next.delete(session.id);
        return next;
      });
    ask<{sessions: SessionSummary[]}>(
      'GET',
      `/api/sessions?consultation=${encodeURIComponent(consultation.slug)}`,
    ).then(
      ({sessions}) => {
        if (isOver) return;
        for (const session of sessions) {
          const {life, startsAt} = session;
          const mayShow = life === 'planned' ? Math.abs(Date.parse(startsAt) - Date.now()) < near : life !== 'closed';
          if (!mayShow) continue;
          const room = new SessionRoom(session.slug);
          rooms.push(room);
          room.subscribe(() => {
            const shown = room.getView().state?.shown ?? null;
            tell(session, shown?.paper === id ? shown : null);
          });
        }
      },
      // Without an answer the paper is as it is without sessions.
      () => undefined,
    );
    return () => {
      isOver = true;
      for (const room of rooms) room.close();
    };
  }, [id, consultation.slug]);
  return [...all.values()].sort((a, b) => b.shown.since - a.shown.since)[0] ?? null;
}
