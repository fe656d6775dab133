import type {RoomClient} from '@plenary/client/room-client';
import {useTranslate} from '../../lib/language.tsx';
import {notify} from '../../lib/notices.ts';
import {useRoomState} from './use-room.ts';

/** Words that the server refused, given back to who wrote them: never dropped in silence. */
export function OfferedWords({room}: {room: RoomClient}) {
  const t = useTranslate();
  const offered = useRoomState(room, state => state.offered);
  const shown = offered.filter(({text}) => text.trim() !== '');
  if (shown.length === 0) return null;
  return (
    <section className="notice warn offered" aria-labelledby="offered-title">
      <h2 id="offered-title">{t('papers.offered.title', {count: shown.length})}</h2>
      <p className="sub">{t('papers.offered.explain')}</p>
      <ul>
        {shown.map(({id, sentence, text}) => (
          <li key={id}>
            <p>{sentence}</p>
            <blockquote className="text" dir="auto">
              {text}
            </blockquote>
            <p className="acts">
              <button
                type="button"
                onClick={() => {
                  void navigator.clipboard
                    .writeText(text)
                    .then(() => notify({what: t('papers.save.copied'), tone: 'ok'}));
                }}
              >
                {t('papers.offered.copy')}
              </button>
              <button type="button" className="quiet" onClick={() => void room.dismissOffered(id)}>
                {t('papers.offered.dismiss')}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
