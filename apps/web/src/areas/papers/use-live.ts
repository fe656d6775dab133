import {useEffect, useRef, useState} from 'react';
import type {PaperNotice, PresenceCount} from '@plenary/protocol/rt';

/** Acts and counts around a paper, told over the live connection; it is fetched after the text can be written in. */
export function useLive(
  paper: string,
  hear: {notice: (notice: PaperNotice) => void; gone: () => void},
): PresenceCount | null {
  const [count, setCount] = useState<PresenceCount | null>(null);
  const heard = useRef(hear);
  heard.current = hear;
  useEffect(() => {
    let end = (): void => undefined;
    let isEnded = false;
    void import('@plenary/client/paper-live').then(({PaperLive}) => {
      if (isEnded) return;
      const live = new PaperLive();
      live.watch(paper, {
        notice: notice => heard.current.notice(notice),
        presence: setCount,
        gone: () => heard.current.gone(),
      });
      end = () => live.close();
    });
    return () => {
      isEnded = true;
      end();
    };
  }, [paper]);
  return count;
}
