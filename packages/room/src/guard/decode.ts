import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {limits} from '../limits.ts';

export type Struct = Y.Item | Y.GC | Y.Skip;

export interface Decoded {
  /** By client, in the order of their clocks. */
  readonly byClient: ReadonlyMap<number, readonly Struct[]>;
  readonly structs: number;
  readonly deletions: ReadonlyMap<number, readonly {readonly clock: number; readonly len: number}[]>;
}

const largestClient = 2 ** 32 - 1;

/** Reads bytes of a stranger. Whatever goes wrong in the decoder (also its running out of stack) is `room.malformed`. */
export function decode(update: Uint8Array): Decoded {
  let structs: Struct[];
  let deletions: Map<number, {clock: number; len: number}[]>;
  try {
    const decoded = Y.decodeUpdate(update);
    structs = decoded.structs;
    deletions = decoded.ds.clients;
  } catch {
    throw new Refusal('room.malformed');
  }
  if (structs.length > limits.structs) throw new Refusal('room.too-large');
  const byClient = new Map<number, Struct[]>();
  for (const struct of structs) {
    const {client} = struct.id;
    if (client > largestClient) throw new Refusal('room.malformed');
    const list = byClient.get(client);
    if (list) list.push(struct);
    else byClient.set(client, [struct]);
  }
  return {byClient, structs: structs.length, deletions};
}
