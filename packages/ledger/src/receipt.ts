import {fromHex, toHex} from './encoding.ts';
import {leafText, saltLength, type LeafContent} from './leaf.ts';
import {hashLength} from './merkle.ts';
import {Invalid} from './problem.ts';

/** One act with all that proves it to be in the ledger; only the public key must come from elsewhere. */
export interface Receipt {
  readonly leaf: LeafContent;
  readonly salt: Uint8Array;
  /** RFC 9162 inclusion proof in the tree of the checkpoint. */
  readonly proof: readonly Uint8Array[];
  /** A signed note; see `checkpoint.ts`. */
  readonly checkpoint: string;
  /** Id of the key that signed it. */
  readonly key: string;
}

/** The receipt as a JSON value. */
export interface ReceiptJson {
  readonly plenary: 'receipt';
  readonly version: 1;
  readonly leaf: LeafContent;
  /** Hexadecimal. */
  readonly salt: string;
  readonly proof: string[];
  readonly checkpoint: string;
  readonly key: string;
}

export function receiptJson({leaf, salt, proof, checkpoint, key}: Receipt): ReceiptJson {
  return {plenary: 'receipt', version: 1, leaf, salt: toHex(salt), proof: proof.map(toHex), checkpoint, key};
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Exactly these fields: what is not covered by a hash must not travel in a receipt. */
export function hasExactly(value: Fields, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every(name => Object.hasOwn(value, name));
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Invalid('unreadable');
  }
}

/** Throws `Invalid` `not-a-receipt`, `other-version`, `malformed`. */
export function readReceipt(value: unknown): Receipt {
  if (!isFields(value) || value['plenary'] !== 'receipt') throw new Invalid('not-a-receipt');
  if (value['version'] !== 1) throw new Invalid('other-version');
  const {leaf, salt, proof, checkpoint, key} = value;
  const saltBytes = fromHex(salt, saltLength);
  const hashes = Array.isArray(proof) && proof.length < 64 ? proof.map(hash => fromHex(hash, hashLength)) : null;
  const isReceipt =
    hasExactly(value, ['plenary', 'version', 'leaf', 'salt', 'proof', 'checkpoint', 'key']) &&
    saltBytes !== null &&
    hashes !== null &&
    hashes.every(hash => hash !== null) &&
    typeof checkpoint === 'string' &&
    typeof key === 'string';
  if (!isReceipt) throw new Invalid('malformed');
  return {leaf: readLeaf(leaf), salt: saltBytes, proof: hashes, checkpoint, key};
}

/** Throws `Invalid` `malformed`. */
export function readLeaf(value: unknown): LeafContent {
  if (!isFields(value) || !hasExactly(value, ['index', 'seq', 'stream', 'act', 'at', 'actor', 'event']))
    throw new Invalid('malformed');
  const {index, seq, stream, act, at, actor, event} = value;
  const isLeaf =
    isCount(index, 0) &&
    isCount(seq, 1) &&
    typeof stream === 'string' &&
    typeof act === 'string' &&
    isCount(at, 0) &&
    (actor === null || isActor(actor)) &&
    isFields(event);
  if (!isLeaf) throw new Invalid('malformed');
  const leaf: LeafContent = {index, seq, stream, act, at, actor, event};
  try {
    leafText(leaf);
  } catch {
    throw new Invalid('malformed');
  }
  return leaf;
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && !Object.is(value, -0);
}

function isActor(value: unknown): value is NonNullable<LeafContent['actor']> {
  return (
    isFields(value) &&
    hasExactly(value, ['member', 'organisation', 'role']) &&
    typeof value['member'] === 'string' &&
    (value['organisation'] === null || typeof value['organisation'] === 'string') &&
    typeof value['role'] === 'string'
  );
}
