import {useEffect, useState, useSyncExternalStore} from 'react';
import {SessionRoom, type SessionView} from '@plenary/client/session-room';

const never = (): (() => void) => () => undefined;

/** The session as it happens; null until the room is there. */
export function useSession(session: string): {room: SessionRoom; view: SessionView} | null {
  const [room, setRoom] = useState<SessionRoom | null>(null);
  useEffect(() => {
    const entered = new SessionRoom(session);
    setRoom(entered);
    return () => {
      setRoom(null);
      entered.close();
    };
  }, [session]);
  const view = useSyncExternalStore(room?.subscribe ?? never, () => room?.getView() ?? null);
  return room && view ? {room, view} : null;
}
