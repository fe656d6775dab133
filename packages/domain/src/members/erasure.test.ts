import {describe, expect, test} from 'vitest';
import {Refusal} from '../refusal.ts';
import {requireMayLeave, type Leaving} from './erasure.ts';

const nobody: Leaving = {roles: [], instanceSecretariat: false, otherSecretariat: 0, ofTheDemonstration: false};

function refusalOf(leaving: Partial<Leaving>): string | null {
  try {
    requireMayLeave({...nobody, ...leaving});
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'a bug';
  }
}

describe('R44: a member leaves for good', () => {
  test('whenever nobody is left without those who lead', () => {
    expect(refusalOf({})).toBeNull();
    expect(refusalOf({roles: [{role: 'chair', others: 1}]})).toBeNull();
    expect(refusalOf({roles: [{role: 'secretariat', others: 0}], otherSecretariat: 1})).toBeNull();
    expect(refusalOf({instanceSecretariat: true, otherSecretariat: 1})).toBeNull();
  });

  test('and not as the only chair, the only secretariat, or one of the demonstration', () => {
    expect(
      refusalOf({
        roles: [
          {role: 'chair', others: 2},
          {role: 'chair', others: 0},
        ],
      }),
    ).toBe('erasure.only-chair');
    expect(refusalOf({roles: [{role: 'secretariat', others: 0}]})).toBe('erasure.only-secretariat');
    expect(refusalOf({instanceSecretariat: true})).toBe('erasure.only-secretariat');
    expect(refusalOf({ofTheDemonstration: true})).toBe('erasure.demonstration');
  });
});
