import {readFileSync} from 'node:fs';
import type {Paragraph} from '../view.ts';
import {textOf} from '../view.ts';
import {applyComparison, compare, rejectComparison} from '../compare/compare.ts';

/**
 * How long two long texts take to compare: `npx tsx packages/paper/src/testing/compare-bench.ts [old.txt new.txt]`, a paragraph
 * a line. The paragraphs get the same names by their place, so that nearly all of them have to be compared word by word, which
 * is the worst that can be asked; without files, a text of 120 kB of which every paragraph has some changes.
 */
const [oldFile, newFile] = process.argv.slice(2);
const old = oldFile ? fromFile(oldFile) : made(0);
const now = newFile ? fromFile(newFile) : made(7);

const times: number[] = [];
let rows = compare(old, now);
for (let i = 0; i < 10; i++) {
  const started = performance.now();
  rows = compare(old, now);
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
const counts = new Map<string, number>();
for (const {is} of rows) counts.set(is, (counts.get(is) ?? 0) + 1);
const isRight =
  JSON.stringify(applyComparison(old, rows)) === JSON.stringify(now) &&
  JSON.stringify(rejectComparison(now, rows)) === JSON.stringify(old);
process.stdout.write(
  `${size(old)} and ${size(now)} characters, ${old.length} and ${now.length} paragraphs: ` +
    `median ${times[5]?.toFixed(0)} ms, worst ${times.at(-1)?.toFixed(0)} ms; ` +
    `${[...counts].map(([is, count]) => `${count} ${is}`).join(', ')}; applied and refused: ${isRight ? 'right' : 'WRONG'}\n`,
);
if (!isRight) process.exitCode = 1;

function fromFile(file: string): Paragraph[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((text, i) => paragraph(i, text));
}

function made(change: number): Paragraph[] {
  return Array.from({length: 300}, (_, place) => {
    const words = Array.from({length: 70}, (__, word) => {
      const isChanged = change > 0 && (place + word * change) % 9 === 0;
      return isChanged ? `changed${word % change}` : `word${(place * word) % 97}`;
    });
    return paragraph(place, words.join(' '));
  });
}

function paragraph(place: number, text: string): Paragraph {
  return {name: `p${place}`, kind: 'text', level: 0, dir: null, lang: null, gone: false, runs: [{text, marks: {}}]};
}

function size(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, one) => sum + textOf(one).length, 0);
}
