import {hkdfSync} from 'node:crypto';

/**
 * The secret key that checkpoints are signed with, 32 bytes, out of the instance's secret (HKDF, RFC 5869): every process
 * of an instance has the same one, and who has the database alone cannot sign.
 */
export function signingKeyFrom(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'plenary ledger checkpoint signing key 1', 32));
}
