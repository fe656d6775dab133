import {bytesToHex, hexToBytes} from '@noble/hashes/utils.js';

export {bytesToHex as toHex} from '@noble/hashes/utils.js';

/** Bytes of lower-case hexadecimal, `length` of them where it is given; null for anything else. */
export function fromHex(text: unknown, length?: number): Uint8Array | null {
  if (typeof text !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(text)) return null;
  return length !== undefined && text.length !== 2 * length ? null : hexToBytes(text);
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Null unless it is exactly what `toBase64` makes, so that no second spelling of a signature passes. */
export function fromBase64(text: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && bytesToHex(one) === bytesToHex(other);
}
