import {canonical} from './canonical.ts';
import type {ALedger} from './a-ledger.ts';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Json = null | boolean | number | string | Json[] | {[name: string]: Json};
type Path = readonly (string | number)[];

/**
 * A receipt that is not one: something of a valid one is changed, taken away, added, or taken from another place, another
 * moment, another ledger. Null when the change happened to change nothing.
 */
export function mutate(ledger: ALedger, other: ALedger, chance: () => number): string | null {
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(chance() * list.length)] as Value;
  const size = 2 + Math.floor(chance() * (ledger.rows.length - 1));
  const receipt = ledger.receipt(Math.floor(chance() * size), size);
  const original = JSON.parse(JSON.stringify(receipt)) as {[name: string]: Json};
  const value = structuredClone(original);
  const fresh = (from: ALedger) =>
    JSON.parse(JSON.stringify(from.receipt(Math.floor(chance() * size), size))) as typeof value;

  const kinds: (() => string | null)[] = [
    () => withByte(JSON.stringify(value), chance),
    () => withByte(JSON.stringify(value), chance),
    () => changeAt(value, pick(pathsOf(value)), chance),
    () => changeAt(value, pick(pathsOf(value)), chance),
    () => changeAt(value, pick(pathsOf(value)), chance),
    // Of another act of this ledger, or of another ledger.
    () => {
      const name = pick(['leaf', 'salt', 'proof', 'checkpoint', 'key']);
      value[name] = fresh(pick([ledger, other]))[name] ?? null;
      return null;
    },
    () => {
      const proof = value['proof'] as string[];
      const [a, b] = [Math.floor(chance() * proof.length), Math.floor(chance() * proof.length)];
      [proof[a], proof[b]] = [proof[b] ?? '', proof[a] ?? ''];
      return null;
    },
    () => {
      const proof = value['proof'] as string[];
      const spare = pick([...proof, ...(fresh(ledger)['proof'] as string[]), '00'.repeat(32)]);
      if (chance() < 0.5) proof.splice(Math.floor(chance() * (proof.length + 1)), 0, spare);
      else proof.splice(Math.floor(chance() * proof.length), 1);
      return null;
    },
    // The whole receipt of another ledger, valid there.
    () => JSON.stringify(fresh(other)),
    // This act with the checkpoint and key of another ledger, of another size, or signed by another.
    () => {
      const at = 1 + Math.floor(chance() * ledger.rows.length);
      value['checkpoint'] = pick([ledger, other]).checkpoint(at);
      if (chance() < 0.5) value['key'] = pick([ledger, other]).key.id;
      return null;
    },
    () => {
      const lines = (value['checkpoint'] as string).split('\n');
      const theirs = ledger.checkpoint(1 + Math.floor(chance() * ledger.rows.length)).split('\n');
      const at = Math.floor(chance() * lines.length);
      if (chance() < 0.7) lines[at] = theirs[at] ?? '';
      else lines.splice(at, chance() < 0.5 ? 1 : 0, ...(chance() < 0.5 ? [pick(lines)] : []));
      value['checkpoint'] = lines.join('\n');
      return null;
    },
    () => {
      const leaf = value['leaf'] as {[name: string]: Json};
      leaf['index'] = (leaf['index'] as number) + pick([-1, 1, 2, size, -size, 0.5, 2 ** 32, 2 ** 53]);
      return null;
    },
    () => {
      value['salt'] = Array.from({length: 32}, () => pick([...'0123456789abcdef'])).join('');
      return null;
    },
    () => {
      value[pick(['plenary', 'version', 'extra', 'leafHash', '__proto__x'])] = pick([
        1,
        2,
        'receipt',
        'log',
        null,
        '1',
      ]);
      return null;
    },
  ];
  const text = pick(kinds)() ?? JSON.stringify(value);
  return sameReceipt(text, original) ? null : text;
}

/** Whether a text says the same as the receipt that it was made of, in whatever order and spelling JSON allows. */
function sameReceipt(text: string, original: Json): boolean {
  try {
    return canonical(JSON.parse(text)) === canonical(original);
  } catch {
    return false;
  }
}

function withByte(text: string, chance: () => number): string {
  const bytes = new TextEncoder().encode(text);
  const at = Math.floor(chance() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(chance() * 8));
  return new TextDecoder().decode(bytes);
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Array.isArray(value)
    ? value.flatMap((item, place) => pathsOf(item, [...path, place]))
    : Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

function changeAt(value: {[name: string]: Json}, path: Path, chance: () => number): null {
  const last = path.at(-1) ?? '';
  let holder = value;
  for (const step of path.slice(0, -1)) holder = holder[step] as {[name: string]: Json};
  const now = holder[last] ?? null;
  if (chance() < 0.2) {
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
    return null;
  }
  if (chance() < 0.15) {
    holder[`${last}2`] = now;
    return null;
  }
  holder[last] = otherThan(now, chance);
  return null;
}

function otherThan(now: Json, chance: () => number): Json {
  if (typeof now === 'number') return now + (chance() < 0.5 ? 1 : -1) * Math.ceil(chance() * 100);
  if (typeof now === 'boolean') return !now;
  if (typeof now === 'string' && now.length > 0 && chance() < 0.85) {
    const at = Math.floor(chance() * now.length);
    const letter = chance() < 0.7 ? '0123456789abcdefA+/=\n '[Math.floor(chance() * 22)] : '';
    return now.slice(0, at) + letter + now.slice(at + (chance() < 0.8 ? 1 : 0));
  }
  const others: Json[] = [null, true, 0, '', 'x', [], {}, [now], {x: now}, String(now)];
  return others[Math.floor(chance() * others.length)] ?? null;
}
