import * as decoding from 'lib0/decoding';
import type {PresenceState} from '@plenary/protocol/frames';

export interface Present extends PresenceState {
  /** Number of the connection in the room: one person in two windows is present twice. */
  readonly connection: number;
}

/**
 * Who is in the room, as the server says. It tells when somebody leaves, so that nobody expires here: unlike in
 * y-protocols, a caret does not vanish because its owner thinks for half a minute.
 */
export class PresenceList {
  private readonly states = new Map<number, {clock: number; state: PresenceState}>();
  /** The same list until something changes. */
  private listed: {own: number | null; list: readonly Present[]} | null = null;

  /** Reads the payload of an awareness frame. True when something changed. */
  read(update: Uint8Array): boolean {
    const decoder = decoding.createDecoder(update);
    let changed = false;
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const connection = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state: unknown = JSON.parse(decoding.readVarString(decoder));
      if (state === null) {
        changed = this.states.delete(connection) || changed;
      } else if (isPresence(state) && clock >= (this.states.get(connection)?.clock ?? 0)) {
        this.states.set(connection, {clock, state});
        changed = true;
      }
    }
    if (changed) this.listed = null;
    return changed;
  }

  clear(): void {
    if (this.states.size > 0) this.listed = null;
    this.states.clear();
  }

  /** Everybody but the connection itself, in order of arrival. */
  others(own: number | null): readonly Present[] {
    if (this.listed?.own === own) return this.listed.list;
    const list = [...this.states]
      .filter(([connection]) => connection !== own)
      .map(([connection, {state}]) => ({
        connection,
        member: state.member,
        colour: state.colour,
        cursor: state.cursor ?? null,
      }))
      .sort((a, b) => a.colour - b.colour || a.connection - b.connection);
    this.listed = {own, list};
    return list;
  }
}

function isPresence(state: unknown): state is PresenceState {
  return typeof state === 'object' && state !== null && 'member' in state && 'colour' in state;
}
