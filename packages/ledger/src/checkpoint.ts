import {ed25519} from '@noble/curves/ed25519.js';
import {sha256} from '@noble/hashes/sha2.js';
import {fromBase64, fromHex, sameBytes, toBase64, toHex} from './encoding.ts';
import {hashLength} from './merkle.ts';
import {Invalid} from './problem.ts';

/** What the instance says of its ledger at one moment. */
export interface Checkpoint {
  /** Name of the ledger, the same for its whole life: `plenary/` and hexadecimal digits. */
  readonly origin: string;
  /** How many acts there are. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
}

/** A public key as it is published. */
export interface LedgerKey {
  /** 8 hexadecimal digits: the key hash of C2SP signed notes. */
  readonly id: string;
  /** Ed25519, 32 bytes in hexadecimal. */
  readonly publicKey: string;
}

const originPattern = /^plenary\/[0-9a-f]{16}$/;

/** First four bytes of SHA-256(origin ‖ LF ‖ 0x01 ‖ public key). */
export function keyId(origin: string, publicKey: Uint8Array): string {
  const sum = sha256
    .create()
    .update(new TextEncoder().encode(`${origin}\n`))
    .update(Uint8Array.of(1))
    .update(publicKey)
    .digest();
  return toHex(sum.slice(0, 4));
}

/** Named after the first act, so that no two instances share a name and none can choose it. */
export function originOf(firstLeaf: Uint8Array): string {
  return `plenary/${toHex(firstLeaf.slice(0, 8))}`;
}

function signedText({origin, size, root, at}: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n${new Date(at).toISOString()}\n`;
}

/**
 * The checkpoint as a signed note (C2SP `signed-note` and `tlog-checkpoint`), which tools of transparency logs read:
 *
 *     plenary/5d130e9c70afc4b2        the origin
 *     48213                           how many acts
 *     T5oXwojg07FqBZLOcf0LPg…         the root, in base64
 *     2026-11-25T14:32:05.000Z        when it was signed
 *                                     an empty line
 *     — plenary/5d130e9c70afc4b2 …    base64 of the key's id (4 bytes) and the Ed25519 signature over all lines above
 */
export function signCheckpoint(checkpoint: Checkpoint, secretKey: Uint8Array): string {
  const text = signedText(checkpoint);
  const id = fromHex(keyId(checkpoint.origin, ed25519.getPublicKey(secretKey))) ?? new Uint8Array();
  const signature = ed25519.sign(new TextEncoder().encode(text), secretKey);
  return `${text}\n— ${checkpoint.origin} ${toBase64(Uint8Array.of(...id, ...signature))}\n`;
}

export interface SignedCheckpoint extends Checkpoint {
  /** Id of the key that is said to have signed. */
  readonly key: string;
  readonly signature: Uint8Array;
}

/** Reads a note without judging its signature. Throws `Invalid` `checkpoint-unreadable`. */
export function readCheckpoint(note: string): SignedCheckpoint {
  const [origin = '', size = '', root = '', time = '', empty, signed = '', last, ...more] = note.split('\n');
  const [dash, name, blob = '', ...others] = signed.split(' ');
  const bytes = fromBase64(blob);
  const rootBytes = fromBase64(root);
  const at = Date.parse(time);
  const isNote =
    originPattern.test(origin) &&
    /^[1-9]\d{0,15}$/.test(size) &&
    Number.isSafeInteger(Number(size)) &&
    rootBytes?.length === hashLength &&
    !Number.isNaN(at) &&
    new Date(at).toISOString() === time &&
    empty === '' &&
    dash === '—' &&
    name === origin &&
    bytes?.length === 4 + 64 &&
    others.length === 0 &&
    last === '' &&
    more.length === 0;
  if (!isNote) throw new Invalid('checkpoint-unreadable');
  return {
    origin,
    size: Number(size),
    root: rootBytes,
    at,
    key: toHex(bytes.slice(0, 4)),
    signature: bytes.slice(4),
  };
}

/** A checkpoint that one of these keys has signed. Throws `Invalid` `checkpoint-unreadable`, `key-unknown`, `signature-wrong`. */
export function openCheckpoint(note: string, keys: readonly LedgerKey[]): SignedCheckpoint {
  const checkpoint = readCheckpoint(note);
  const publicKey = keys
    .filter(({id}) => id === checkpoint.key)
    .map(key => fromHex(key.publicKey, 32))
    .find(key => key !== null && keyId(checkpoint.origin, key) === checkpoint.key);
  if (!publicKey) throw new Invalid('key-unknown');
  if (!isSignature(checkpoint.signature, new TextEncoder().encode(signedText(checkpoint)), publicKey))
    throw new Invalid('signature-wrong');
  return checkpoint;
}

function isSignature(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // Without ZIP 215 there is one valid signature of a text, and no second spelling of it.
    return ed25519.verify(signature, text, publicKey, {zip215: false});
  } catch {
    return false;
  }
}

export function publicKeyOf(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey);
}

export function sameCheckpoint(one: Checkpoint, other: Checkpoint): boolean {
  return one.origin === other.origin && one.size === other.size && sameBytes(one.root, other.root);
}
