import {describe, expect, test} from 'vitest';
import type {Role} from '../rights/roles.ts';
import {publicationPolicies, type PublicationPolicy} from './paper.ts';
import {disclose, discloseToPublic} from './publication.ts';

const now = Date.UTC(2026, 10, 25, 12);
const roles: Role[] = ['chair', 'secretariat', 'delegate', 'contributor', 'observer', 'auditor', 'follower'];

/** What each policy lets each role see before an embargo ends: text with names, text without (t), title only (-), nothing (.). */
const matrix: Record<PublicationPolicy, string> = {
  unlisted: 'TTTTTT.',
  closed: 'TTT----',
  participants: 'TTTTTT-',
  'public-text': 'TTTTTTt',
  public: 'TTTTTTT',
  embargo: 'TTTTTT-',
};

function letter(policy: PublicationPolicy, role: Role, at: number): string {
  const seen = disclose({policy, embargoUntil: policy === 'embargo' ? now : null}, role, at);
  if (seen.sees === 'nothing') return '.';
  if (seen.sees === 'title') return '-';
  return seen.attributions ? 'T' : 't';
}

describe('R13: what someone gets to see of a paper', () => {
  test.each(publicationPolicies)('the policy %s is the same for every way in', policy => {
    expect(roles.map(role => letter(policy, role, now - 1)).join('')).toBe(matrix[policy]);
  });

  test('an embargo ends at its hour, for everyone', () => {
    expect(roles.map(role => letter('embargo', role, now)).join('')).toBe('TTTTTTT');
  });

  test('an embargo without an hour does not end', () => {
    expect(discloseToPublic({policy: 'embargo', embargoUntil: null}, Number.MAX_SAFE_INTEGER)).toEqual({sees: 'title'});
  });
});
