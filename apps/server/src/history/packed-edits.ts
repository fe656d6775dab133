import type {LoggedEdit} from '@plenary/paper/history/step-record';

/** Updates in one piece of memory: a thread takes it as it is, where thousands of small ones would each be copied by itself. */
export interface PackedEdits {
  readonly actors: Int32Array;
  readonly lengths: Int32Array;
  readonly bytes: Uint8Array;
}

export function packEdits(edits: readonly LoggedEdit[]): PackedEdits {
  const bytes = new Uint8Array(edits.reduce((size, edit) => size + edit.bytes.byteLength, 0));
  let offset = 0;
  for (const edit of edits) {
    bytes.set(edit.bytes, offset);
    offset += edit.bytes.byteLength;
  }
  return {
    actors: Int32Array.from(edits, ({actor}) => actor),
    lengths: Int32Array.from(edits, edit => edit.bytes.byteLength),
    bytes,
  };
}

export function unpackEdits({actors, lengths, bytes}: PackedEdits): LoggedEdit[] {
  let offset = 0;
  return Array.from(actors, (actor, at) => {
    const start = offset;
    offset += lengths[at] ?? 0;
    return {actor, bytes: bytes.subarray(start, offset)};
  });
}
