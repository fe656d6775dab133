import * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {
  isAttribute,
  isMark,
  isOpener,
  isParagraphName,
  paragraphAttributes,
  serverOnlyAttributes,
  shapeLimits,
  textMarks,
} from '@plenary/paper/guard-shape';
import type {Place} from './places.ts';

/** What a struct holds, as far as the guard has more to ask. */
export type Held = {readonly is: 'opener'; readonly id: string} | {readonly is: 'ghost'} | {readonly is: 'other'};

const ghost: Held = {is: 'ghost'};
const other: Held = {is: 'other'};

/** Refuses whatever a flat paper has no use for: nested types, sub-documents, binary, unknown marks, objects as values. */
export function checkContent(content: Y.Item['content'], place: Place, isServer: boolean): Held {
  if (content instanceof Y.ContentDeleted) return ghost;
  return place.in === 'body' ? checkText(content) : checkValue(content, place.key, isServer);
}

function checkText(content: Y.Item['content']): Held {
  if (content instanceof Y.ContentString) {
    if (content.str.length > shapeLimits.text) throw new Refusal('room.too-large');
    return other;
  }
  if (content instanceof Y.ContentFormat) {
    const {key, value} = content as {key: string; value: unknown};
    if (!isMark(key)) throw new Refusal('room.content');
    if (!textMarks[key](value)) throw new Refusal(key === 'link' ? 'room.link' : 'room.content');
    return other;
  }
  if (content instanceof Y.ContentEmbed) {
    const embed: unknown = content.embed;
    if (!isOpener(embed)) throw new Refusal('room.content');
    return {is: 'opener', id: embed.p};
  }
  throw new Refusal('room.content');
}

function checkValue(content: Y.Item['content'], key: string, isServer: boolean): Held {
  // More than one value: what an undo manager keeps of overwritten values merges into one struct.
  if (!(content instanceof Y.ContentAny) || content.arr.length < 1 || content.arr.length > shapeLimits.values) {
    throw new Refusal('room.content');
  }
  const {name, attribute} = splitKey(key);
  if (!isAttribute(attribute) || !isParagraphName(name)) throw new Refusal('room.content');
  if (serverOnlyAttributes.has(attribute) && !isServer) throw new Refusal('room.server-only');
  if (!content.arr.every(paragraphAttributes[attribute])) throw new Refusal('room.content');
  return other;
}

/** A derived name holds a dot of its own: the attribute follows the last one. */
function splitKey(key: string): {name: string; attribute: string} {
  const dot = key.lastIndexOf('.');
  return {name: key.slice(0, Math.max(dot, 0)), attribute: key.slice(dot + 1)};
}

/** True for a key that only the server may write or remove. */
export function isServerOnly(key: string): boolean {
  const {attribute} = splitKey(key);
  return isAttribute(attribute) && serverOnlyAttributes.has(attribute);
}
