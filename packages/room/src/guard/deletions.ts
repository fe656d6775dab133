import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {limits} from '../limits.ts';
import {isServerOnly} from './content.ts';
import type {Decoded} from './decode.ts';
import type {Steps} from './order.ts';

export interface Deletions {
  /** Something that was there is deleted now. */
  readonly any: boolean;
  /** Other than format marks: those are deleted by every Yjs text that tidies up. */
  readonly words: boolean;
  readonly openers: boolean;
}

/**
 * Looks only at what was not deleted before: an answer to step 1 carries all deletions of a paper's life. `states`: what
 * there is to delete once the update's structs are in.
 */
export function checkDeletions(
  doc: Y.Doc,
  deletions: Decoded['deletions'],
  stateOf: (client: number) => number,
  isServer: boolean,
  steps: Steps,
): Deletions {
  let count = 0;
  let words = false;
  let openers = false;
  for (const [client, ranges] of deletions) {
    const known = Y.getState(doc.store, client);
    const structs = doc.store.clients.get(client) ?? [];
    const end = stateOf(client);
    for (const {clock, len} of ranges) {
      if (!Number.isSafeInteger(clock + len) || clock + len > end) throw new Refusal('room.future');
      let isNew = len > 0 && clock + len > known;
      words ||= isNew;
      if (len > 0 && clock < known) {
        for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
          const item = structs[at]!;
          if (item.id.clock >= clock + len) break;
          steps.take();
          if (item.deleted || !(item instanceof Y.Item)) continue;
          isNew = true;
          if (!isServer && item.parentSub !== null && isServerOnly(item.parentSub)) {
            throw new Refusal('room.server-only');
          }
          openers ||= item.content instanceof Y.ContentEmbed;
          words ||= !(item.content instanceof Y.ContentFormat);
        }
      }
      if (isNew && ++count > limits.deletions) throw new Refusal('room.too-large');
    }
  }
  return {any: count > 0, words, openers};
}

/** True when these ranges delete what stands at `id`. */
export function covers(deletions: Decoded['deletions'], {client, clock}: Y.ID): boolean {
  return deletions.get(client)?.some(range => range.clock <= clock && clock < range.clock + range.len) ?? false;
}
