import type {RoomClient} from '@plenary/client/room-client';
import type {PaperDetails} from '@plenary/protocol/api/papers';
import {ask, Refused} from '../../lib/http.ts';
import {notify} from '../../lib/notices.ts';

/**
 * Moves and joins across a moved paragraph are the server's: it changes the order of the text and touches no words.
 * What is still on its way is waited for, so that the server knows the paragraph.
 */
export function serverActs(paper: Pick<PaperDetails, 'id'>, room: RoomClient, unreachable: string) {
  async function act(path: 'moves' | 'joins', body: object): Promise<boolean> {
    try {
      await room.whenSaved();
      await ask('POST', `/api/papers/${paper.id}/${path}`, body);
      return true;
    } catch (error) {
      notify({what: error instanceof Refused ? error.message : unreachable, tone: 'warn'});
      return false;
    }
  }
  return {
    /** Behind another paragraph, or to the front. */
    move: (paragraph: string, after: string | null) => act('moves', {paragraph, after}),
    /** To the paragraph shown before it. */
    join: (paragraph: string) => act('joins', {paragraph}),
  };
}
