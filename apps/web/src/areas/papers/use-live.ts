import {useEffect, useRef, useState} from 'react';
import type {PaperNotice, PresenceCount} from '@plenary/protocol/rt';

/** The code of the live connection waits so long after the text can be written in, in milliseconds. */
const afterwards = 1500;

/** Acts and counts around a paper, told over the live connection; nothing of it is fetched before `isReady`. */
export function useLive(
  paper: string,
  isReady: boolean,
  hear: {notice: (notice: PaperNotice) => void; gone: () => void},
): PresenceCount | null {
  const [count, setCount] = useState<PresenceCount | null>(null);
  const heard = useRef(hear);
  heard.current = hear;
  useEffect(() => {
    let end = (): void => undefined;
    let isEnded = false;
    if (!isReady) return undefined;
    const timer = setTimeout(() => {
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
    }, afterwards);
    return () => {
      isEnded = true;
      clearTimeout(timer);
      end();
    };
  }, [paper, isReady]);
  return count;
}
