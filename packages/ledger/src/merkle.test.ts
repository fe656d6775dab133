import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {toHex} from './encoding.ts';
import {emptyRoot, Frontier, inclusionSteps, MerkleTree, verifyConsistency, verifyInclusion} from './merkle.ts';
import {naivePath, naiveProof, naiveRoot} from './testing/naive-tree.ts';

const leaves = Array.from(
  {length: 2100},
  (_, place) => new Uint8Array(createHash('sha256').update(`leaf ${place}`).digest()),
);
const tree = new MerkleTree();
for (const leaf of leaves) tree.append(leaf);
const leafAt = (index: number) => leaves[index] ?? new Uint8Array();
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);

describe('the Merkle tree of RFC 9162', () => {
  it('has the roots of the definition at every size to 130, also when only its frontier is kept', () => {
    const frontier = new Frontier();
    for (let size = 0; size <= 130; size++) {
      const root = toHex(naiveRoot(leaves.slice(0, size)));
      expect(toHex(tree.root(size)), `size ${size}`).toBe(root);
      expect(toHex(frontier.root()), `frontier of ${size}`).toBe(root);
      expect(frontier.size).toBe(size);
      frontier.append(leafAt(size));
    }
    expect(toHex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('proves every leaf of every size to 130, by the paths of the definition', () => {
    for (let size = 1; size <= 130; size++) {
      const root = tree.root(size);
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size);
        if (size <= 40) expect(hexes(proof)).toEqual(hexes(naivePath(index, leaves.slice(0, size))));
        if (!verifyInclusion(index, size, leafAt(index), proof, root)) expect.fail(`leaf ${index} of ${size}`);
        if (verifyInclusion((index + 1) % (size + 1), size, leafAt(index), proof, root))
          expect.fail(`leaf ${index} of ${size} at another place`);
      }
    }
  });

  it('proves that every size to 130 is the beginning of every later one, by the proofs of the definition', () => {
    for (let to = 1; to <= 130; to++) {
      for (let from = 0; from <= to; from++) {
        const proof = tree.consistencyProof(from, to);
        if (to <= 40 && from > 0) expect(hexes(proof)).toEqual(hexes(naiveProof(from, leaves.slice(0, to))));
        if (!verifyConsistency(from, to, tree.root(from), tree.root(to), proof)) expect.fail(`${from} in ${to}`);
      }
    }
  });

  it('holds for larger sizes, and rejects every proof with something changed', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 131, max: 2100}),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        fc.integer({min: 1, max: 255}),
        (size, a, b, c, change) => {
          const index = a % size;
          const root = tree.root(size);
          const path = tree.inclusionProof(index, size);
          expect(verifyInclusion(index, size, leafAt(index), path, root)).toBe(true);
          const damaged = path.map(hash => hash.slice());
          const hit = damaged[b % damaged.length];
          if (hit) hit[c % 32] = (hit[c % 32] ?? 0) ^ change;
          expect(verifyInclusion(index, size, leafAt(index), damaged, root)).toBe(false);
          expect(verifyInclusion(index, size, leafAt(index), path.slice(1), root)).toBe(false);
          expect(verifyInclusion(index, size, leafAt(index), [...path, root], root)).toBe(false);
          expect(verifyInclusion(b % size, size, leafAt(index), path, root)).toBe(b % size === index);

          const from = 1 + (b % (size - 1));
          const proof = tree.consistencyProof(from, size);
          expect(hexes(proof)).toEqual(hexes(naiveProof(from, leaves.slice(0, size))));
          expect(verifyConsistency(from, size, tree.root(from), root, proof)).toBe(true);
          const other = proof.map(hash => hash.slice());
          const struck = other[c % other.length];
          if (struck) struck[a % 32] = (struck[a % 32] ?? 0) ^ change;
          expect(verifyConsistency(from, size, tree.root(from), root, other)).toBe(false);
          expect(verifyConsistency(from, size, tree.root(from - 1), root, proof)).toBe(false);
          expect(verifyConsistency(from, size, tree.root(from), root, [...proof, root])).toBe(false);
          expect(verifyConsistency(from, size, tree.root(from), root, proof.slice(0, -1))).toBe(false);
        },
      ),
      {numRuns: 150},
    );
  });

  it('says on which side each step stands', () => {
    const steps = inclusionSteps(2, 3, leafAt(2), tree.inclusionProof(2, 3)) ?? [];
    expect(steps.map(({side}) => side)).toEqual(['before']);
    expect(inclusionSteps(0, 4, leafAt(0), tree.inclusionProof(0, 4))?.map(({side}) => side)).toEqual([
      'after',
      'after',
    ]);
    expect(inclusionSteps(0, 1, leafAt(0), [])).toEqual([]);
  });

  it('knows no sizes that it never had', () => {
    expect(() => tree.root(2101)).toThrow('2100 leaves');
    expect(() => tree.inclusionProof(5, 5)).toThrow('no leaf 5');
    expect(() => tree.consistencyProof(6, 5)).toThrow('never one of 6');
    expect(verifyConsistency(3, 2, tree.root(3), tree.root(2), [])).toBe(false);
    expect(verifyConsistency(2, 4, tree.root(2), tree.root(4), [])).toBe(false);
  });
});
