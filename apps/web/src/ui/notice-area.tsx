import {useEffect, useState, useSyncExternalStore} from 'react';
import {dismiss, noticeStore, type Notice} from '../lib/notices.ts';
import {Button} from './button.tsx';

const shownFor = 8000;

/** The foot of the window, at its start. What comes here is announced politely, what has a consequence stays. */
export function NoticeArea({labels}: {labels: {area: string; dismiss: string; pause: string}}) {
  const notices = useSyncExternalStore(noticeStore.subscribe, noticeStore.getSnapshot);
  return (
    <section className="notices" aria-label={labels.area} role="log" aria-live="polite" aria-relevant="additions">
      {notices.map(notice => (
        <NoticeBox key={notice.id} notice={notice} labels={labels} />
      ))}
    </section>
  );
}

function NoticeBox({notice, labels}: {notice: Notice; labels: {dismiss: string; pause: string}}) {
  const {id, what, means, tone = 'plain', consequential = false} = notice;
  const [paused, setPaused] = useState(consequential);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (paused || held) return undefined;
    const timer = setTimeout(() => dismiss(id), shownFor);
    return () => clearTimeout(timer);
  }, [id, paused, held]);
  return (
    <div
      className={tone === 'plain' ? 'notice' : `notice ${tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>
        <b>{what}</b> {means}
      </p>
      <div className="acts">
        <Button kind="quiet" onClick={() => dismiss(id)}>
          {labels.dismiss}
        </Button>
        {paused ? null : (
          <Button kind="quiet" onClick={() => setPaused(true)}>
            {labels.pause}
          </Button>
        )}
      </div>
    </div>
  );
}
