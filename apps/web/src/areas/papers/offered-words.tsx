import type {RoomClient} from '@plenary/client/room-client';
import {OfferedList} from './offered-list.tsx';
import {useRoomState} from './use-room.ts';

/** Words that the server refused, given back to who wrote them: never dropped in silence. */
export function OfferedWords({room, paper}: {room: RoomClient; paper: string}) {
  const offered = useRoomState(room, state => state.offered);
  return <OfferedList offered={offered} paper={paper} onDismiss={id => void room.dismissOffered(id)} />;
}
