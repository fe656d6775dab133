import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';

/**
 * SHA-256(salt ‖ UTF-8 of the text), in hex: what the ledger holds in place of words that can be erased. Who has words and salt
 * can show that they are those; who has neither learns nothing.
 */
export function commitmentTo(salt: Uint8Array, text: string): string {
  return bytesToHex(sha256.create().update(salt).update(new TextEncoder().encode(text)).digest());
}
