import {describe, expect, it} from 'vitest';
import {judge, spoken} from './judge.ts';
import {aLedger} from './testing/a-ledger.ts';

const ledger = aLedger(12);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const file = (name: string | null, content: unknown) => ({
  name,
  bytes: bytesOf(typeof content === 'string' ? content : JSON.stringify(content)),
});

describe('whatever somebody drops', () => {
  it('is taken for what it is', () => {
    const findings = judge(
      [
        file(null, ledger.receipt(3)),
        file('all.json', {plenary: 'receipts', version: 1, receipts: [ledger.receipt(1), ledger.receipt(2)]}),
        file('none.json', {plenary: 'receipts', version: 1, receipts: []}),
        file('log.jsonl', `${ledger.log().join('\n')}\n`),
        file('text.txt', 'We agree.'),
        file(null, 'what is this'),
        {name: 'picture.json', bytes: Uint8Array.of(0xff, 0xfe)},
      ],
      ledger.keys,
    );
    expect(findings.map(({tone, what}) => [tone, what.id])).toEqual([
      ['ok', 'verifier.receipt.ok'],
      ['ok', 'verifier.receipts.ok'],
      ['warn', 'verifier.receipts.none'],
      ['ok', 'verifier.log.ok'],
      ['warn', 'verifier.text-alone'],
      ['danger', 'verifier.wrong'],
      ['danger', 'verifier.wrong'],
    ]);
    expect(findings[0]?.means[0]?.values).toMatchObject({index: 3, size: 12, key: ledger.key.id});
  });

  it('R41: is refused with its reason when anything of it was changed', () => {
    const receipt = ledger.receipt(3);
    const [one, many, log] = judge(
      [
        file('r.json', {...receipt, leaf: {...receipt.leaf, act: 'other'}}),
        file('all.json', {plenary: 'receipts', version: 1, receipts: [receipt, {...receipt, salt: '00'.repeat(16)}]}),
        file('log.jsonl', ledger.log().with(4, '{"index":3,"leafHash":"00"}').join('\n')),
      ],
      ledger.keys,
    );
    expect(one).toMatchObject({tone: 'danger', means: [{id: 'verifier.problem.proof-wrong'}]});
    expect(many).toMatchObject({what: {id: 'verifier.receipts.wrong', values: {count: 1}}});
    expect(log).toMatchObject({means: [{id: 'verifier.problem.malformed'}, {values: {index: 3}}]});
  });

  it('is believed with a warning when only the log itself names the keys', () => {
    expect(judge([file('log.jsonl', ledger.log().join('\n'))], [])[0]).toMatchObject({
      tone: 'warn',
      means: [{id: 'verifier.log.means'}, {id: 'verifier.log.own-keys'}],
    });
  });
});

it('numbers and moments are said as the reader writes them', () => {
  const said = spoken({index: 48213, time: Date.UTC(2026, 10, 25, 14, 32, 5), acts: 2000}, 'en');
  expect(said).toEqual({index: '48,213', time: '25 November 2026 at 14:32:05 UTC', acts: 2000});
});
