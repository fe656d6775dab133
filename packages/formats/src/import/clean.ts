import {Refusal} from '@plenary/domain/refusal';
import type {LeftOvers} from './report.ts';

/** Longest source that is read, in UTF-16 units: some 300,000 words. */
export const longestSource = 2_000_000;

const controls = /(?![\t\n])\p{Cc}/gu;
const halfPairs = /\p{Surrogate}/gu;

/** One kind of line end, no byte order mark, no control characters, no halves of characters. Refuses `input.too-large`. */
export function cleanSource(source: string, left: LeftOvers): string {
  if (source.length > longestSource) throw new Refusal('input.too-large', {limit: longestSource});
  const lines = source.replace(/^\uFEFF/, '').replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n');
  let removed = 0;
  const clean = lines
    .replace(controls, () => {
      removed++;
      return '';
    })
    .replace(halfPairs, () => {
      removed++;
      return '\uFFFD';
    });
  if (removed > 0) left.note('control', null, removed);
  return clean;
}
