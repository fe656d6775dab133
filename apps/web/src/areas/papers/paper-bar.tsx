import type {ReactNode} from 'react';
import {Link} from '../../lib/router.tsx';
import type {Present} from '@plenary/client/presence';
import type {RoomClient} from '@plenary/client/room-client';
import {rights} from '@plenary/domain/rights/permissions';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {useReader} from '../../lib/language.tsx';
import {Button} from '../../ui/button.tsx';
import {Mark} from '../../ui/masthead.tsx';
import {PeopleHere} from './people-here.tsx';
import {SaveState} from './save-state.tsx';

interface PaperBarProps {
  readonly paper: PaperDetails;
  readonly room: RoomClient;
  readonly presence: readonly Present[];
  /** How many read along; null until it is known. */
  readonly reading: number | null;
  readonly onGoTo: (cursor: unknown) => void;
  readonly onShare: () => void;
  /** Takes in what comments put into the bar. */
  readonly commentsPlace: (place: HTMLElement | null) => void;
  /** The tools below the first line. */
  readonly children: ReactNode;
}

const readsHistory: readonly string[] = rights['read-history'].roles;

/** The quiet bar of a paper: what it is, whether it is saved, who is here. */
export function PaperBar({paper, room, presence, reading, onGoTo, onShare, commentsPlace, children}: PaperBarProps) {
  const {translate: t} = useReader();
  return (
    <header className="bar1">
      <div>
        <Link className="mark" to="/" aria-label="Plenary">
          <Mark />
        </Link>
        <Link className="name" to={`/consultations/${paper.consultation.slug}`} title={paper.consultation.title}>
          {paper.title}
        </Link>
        {paper.symbol && (
          <span className="sym wide" dir="ltr">
            {paper.symbol}
          </span>
        )}
        <SaveState room={room} />
        <PeopleHere others={presence} reading={reading} onGoTo={onGoTo} />
        <span className="comments-slot" ref={commentsPlace} />
        {readsHistory.includes(paper.you.role) && (
          <Link className="btn wide" to={`/papers/${paper.slug}/history`}>
            {t('papers.tool.history')}
          </Link>
        )}
        <Link className="btn wide" to={`/papers/${paper.slug}/revisions`}>
          {t('papers.tool.revisions')}
        </Link>
        <Button onClick={onShare}>{t('papers.tool.share')}</Button>
      </div>
      {children}
    </header>
  );
}
