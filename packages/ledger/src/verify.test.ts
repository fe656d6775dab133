import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {keyId, originOf, publicKeyOf, signCheckpoint} from './checkpoint.ts';
import {toHex} from './encoding.ts';
import {leafHash} from './leaf.ts';
import {checkpointLine} from './log-file.ts';
import {receiptJson} from './receipt.ts';
import {aLedger} from './testing/a-ledger.ts';
import {fuzzReceipts} from './testing/fuzz-receipts.ts';
import {verifyCheckpoints, verifyLog, verifyReceipt, verifyRevision} from './verify.ts';

const ledger = aLedger(23);

describe('R41: a receipt', () => {
  it('proves its act with nothing but the public key', () => {
    const found = verifyReceipt(JSON.stringify(ledger.receipt(6, 20)), ledger.keys);
    expect(found).toMatchObject({
      ok: true,
      leaf: {index: 6, act: 'mandate.granted'},
      checkpoint: {size: 20, origin: ledger.origin, key: ledger.key.id},
    });
    if (found.ok) expect(found.steps.at(-1)?.result).toEqual(found.checkpoint.root);
  });

  it('stays valid while the ledger grows, and in whatever order its fields are written', () => {
    const receipt = ledger.receipt(3, 4);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(receipt).toReversed()), null, 2);
    expect(verifyReceipt(turned, ledger.keys).ok).toBe(true);
  });

  it('names what is wrong with it', () => {
    const receipt = ledger.receipt(6, 20);
    const problem = (change: object, keys = ledger.keys) => {
      const found = verifyReceipt(JSON.stringify({...receipt, ...change}), keys);
      return found.ok ? 'none' : found.problem;
    };
    expect(verifyReceipt('{', ledger.keys)).toMatchObject({problem: 'unreadable'});
    expect(verifyReceipt('[1]', ledger.keys)).toMatchObject({problem: 'not-a-receipt'});
    expect(problem({plenary: 'log'})).toBe('not-a-receipt');
    expect(problem({version: 2})).toBe('other-version');
    expect(problem({more: 1})).toBe('malformed');
    expect(problem({salt: receipt.salt.toUpperCase()})).toBe('malformed');
    expect(problem({salt: `${receipt.salt.slice(2)}00`})).toBe('proof-wrong');
    expect(problem({leaf: {...receipt.leaf, event: {...receipt.leaf.event, role: 'chair'}}})).toBe('proof-wrong');
    expect(problem({leaf: {...receipt.leaf, index: 7}})).toBe('proof-wrong');
    expect(problem({leaf: {...receipt.leaf, index: 20}})).toBe('not-covered');
    expect(problem({leaf: {...receipt.leaf, handle: 'Ana'}})).toBe('malformed');
    expect(problem({proof: receipt.proof.toReversed()})).toBe('proof-wrong');
    expect(problem({checkpoint: 'x'})).toBe('checkpoint-unreadable');
    expect(problem({checkpoint: ledger.checkpoint(21)})).toBe('proof-wrong');
    expect(problem({}, [])).toBe('key-unknown');
    expect(problem({}, aLedger(23, {seed: 2}).keys)).toBe('key-unknown');
  });

  it('never passes when anything of it was changed: 3,000 seeded changes, none accepted', () => {
    const {tried, accepted, problems} = fuzzReceipts(3000, 41);
    expect(accepted).toEqual([]);
    expect(tried).toBe(3000);
    // The changes reach every kind of check.
    for (const problem of ['malformed', 'proof-wrong', 'signature-wrong', 'key-unknown', 'not-covered'])
      expect(problems[problem], problem).toBeGreaterThan(10);
  });
});

describe('R41: the text of a revision', () => {
  const text = new TextEncoder().encode('We, the participants,\nAgree.\n');
  const sha256 = createHash('sha256').update(text).digest('hex');

  function receiptOf(act: string, event: Record<string, unknown>): string {
    const leaf = {index: 0, seq: 1, stream: 'paper:P', act, at: 1_764_000_000_000, actor: null, event};
    const salt = new Uint8Array(16).fill(4);
    const root = leafHash(salt, leaf);
    const secret = new Uint8Array(32).fill(7);
    const checkpoint = signCheckpoint({origin: originOf(root), size: 1, root, at: leaf.at}, secret);
    const key = keyId(originOf(root), publicKeyOf(secret));
    return JSON.stringify(receiptJson({leaf, salt, proof: [], checkpoint, key}));
  }
  const publicKey = publicKeyOf(new Uint8Array(32).fill(7));
  const keysOf = (receipt: string) => {
    const {key} = JSON.parse(receipt) as {key: string};
    return [{id: key, publicKey: toHex(publicKey)}];
  };

  it('is the one that was issued, byte for byte', () => {
    const issued = receiptOf('revision.issued', {revision: 'R1', number: 1, sha256});
    expect(verifyRevision(text, issued, keysOf(issued))).toMatchObject({ok: true});
    expect(verifyRevision(text.slice(1), issued, keysOf(issued))).toMatchObject({problem: 'text-differs'});
    const other = receiptOf('paper.created', {paper: 'P', sha256});
    expect(verifyRevision(text, other, keysOf(other))).toMatchObject({problem: 'not-a-revision'});
    expect(verifyRevision(text, issued, ledger.keys)).toMatchObject({problem: 'key-unknown'});
  });
});

describe('R42: two checkpoints', () => {
  it('are of one history, or it is said why not', () => {
    const between = (from: number, to: number, proof = ledger.tree.consistencyProof(from, to)) =>
      verifyCheckpoints(ledger.checkpoint(from), ledger.checkpoint(to), proof, ledger.keys);
    expect(between(5, 23)).toMatchObject({ok: true, from: {size: 5}, to: {size: 23}});
    expect(between(5, 23, ledger.tree.consistencyProof(6, 23))).toMatchObject({problem: 'history-differs'});
    const other = aLedger(23, {seed: 2});
    expect(
      verifyCheckpoints(ledger.checkpoint(5), other.checkpoint(23), [], [...ledger.keys, ...other.keys]),
    ).toMatchObject({problem: 'other-origin'});
    // One size, two roots: what must never be signed.
    const forked = signCheckpoint(
      {origin: ledger.origin, size: 23, root: ledger.tree.root(22), at: 1_764_000_100_000},
      ledger.secretKey,
    );
    expect(verifyCheckpoints(ledger.checkpoint(23), forked, [], ledger.keys)).toMatchObject({
      problem: 'history-differs',
    });
  });
});

describe('R43: a whole log', () => {
  const lines = ledger.log({sizes: [1, 8, 23], hides: index => index % 4 === 1});
  const verified = (changed: readonly string[], keys: typeof ledger.keys | null = ledger.keys, known: string[] = []) =>
    verifyLog(`${changed.join('\n')}\n`, keys, known);
  const at = (index: number) => lines.findIndex(line => line.startsWith(`{"index":${index},`));

  it('is recomputed, hidden acts by their hashes', () => {
    expect(verified(lines)).toMatchObject({
      ok: true,
      acts: 23,
      shown: 17,
      checkpoints: 3,
      origin: ledger.origin,
      newest: {size: 23},
      keysKnown: true,
    });
    expect(verified(lines, null)).toMatchObject({ok: true, keysKnown: false});
  });

  it('agrees with what was saved earlier', () => {
    expect(verified(lines, ledger.keys, [ledger.checkpoint(5)])).toMatchObject({ok: true});
    const forked = signCheckpoint(
      {origin: ledger.origin, size: 5, root: ledger.tree.root(6), at: 1_764_000_100_000},
      ledger.secretKey,
    );
    expect(verified(lines, ledger.keys, [forked])).toMatchObject({problem: 'history-differs', index: 4});
    const grown = aLedger(40).checkpoint(30);
    expect(verified(lines, ledger.keys, [grown])).toMatchObject({problem: 'log-short', index: 30});
  });

  it('names the act where it was changed', () => {
    const shown = at(6);
    const line = lines[shown] ?? '';
    const change = (from: string, to: string) => lines.with(shown, line.replace(from, to));
    expect(verified(change('delegate', 'observer'))).toEqual({ok: false, problem: 'leaf-differs', index: 6});
    const salt = ledger.receipt(6).salt;
    expect(verified(change(salt, `${salt.slice(2)}00`))).toEqual({ok: false, problem: 'leaf-differs', index: 6});
    expect(verified(lines.toSpliced(shown, 1))).toEqual({ok: false, problem: 'out-of-place', index: 6});
    expect(verified(lines.toSpliced(shown, 0, line))).toEqual({ok: false, problem: 'out-of-place', index: 7});
    const swapped = lines.with(shown, lines[at(7)] ?? '').with(at(7), line);
    expect(verified(swapped)).toEqual({ok: false, problem: 'out-of-place', index: 6});
    // A hidden act with another hash: found at the next checkpoint.
    const hidden = lines.with(at(5), `{"index":5,"leafHash":"${'ab'.repeat(32)}"}`);
    expect(verified(hidden)).toEqual({ok: false, problem: 'root-differs', index: 8});
  });

  it('is not shorter or longer than what was signed', () => {
    expect(verified(lines.slice(0, -1))).toEqual({ok: false, problem: 'log-short', index: 23});
    expect(verified([...lines, `{"index":23,"leafHash":"${'ab'.repeat(32)}"}`])).toEqual({
      ok: false,
      problem: 'log-short',
      index: 24,
    });
    expect(verified(lines.slice(1))).toEqual({ok: false, problem: 'not-a-log'});
    expect(verified([])).toEqual({ok: false, problem: 'not-a-log'});
    expect(verified([...lines, checkpointLine(ledger.checkpoint(8))])).toMatchObject({problem: 'out-of-place'});
    expect(verified(aLedger(23, {seed: 5}).log())).toMatchObject({problem: 'key-unknown'});
  });
});
