import type {LedgerKey} from './checkpoint.ts';
import type {Problem, Verdict} from './problem.ts';
import {verifyLog, verifyReceipt, verifyReceipts, verifyRevision, type LogReport, type Proven} from './verify.ts';

/** A file that somebody chose, or what they pasted. */
export interface Given {
  /** Null for what was pasted. */
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

type Values = Readonly<Record<string, string | number>>;

/** A sentence by its name in `@plenary/locales`. `time` is in milliseconds; see `spoken`. */
export interface Said {
  readonly id:
    | `verifier.${'receipt' | 'receipts' | 'revision' | 'log'}.ok`
    | `verifier.${'receipt' | 'revision' | 'log'}.means`
    | `verifier.receipts.${'wrong' | 'none'}`
    | 'verifier.log.own-keys'
    | 'verifier.wrong'
    | 'verifier.wrong.at'
    | 'verifier.text-alone'
    | `verifier.problem.${Problem}`;
  readonly values?: Values;
}

export interface Finding {
  readonly name: string | null;
  readonly tone: 'ok' | 'warn' | 'danger';
  /** What is so, in a few words. */
  readonly what: Said;
  readonly means: readonly Said[];
  /** What was proven, where it is one act. */
  readonly proven: Proven | null;
}

/** Looks at everything that was given, whatever it is. Texts are tried with the receipts that came along. */
export function judge(given: readonly Given[], keys: readonly LedgerKey[]): Finding[] {
  const texts = given.map(({bytes}) => decode(bytes));
  const receipts = texts.filter(text => text !== null && kindOf(text) === 'receipt') as string[];
  return given.flatMap(({name, bytes}, place) => {
    const text = texts[place] ?? null;
    const kind = text === null ? null : kindOf(text);
    if (text !== null && kind === 'receipt') return [ofReceipt(name, verifyReceipt(text, keys))];
    if (text !== null && kind === 'receipts') return ofReceipts(name, verifyReceipts(text, keys));
    if (text !== null && kind === 'log') return [ofLog(name, verifyLog(text, keys.length > 0 ? keys : null))];
    if (name === null || name.endsWith('.json')) return [wrong(name, {ok: false, problem: 'not-a-receipt'})];
    return [ofText(name, bytes, receipts, keys)];
  });
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    return null;
  }
}

function kindOf(text: string): 'receipt' | 'receipts' | 'log' | null {
  const kind = plenaryOf(text) ?? plenaryOf(text.slice(0, text.indexOf('\n')));
  return kind === 'receipt' || kind === 'receipts' || kind === 'log' ? kind : null;
}

function plenaryOf(text: string): unknown {
  try {
    return (JSON.parse(text) as {plenary?: unknown} | null)?.plenary;
  } catch {
    return undefined;
  }
}

function ofReceipt(name: string | null, found: Verdict<Proven>): Finding {
  if (!found.ok) return wrong(name, found);
  return {
    name,
    tone: 'ok',
    what: {id: 'verifier.receipt.ok'},
    means: [{id: 'verifier.receipt.means', values: valuesOf(found)}],
    proven: found,
  };
}

function valuesOf({leaf, checkpoint}: Proven): Values {
  return {index: leaf.index, size: checkpoint.size, time: checkpoint.at, key: checkpoint.key};
}

function ofReceipts(name: string | null, found: readonly Verdict<Proven>[]): Finding[] {
  const bad = found.filter(one => !one.ok);
  if (found.length === 0) return [{name, tone: 'warn', what: {id: 'verifier.receipts.none'}, means: [], proven: null}];
  if (bad.length === 0) {
    const what = {id: 'verifier.receipts.ok', values: {count: found.length}} as const;
    return [{name, tone: 'ok', what, means: [], proven: null}];
  }
  const what = {id: 'verifier.receipts.wrong', values: {count: bad.length}} as const;
  const shown = bad.slice(0, 10).flatMap(one => wrong(name, one).means);
  return [{name, tone: 'danger', what, means: shown, proven: null}];
}

function ofLog(name: string | null, found: Verdict<LogReport>): Finding {
  if (!found.ok) return wrong(name, found);
  const {acts, shown, checkpoints, newest, keysKnown} = found;
  return {
    name,
    tone: keysKnown ? 'ok' : 'warn',
    what: {id: 'verifier.log.ok'},
    means: [
      {id: 'verifier.log.means', values: {acts, shown, checkpoints, time: newest.at, key: newest.key}},
      ...(keysKnown ? [] : [{id: 'verifier.log.own-keys'} as const]),
    ],
    proven: null,
  };
}

function ofText(name: string, bytes: Uint8Array, receipts: readonly string[], keys: readonly LedgerKey[]): Finding {
  const tried = receipts
    .map(receipt => verifyRevision(bytes, receipt, keys))
    .filter(one => one.ok || one.problem !== 'not-a-revision');
  const found = tried.find(one => one.ok) ?? tried.find(one => !one.ok && one.problem === 'text-differs') ?? tried[0];
  if (!found) return {name, tone: 'warn', what: {id: 'verifier.text-alone'}, means: [], proven: null};
  if (!found.ok) return wrong(name, found);
  return {
    name,
    tone: 'ok',
    what: {id: 'verifier.revision.ok'},
    means: [{id: 'verifier.revision.means', values: valuesOf(found)}],
    proven: found,
  };
}

function wrong(name: string | null, {problem, index}: Extract<Verdict<object>, {ok: false}>): Finding {
  return {
    name,
    tone: 'danger',
    what: {id: 'verifier.wrong'},
    means: [
      {id: `verifier.problem.${problem}`},
      ...(index === undefined ? [] : [{id: 'verifier.wrong.at', values: {index}} as const]),
    ],
    proven: null,
  };
}

/** What plurals are chosen by stays a number. */
const counts = new Set(['count', 'acts']);

/** Values as a reader of this language writes them: numbers grouped, moments in UTC. */
export function spoken(values: Values | undefined, language: string): Record<string, string | number> {
  const locale = language === 'en' ? 'en-GB' : language;
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    if (name === 'time') said[name] = momentIn(Number(value), locale);
    else if (typeof value === 'number' && !counts.has(name)) said[name] = new Intl.NumberFormat(locale).format(value);
    else said[name] = value;
  }
  return said;
}

function momentIn(at: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'medium',
    hour12: false,
    timeZone: 'UTC',
  });
  return `${format.format(at)} UTC`;
}
