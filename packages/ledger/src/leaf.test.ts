import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {leafHash, leafText} from './leaf.ts';

const act = {
  index: 4,
  seq: 2,
  stream: 'paper:abc',
  act: 'paper.mode-set',
  at: 1_764_000_000_000,
  actor: {member: 'm1', organisation: null, role: 'chair'},
  event: {to: 'frozen', from: 'open', note: 'é'},
};

describe('a leaf', () => {
  it('is canonical JSON of what happened, whatever the order of the fields', () => {
    const {event, index, ...rest} = act;
    const text =
      '{"act":"paper.mode-set","actor":{"member":"m1","organisation":null,"role":"chair"},"at":1764000000000,' +
      '"event":{"from":"open","note":"é","to":"frozen"},"index":4,"seq":2,"stream":"paper:abc"}';
    expect(leafText({event, ...rest, index})).toBe(text);
  });

  it('is hashed with the leaf prefix of RFC 9162 and its salt', () => {
    const salt = new Uint8Array(16).fill(7);
    const expected = createHash('sha256').update(Buffer.of(0)).update(salt).update(leafText(act), 'utf8').digest();
    expect(Buffer.from(leafHash(salt, act))).toEqual(expected);
    expect(leafHash(new Uint8Array(16), act)).not.toEqual(leafHash(salt, act));
    expect(() => leafHash(new Uint8Array(8), act)).toThrow('16 bytes');
  });

  it('leaves out what is not part of the act', () => {
    expect(leafText({...act, salt: 'x', other: 1} as typeof act)).toBe(leafText(act));
  });
});
