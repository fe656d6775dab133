import {useEffect, useState, useSyncExternalStore} from 'react';
import {whyUnreachable} from '@plenary/client/http';
import {RoomClient, type RoomState} from '@plenary/client/room-client';
import {warnWhileUnsaved} from '@plenary/client/warn-while-unsaved';
import type {RefusalCode} from '@plenary/domain/refusal';
import type {Language} from '@plenary/domain/languages';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {isShared} from '../../lib/this-device.ts';
import type {Translate} from '@plenary/locales/message-id';

/** The room of a paper as long as the page shows it; null until it is made. */
export function useRoom(
  paper: PaperDetails,
  member: string,
  language: Language,
  translate: Translate,
): RoomClient | null {
  const [room, setRoom] = useState<RoomClient | null>(null);
  const {id, room: path, title} = paper;
  useEffect(() => {
    const made = new RoomClient({
      url: `${location.origin.replace('http', 'ws')}${path}`,
      paper: id,
      member,
      language,
      storage: isShared() ? 'none' : 'device',
      title,
      sentenceOf: code => translate(`refusals.${code as RefusalCode}`),
      whyUnreachable: () => whyUnreachable(id),
    });
    const stopWarning = warnWhileUnsaved(made);
    setRoom(made);
    return () => {
      stopWarning();
      void made.close();
      setRoom(null);
    };
  }, [id, path, title, member, language, translate]);
  useEffect(() => room?.setDetails(paper), [room, paper]);
  return room;
}

export function useRoomState<Part>(room: RoomClient, pick: (state: RoomState) => Part): Part {
  return useSyncExternalStore(
    listener => room.subscribe(listener),
    () => pick(room.getSnapshot()),
  );
}
