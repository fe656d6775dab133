import {createContext, useContext, useEffect, useState} from 'react';
import type {SessionRoom, SessionView} from '@plenary/client/session-room';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {Participant, SessionState} from '@plenary/domain/sessions/session';
import type {SessionActBody, SessionStanding, SessionSummary} from '@plenary/protocol/api/sessions';
import type {Naming} from './naming.ts';

/** The session as the parts of its page see it. */
export interface Here {
  readonly room: SessionRoom;
  readonly view: SessionView;
  readonly summary: SessionSummary;
  readonly state: SessionState;
  readonly you: SessionStanding;
  /** The reader as a participant; null before they enter. */
  readonly me: Participant | null;
  readonly naming: Naming;
  /** Ends the reader's attendance on this page; they read on, and may enter again. */
  readonly leave: () => void;
  readonly enter: () => void;
  /** Asks for an act; a refusal is told in a notice. True when it was done. */
  readonly act: <Name extends SessionActName>(name: Name, body: SessionActBody<Name>) => Promise<boolean>;
}

export const HereContext = createContext<Here | null>(null);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error('This stands outside a session.');
  return here;
}

/** The server's clock, read again every so many milliseconds. */
export function useNow(every: number): number {
  const {room} = useHere();
  const [now, setNow] = useState(() => room.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(room.clock.now()), every);
    return () => clearInterval(timer);
  }, [room, every]);
  return now;
}
