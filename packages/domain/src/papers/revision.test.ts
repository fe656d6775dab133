import {describe, expect, test} from 'vitest';
import {Refusal} from '../refusal.ts';
import {checkRestoring, mayReadRevision, numberToIssue, revisionSymbol} from './revision.ts';

const changed = {isEmpty: false, isUnchanged: false};
const rev1 = {id: 'the-revision', number: 1, symbol: 'TFD/L.3/Rev.1'};

function refusalOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error instanceof Refusal ? {code: error.code, details: error.details} : error;
  }
  return null;
}

describe('R30: issuing', () => {
  test('begins with the Zero draft and counts on', () => {
    expect(numberToIssue(null, changed)).toBe(0);
    expect(numberToIssue({...rev1, number: 0}, changed)).toBe(1);
    expect(numberToIssue(rev1, changed)).toBe(2);
  });

  test('needs words', () => {
    expect(refusalOf(() => numberToIssue(null, {isEmpty: true, isUnchanged: false}))).toMatchObject({
      code: 'revision.empty',
    });
  });

  test('needs a change, and says which revision has these words already', () => {
    expect(refusalOf(() => numberToIssue(rev1, {isEmpty: false, isUnchanged: true}))).toEqual({
      code: 'revision.unchanged',
      details: {revision: 'the-revision', symbol: 'TFD/L.3/Rev.1'},
    });
    expect(refusalOf(() => checkRestoring(rev1, true))).toMatchObject({code: 'revision.unchanged'});
    expect(refusalOf(() => checkRestoring(rev1, false))).toBeNull();
  });

  test('gives the symbol that UN documents would have', () => {
    const paper = {symbol: 'TFD/L.3', slug: 'joint-statement'};
    expect([0, 1, 12].map(number => revisionSymbol(paper, 'issued', number))).toEqual([
      'TFD/L.3',
      'TFD/L.3/Rev.1',
      'TFD/L.3/Rev.12',
    ]);
    expect(revisionSymbol(paper, 'kept', 1)).toBe('TFD/L.3/Kept.1');
    expect(revisionSymbol({...paper, symbol: ''}, 'issued', 1)).toBe('JOINT-STATEMENT/Rev.1');
  });

  test('R32: a kept revision is for participants', () => {
    expect(mayReadRevision('issued', false)).toBe(true);
    expect(mayReadRevision('kept', true)).toBe(true);
    expect(mayReadRevision('kept', false)).toBe(false);
  });
});
