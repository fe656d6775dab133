import {useEffect, useState} from 'react';
import type {RoomClient, Save} from '@plenary/client/room-client';
import {useTranslate} from '../../lib/language.tsx';
import {isShared} from '../../lib/this-device.ts';
import {useRoomState} from './use-room.ts';

const marks = {saved: 'save', saving: 'save ing', kept: 'save kept', 'not-saved': 'save not'} as const satisfies Record<
  Save,
  string
>;

/** A short wait is no news: "Saving" is said only after so many milliseconds. */
const patience = 400;
/** A restart of the server is over before. */
const awayAfter = 3000;
/** A change is announced at most this often. */
const announceEvery = 5000;

/** Whether it is saved, in words, from durable acknowledgements only. */
export function SaveState({room}: {room: RoomClient}) {
  const t = useTranslate();
  const save = useCalm(useShownSave(room));
  const announced = useSpaced(save);
  return (
    <>
      <span className={marks[save]}>{t(`papers.save.${save}`)}</span>
      <span className="vh" role="status">
        {announced === 'saved' || announced === 'saving' ? '' : t(`papers.save.${announced}`)}
      </span>
    </>
  );
}

/** Nothing is owed, and yet the words are only here as long as there is no server: after a while that is said. */
export function useShownSave(room: RoomClient): Save {
  const save = useRoomState(room, state => state.save);
  const isAway = useRoomState(room, state => state.loaded && state.connection === 'connecting');
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setTimeout(() => setLasts(true), awayAfter);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isAway]);
  return save === 'saved' && isAway && lasts && !isShared() ? 'kept' : save;
}

/** Shows "saving" only when it lasts. */
function useCalm(save: Save): Save {
  const [shown, setShown] = useState(save);
  useEffect(() => {
    if (save !== 'saving') {
      setShown(save);
      return undefined;
    }
    const timer = setTimeout(() => setShown('saving'), patience);
    return () => clearTimeout(timer);
  }, [save]);
  return shown;
}

function useSpaced(save: Save): Save {
  const [last, setLast] = useState({save, at: 0});
  useEffect(() => {
    if (save === last.save) return undefined;
    const timer = setTimeout(() => setLast({save, at: Date.now()}), Math.max(0, last.at + announceEvery - Date.now()));
    return () => clearTimeout(timer);
  }, [save, last]);
  return last.save;
}
