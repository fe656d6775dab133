import type {UpdateLog} from '@plenary/store/store';
import type {RoomStore} from '@plenary/room/ports';

/** One paper's part of the update log. */
export function paperLog(updates: UpdateLog, paper: number): RoomStore {
  return {
    load: () => updates.load(paper),
    append: rows => updates.append(paper, rows),
    read: (since, limit) => updates.read(paper, since, limit),
    saveSnapshot: (snapshot, seq) => updates.saveSnapshot(paper, snapshot, seq),
  };
}
