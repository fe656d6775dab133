import {describe, expect, test} from 'vitest';
import type {ConsultationId, MemberId} from '../ids.ts';
import {follower, mandateIn, roleIn, type Actor} from '../members/actor.ts';
import {refuseWriting} from '../papers/drafting.ts';
import {draftingModes} from '../papers/paper.ts';
import {Refusal} from '../refusal.ts';
import {doors} from './doors.ts';
import {holds, requireRight, rights} from './permissions.ts';
import {mandateRoles, type MandateRole} from './roles.ts';

const copenhagen = 'copenhagen' as ConsultationId;
const nairobi = 'nairobi' as ConsultationId;

function memberWith(...roles: MandateRole[]): Actor {
  return {
    kind: 'member',
    member: 'ana' as MemberId,
    number: 1,
    handle: 'Ana',
    instanceSecretariat: false,
    mandates: roles.map(role => ({consultation: copenhagen, role, organisation: null})),
  };
}

function refusalOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'a bug';
  }
}

describe('rights', () => {
  test('a mandate counts in its own consultation only', () => {
    const dina = memberWith('chair');
    expect(holds(dina, 'preside', copenhagen)).toBe(true);
    expect(holds(dina, 'preside', nairobi)).toBe(false);
    expect(holds(dina, 'preside')).toBe(false);
    expect(roleIn(dina, nairobi)).toBe('follower');
  });

  test('the chair alone presides', () => {
    const presiding = mandateRoles.filter(role => holds(memberWith(role), 'preside', copenhagen));
    expect(presiding).toEqual(['chair']);
  });

  test('whoever holds two mandates acts under the stronger one', () => {
    expect(mandateIn(memberWith('observer', 'delegate'), copenhagen)?.role).toBe('delegate');
    expect(mandateIn(memberWith('delegate', 'chair'), copenhagen)?.role).toBe('chair');
  });

  test('the secretariat of the instance is the secretariat of every consultation, and not its chair', () => {
    const clerk: Actor = {...(memberWith() as Extract<Actor, {kind: 'member'}>), instanceSecretariat: true};
    expect(roleIn(clerk, nairobi)).toBe('secretariat');
    expect(holds(clerk, 'preside', nairobi)).toBe(false);
    expect(holds(clerk, 'run-instance')).toBe(true);
  });

  test('a follower is asked to sign in, a member is told no', () => {
    expect(refusalOf(() => requireRight(follower, 'create-paper', copenhagen))).toBe('sign-in.required');
    expect(refusalOf(() => requireRight(memberWith('observer'), 'create-paper', copenhagen))).toBe('not-permitted');
    expect(refusalOf(() => requireRight(memberWith('delegate'), 'create-paper', copenhagen))).toBeNull();
  });

  test('R4: a follower passes only the doors that anyone may pass', () => {
    for (const [door, right] of Object.entries(doors)) {
      expect(holds(follower, right, copenhagen), door).toBe('anyone' in rights[right]);
    }
  });
});

describe('R12: who writes the working text', () => {
  test.each([
    ['open', ['chair', 'secretariat', 'delegate']],
    ['amendments', ['chair', 'secretariat']],
    ['frozen', []],
  ] as const)('in the mode %s: %j', (mode, expected) => {
    const writers = [...mandateRoles, 'follower' as const].filter(role => refuseWriting(mode, role) === null);
    expect(writers).toEqual(expected);
  });

  test('a delegate is told why, an observer is told nothing about the mode', () => {
    expect(draftingModes.map(mode => refuseWriting(mode, 'delegate'))).toEqual([
      null,
      'paper.amendments-only',
      'paper.frozen',
    ]);
    expect(draftingModes.map(mode => refuseWriting(mode, 'observer'))).toEqual([
      'not-permitted',
      'not-permitted',
      'not-permitted',
    ]);
  });
});
