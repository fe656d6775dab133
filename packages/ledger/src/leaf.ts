import {sha256} from '@noble/hashes/sha2.js';
import canonicalize from 'canonicalize';

/** What a leaf commits to. */
export interface LeafContent {
  /** From 0 over the whole instance. */
  readonly index: number;
  /** From 1 within the stream. */
  readonly seq: number;
  readonly stream: string;
  readonly act: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly actor: {readonly member: string; readonly organisation: string | null; readonly role: string} | null;
  readonly event: Readonly<Record<string, unknown>>;
}

export const saltLength = 16;

/** RFC 8785 canonical JSON of exactly the seven fields, in UTF-8. */
export function leafText(content: LeafContent): string {
  const {index, seq, stream, act, at, actor, event} = content;
  const text = canonicalize({index, seq, stream, act, at, actor, event});
  if (text === undefined) throw new Error('The act has no canonical form.');
  return text;
}

/**
 * SHA-256(0x00 ‖ salt ‖ canonical JSON), 32 bytes. 0x00 is the leaf prefix of RFC 9162, section 2.1.1; the salt, 16 random
 * bytes, keeps an erased act from being guessed out of its hash.
 */
export function leafHash(salt: Uint8Array, content: LeafContent): Uint8Array {
  if (salt.length !== saltLength) throw new Error(`A salt has ${saltLength} bytes.`);
  return sha256
    .create()
    .update(Uint8Array.of(0))
    .update(salt)
    .update(new TextEncoder().encode(leafText(content)))
    .digest();
}
