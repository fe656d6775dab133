import {wordsOf} from './words.ts';

/** A step from one text to another. Lengths are UTF-16 units; steps follow each other without a gap in both texts. */
export interface Step {
  readonly is: 'same' | 'deleted' | 'added';
  readonly length: number;
}

/** So many words may differ before the rest counts as replaced: the search grows with the square of it. */
const mostDifferent = 1500;

/** The shortest way from one text to the other, word by word; deletions stand before what is added in their place. */
export function diffWords(before: string, after: string): Step[] {
  if (before === after) return steps([{is: 'same', length: before.length}]);
  const old = wordsOf(before);
  const now = wordsOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return steps([
    {is: 'same', length: lengthOf(old.slice(0, start))},
    ...diffMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    {is: 'same', length: lengthOf(old.slice(old.length - end))},
  ]);
}

/**
 * The same, easier to read: words that stay by chance between longer changes count as changed too, since nobody reads a
 * sentence of which "of" and "the" were kept.
 */
export function diffForReading(before: string, after: string): Step[] {
  let current = diffWords(before, after);
  for (;;) {
    const next = withoutChance(current);
    if (next.length === current.length) return current;
    current = next;
  }
}

function withoutChance(all: readonly Step[]): Step[] {
  const islands = all.map((step, i) => {
    if (step.is !== 'same') return step;
    const isChance = step.length <= longestBeside(all, i, -1) && step.length <= longestBeside(all, i, 1);
    return isChance ? null : step;
  });
  return steps(
    islands.flatMap((step, i): Step[] => {
      if (step) return [step];
      const {length} = all[i]!;
      return [
        {is: 'deleted', length},
        {is: 'added', length},
      ];
    }),
  );
}

/** The longer of what was deleted and added directly before or after a step. */
function longestBeside(all: readonly Step[], from: number, direction: 1 | -1): number {
  let longest = 0;
  for (let i = from + direction; all[i] && all[i]!.is !== 'same'; i += direction) {
    longest = Math.max(longest, all[i]!.length);
  }
  return longest;
}

/** Myers' greedy search (1986) over words as numbers. */
function diffMiddle(old: readonly string[], now: readonly string[]): Step[] {
  const [a, b] = numbered(old, now);
  const trail = search(a, b);
  if (!trail) {
    return [
      {is: 'deleted', length: lengthOf(old)},
      {is: 'added', length: lengthOf(now)},
    ];
  }
  const found: Step[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trail.length - 1; d >= 0; d--) {
    const reached = trail[d]!;
    const k = x - y;
    const isDown = k === -d || (k !== d && at(reached, d, k - 1) < at(reached, d, k + 1));
    const from = isDown ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(reached, d, from);
    const fromY = d === 0 ? 0 : fromX - from;
    const turnX = d === 0 ? 0 : isDown ? fromX : fromX + 1;
    while (x > turnX && y > turnX - k) {
      x--;
      y--;
      found.push({is: 'same', length: old[x]!.length});
    }
    if (d > 0)
      found.push(isDown ? {is: 'added', length: now[fromY]!.length} : {is: 'deleted', length: old[fromX]!.length});
    x = fromX;
    y = fromY;
  }
  return found.toReversed();
}

/** What was reached before each number of differences, by diagonal; null when there are too many. */
function search(a: Int32Array, b: Int32Array): Int32Array[] | null {
  const most = Math.min(a.length + b.length, mostDifferent);
  const reached = new Int32Array(2 * most + 3);
  const centre = most + 1;
  const trail: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trail.push(reached.slice(centre - d - 1, centre + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const isDown = k === -d || (k !== d && reached[centre + k - 1]! < reached[centre + k + 1]!);
      let x = isDown ? reached[centre + k + 1]! : reached[centre + k - 1]! + 1;
      if (d === 0) x = 0;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reached[centre + k] = x;
      if (x >= a.length && x - k >= b.length) return trail;
    }
  }
  return null;
}

function at(reached: Int32Array, d: number, k: number): number {
  return reached[k + d + 1]!;
}

function numbered(old: readonly string[], now: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>();
  const number = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  return [Int32Array.from(old, number), Int32Array.from(now, number)];
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((length, word) => length + word.length, 0);
}

/** Equal neighbours become one, empty ones go, and within a change all deletions stand before all additions. */
function steps(found: readonly Step[]): Step[] {
  const tidy: Step[] = [];
  let deleted = 0;
  let added = 0;
  let same = 0;
  const change = (): void => {
    if (deleted > 0) tidy.push({is: 'deleted', length: deleted});
    if (added > 0) tidy.push({is: 'added', length: added});
    deleted = added = 0;
  };
  const stay = (): void => {
    if (same > 0) tidy.push({is: 'same', length: same});
    same = 0;
  };
  for (const {is, length} of found) {
    if (length === 0) continue;
    if (is === 'same') {
      change();
      same += length;
      continue;
    }
    stay();
    if (is === 'deleted') deleted += length;
    else added += length;
  }
  change();
  stay();
  return tidy;
}
