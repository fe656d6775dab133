import {createHash, createPublicKey, verify} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {keyId, openCheckpoint, readCheckpoint} from './checkpoint.ts';
import {fromHex} from './encoding.ts';
import {aLedger} from './testing/a-ledger.ts';

const ledger = aLedger(9);
const note = ledger.checkpoint();

function problemOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a checkpoint', () => {
  it('R40: is a signed note that Node’s own cryptography verifies', () => {
    const [text = '', signed = ''] = note.split('\n\n');
    expect(`${text}\n`).toBe(
      `${ledger.origin}\n9\n${Buffer.from(ledger.tree.root()).toString('base64')}\n2025-11-24T16:01:40.009Z\n`,
    );
    const [dash, name, blob = ''] = signed.trimEnd().split(' ');
    expect([dash, name]).toEqual(['—', ledger.origin]);
    const bytes = Buffer.from(blob, 'base64');
    const publicKey = Buffer.from(ledger.key.publicKey, 'hex');
    const expected = createHash('sha256').update(`${ledger.origin}\n`).update(Buffer.of(1)).update(publicKey).digest();
    expect(bytes.subarray(0, 4)).toEqual(expected.subarray(0, 4));
    expect(ledger.key.id).toBe(expected.subarray(0, 4).toString('hex'));
    const key = createPublicKey({
      key: {kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url')},
      format: 'jwk',
    });
    expect(verify(null, Buffer.from(`${text}\n`), key, bytes.subarray(4))).toBe(true);
  });

  it('is read back as it was signed', () => {
    expect(openCheckpoint(note, ledger.keys)).toMatchObject({
      origin: ledger.origin,
      size: 9,
      root: ledger.tree.root(),
      at: 1_764_000_100_009,
      key: ledger.key.id,
    });
  });

  it('is refused with its reason when a line is another', () => {
    const lines = note.split('\n');
    const changed = (at: number, line: string) => lines.map((old, place) => (place === at ? line : old)).join('\n');
    const open = (text: string) => problemOf(() => openCheckpoint(text, ledger.keys));
    expect(open(changed(1, '8'))).toBe('signature-wrong');
    expect(open(changed(1, '09'))).toBe('checkpoint-unreadable');
    expect(open(changed(2, ledger.checkpoint(4).split('\n')[2] ?? ''))).toBe('signature-wrong');
    expect(open(changed(3, '2025-11-24T16:01:40.010Z'))).toBe('signature-wrong');
    expect(open(changed(3, '2025-11-24'))).toBe('checkpoint-unreadable');
    expect(open(`${note}\n`)).toBe('checkpoint-unreadable');
    expect(open(note.trimEnd())).toBe('checkpoint-unreadable');
    expect(open('')).toBe('checkpoint-unreadable');
    expect(problemOf(() => readCheckpoint(changed(5, '— x y')))).toBe('checkpoint-unreadable');
  });

  it('is believed only by the keys at hand', () => {
    const other = aLedger(9, {seed: 3});
    expect(problemOf(() => openCheckpoint(note, other.keys))).toBe('key-unknown');
    expect(problemOf(() => openCheckpoint(note, []))).toBe('key-unknown');
    // A key that only borrows the id.
    expect(problemOf(() => openCheckpoint(note, [{...other.key, id: ledger.key.id}]))).toBe('key-unknown');
    const bytes = fromHex(other.key.publicKey) ?? new Uint8Array();
    expect(keyId(ledger.origin, bytes)).not.toBe(ledger.key.id);
  });
});
