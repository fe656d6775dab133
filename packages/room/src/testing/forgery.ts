import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Bits of a struct's first byte in Yjs V1: content type in the lower five, then which of these follow. */
export const hasOrigin = 128;
export const hasRightOrigin = 64;
export const hasKey = 32;
export const content = {gc: 0, deleted: 1, string: 4, embed: 5, any: 8, skip: 10} as const;

export interface Forged {
  readonly client: number;
  readonly clock: number;
  readonly info: number;
  /** Written after the first byte, as they come: origins, parent, key, content. */
  write(encoder: encoding.Encoder): void;
}

/** One struct as no Yjs would write it. */
export function forge({client, clock, info, write}: Forged): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8(encoder, info);
  write(encoder);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

export function writeRoot(encoder: encoding.Encoder, name: string): void {
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, name);
}

export function writeId(encoder: encoding.Encoder, client: number, clock: number): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

/** Deletions without structs. */
export function forgeDeletion(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

/** What somebody's own Yjs would send after doing this to a copy of the paper. */
export function updateBy(
  client: number,
  base: Y.Doc,
  act: (body: Y.Text, attributes: Y.Map<unknown>, doc: Y.Doc) => void,
): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => act(doc.getText('body'), doc.getMap('paragraphs'), doc));
  return updates[0] ?? new Uint8Array([0, 0]);
}
