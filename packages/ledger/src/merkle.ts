import {sha256} from '@noble/hashes/sha2.js';
import {sameBytes} from './encoding.ts';

// The Merkle tree of RFC 9162, section 2.1. Sizes and indexes are whole numbers up to 2^53, so bits are taken by division.

export const hashLength = 32;

/** Root of the tree without leaves. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest();
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);
const isPowerOf2 = (n: number): boolean => n > 0 && Number.isInteger(Math.log2(n)) && 2 ** Math.log2(n) === n;

/** Largest power of two below n, which must be above 1. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}

/** The root of a tree that only grows, in memory that grows with the logarithm of its size. */
export class Frontier {
  size = 0;
  /** Complete subtrees from the left, with the number of leaves of each. */
  readonly #peaks: {leaves: number; hash: Uint8Array}[] = [];

  append(leaf: Uint8Array): void {
    let peak = {leaves: 1, hash: leaf};
    for (let last = this.#peaks.at(-1); last?.leaves === peak.leaves; last = this.#peaks.at(-1)) {
      peak = {leaves: 2 * peak.leaves, hash: nodeHash(last.hash, peak.hash)};
      this.#peaks.pop();
    }
    this.#peaks.push(peak);
    this.size++;
  }

  root(): Uint8Array {
    const hash = this.#peaks
      .map(peak => peak.hash)
      .reduceRight<Uint8Array | null>((right, left) => (right ? nodeHash(left, right) : left), null);
    return hash ?? emptyRoot();
  }
}

/** A list of hashes in one block of memory. */
class Hashes {
  length = 0;
  #bytes = new Uint8Array(64 * hashLength);

  push(hash: Uint8Array): void {
    const at = this.length * hashLength;
    if (at === this.#bytes.length) {
      const more = new Uint8Array(2 * at);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes.set(hash, at);
    this.length++;
  }

  at(index: number): Uint8Array {
    if (index < 0 || index >= this.length) throw new RangeError(`There is no hash ${index}.`);
    return this.#bytes.slice(index * hashLength, (index + 1) * hashLength);
  }
}

/** Every complete subtree, 64 bytes a leaf: roots and proofs at any size that the tree once had. */
export class MerkleTree {
  readonly #levels: Hashes[] = [new Hashes()];

  get size(): number {
    return this.#level(0).length;
  }

  append(leaf: Uint8Array): void {
    if (leaf.length !== hashLength) throw new Error(`A leaf hash has ${hashLength} bytes.`);
    let hash = leaf;
    for (let level = 0; ; level++) {
      const hashes = this.#level(level);
      hashes.push(hash);
      if (isOdd(hashes.length)) return;
      hash = nodeHash(hashes.at(hashes.length - 2), hashes.at(hashes.length - 1));
    }
  }

  leaf(index: number): Uint8Array {
    return this.#level(0).at(index);
  }

  /** Root when the tree had `size` leaves. */
  root(size = this.size): Uint8Array {
    this.#mustHold(size);
    return size === 0 ? emptyRoot() : this.#hashOf(0, size);
  }

  /** Section 2.1.3.1: from the leaf's neighbour up to the root. */
  inclusionProof(index: number, size = this.size): Uint8Array[] {
    this.#mustHold(size);
    if (!(index >= 0 && index < size)) throw new RangeError(`A tree of ${size} has no leaf ${index}.`);
    const path = (start: number, leaves: number): Uint8Array[] => {
      if (leaves === 1) return [];
      const split = splitOf(leaves);
      return index < start + split
        ? [...path(start, split), this.#hashOf(start + split, leaves - split)]
        : [...path(start + split, leaves - split), this.#hashOf(start, split)];
    };
    return path(0, size);
  }

  /** Section 2.1.4.1: that the tree of `from` leaves is the beginning of the one of `to`. */
  consistencyProof(from: number, to = this.size): Uint8Array[] {
    this.#mustHold(to);
    if (!(from >= 0 && from <= to)) throw new RangeError(`A tree of ${to} was never one of ${from}.`);
    if (from === 0 || from === to) return [];
    const proof = (first: number, start: number, leaves: number, whole: boolean): Uint8Array[] => {
      if (first === leaves) return whole ? [] : [this.#hashOf(start, leaves)];
      const split = splitOf(leaves);
      return first <= split
        ? [...proof(first, start, split, whole), this.#hashOf(start + split, leaves - split)]
        : [...proof(first - split, start + split, leaves - split, false), this.#hashOf(start, split)];
    };
    return proof(from, 0, to, true);
  }

  #level(level: number): Hashes {
    return (this.#levels[level] ??= new Hashes());
  }

  #mustHold(size: number): void {
    if (!(size >= 0 && size <= this.size)) throw new RangeError(`The tree has ${this.size} leaves, not ${size}.`);
  }

  /** Of `leaves` leaves from `start`, which is a multiple of the largest power of two below or at `leaves`. */
  #hashOf(start: number, leaves: number): Uint8Array {
    if (isPowerOf2(leaves)) return this.#level(Math.log2(leaves)).at(start / leaves);
    const split = splitOf(leaves);
    return nodeHash(this.#hashOf(start, split), this.#hashOf(start + split, leaves - split));
  }
}

/** What one step of an inclusion proof is joined with, and on which side it stands. */
export interface ProofStep {
  readonly side: 'before' | 'after';
  readonly hash: Uint8Array;
  /** The hash of both together. */
  readonly result: Uint8Array;
}

/** Section 2.1.3.2, step by step; null when the proof has not the shape of one for this place. */
export function inclusionSteps(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): ProofStep[] | null {
  if (!(index >= 0 && index < size)) return null;
  const steps: ProofStep[] = [];
  let place = index;
  let last = size - 1;
  let result = leaf;
  for (const hash of proof) {
    if (last === 0) return null;
    if (isOdd(place) || place === last) {
      result = nodeHash(hash, result);
      steps.push({side: 'before', hash, result});
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      result = nodeHash(result, hash);
      steps.push({side: 'after', hash, result});
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 ? steps : null;
}

export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const steps = inclusionSteps(index, size, leaf, proof);
  return steps !== null && sameBytes(steps.at(-1)?.result ?? leaf, root);
}

/** Section 2.1.4.2. A tree is consistent with itself, and the empty one with every other, both by the empty proof. */
export function verifyConsistency(
  from: number,
  to: number,
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!(from >= 0 && from <= to)) return false;
  if (from === to) return proof.length === 0 && sameBytes(fromRoot, toRoot);
  if (from === 0) return proof.length === 0 && sameBytes(fromRoot, emptyRoot());
  const [first, ...rest] = isPowerOf2(from) ? [fromRoot, ...proof] : proof;
  if (!first || proof.length === 0) return false;
  let place = from - 1;
  let last = to - 1;
  while (isOdd(place)) {
    place = half(place);
    last = half(last);
  }
  let earlier = first;
  let later = first;
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      earlier = nodeHash(hash, earlier);
      later = nodeHash(hash, later);
      while (!isOdd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      later = nodeHash(later, hash);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && sameBytes(earlier, fromRoot) && sameBytes(later, toRoot);
}
