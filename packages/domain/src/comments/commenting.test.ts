import {describe, expect, test} from 'vitest';
import type {CommentEntryId, CommentId, ConsultationId, MemberId, PaperId} from '../ids.ts';
import type {Actor} from '../members/actor.ts';
import {Refusal} from '../refusal.ts';
import {holds} from '../rights/permissions.ts';
import {mandateRoles, type MandateRole, type Role} from '../rights/roles.ts';
import {wordsOf, type Comment, type CommentEntry} from './comment.ts';
import {edit, entryOf, hide, looksAfter, reattach, reopen, reply, resolve, withdraw} from './commenting.ts';

const [ana, ben] = ['ana', 'ben'] as MemberId[] as [MemberId, MemberId];

function anEntry(given: Partial<CommentEntry> = {}): CommentEntry {
  return {
    id: 'entry-1' as CommentEntryId,
    author: ana,
    organisation: null,
    role: 'delegate',
    at: 1,
    text: 'Working days of which country?',
    editedAt: null,
    withdrawnAt: null,
    hidden: null,
    mentions: [],
    ...given,
  };
}

function aComment(given: Partial<Comment> = {}): Comment {
  return {
    id: 'comment-1' as CommentId,
    paper: 'paper-1' as PaperId,
    anchor: {on: 'text', revision: null},
    author: ana,
    createdAt: 1,
    resolved: null,
    change: 1,
    entries: [anEntry()],
    ...given,
  };
}

function refusalOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'a bug';
  }
}

describe('R26: who comments', () => {
  const consultation = 'copenhagen' as ConsultationId;
  const memberAs = (role: MandateRole): Actor => ({
    kind: 'member',
    member: ana,
    number: 1,
    handle: 'Ana',
    instanceSecretariat: false,
    mandates: [{consultation, role, organisation: null}],
  });

  test('chair, secretariat, delegates and observers do; contributors and auditors read', () => {
    const commenting = mandateRoles.filter(role => holds(memberAs(role), 'comment', consultation));
    expect(commenting).toEqual(['chair', 'secretariat', 'delegate', 'observer']);
    expect(mandateRoles.every(role => holds(memberAs(role), 'read-comments', consultation))).toBe(true);
  });

  test('followers and members of other consultations do neither', () => {
    for (const right of ['comment', 'read-comments'] as const) {
      expect(holds({kind: 'follower'}, right, consultation)).toBe(false);
      expect(holds(memberAs('chair'), right, 'nairobi' as ConsultationId)).toBe(false);
    }
  });
});

describe('R27: a thread', () => {
  test('is looked after by who began it, the chair and the secretariat', () => {
    const may = (member: MemberId, role: Role) => looksAfter(aComment(), {member, role});
    expect(may(ana, 'observer')).toBe(true);
    expect(may(ben, 'chair')).toBe(true);
    expect(may(ben, 'secretariat')).toBe(true);
    expect(may(ben, 'delegate')).toBe(false);
    for (const act of [resolve, reopen, reattach]) {
      expect(refusalOf(() => act(aComment(), {member: ben, role: 'delegate'}))).toBe('not-permitted');
    }
  });

  test('is resolved and reopened once: a second press changes nothing', () => {
    const by = {member: ana, role: 'delegate'} as const;
    const resolved = aComment({resolved: {by: ana, at: 2}});
    expect([resolve(aComment(), by), resolve(resolved, by)]).toEqual([true, false]);
    expect([reopen(aComment(), by), reopen(resolved, by)]).toEqual([false, true]);
  });

  test('takes no reply while it is resolved', () => {
    expect(refusalOf(() => reply(aComment()))).toBeNull();
    expect(refusalOf(() => reply(aComment({resolved: {by: ana, at: 2}})))).toBe('comment.resolved');
  });
});

describe('R28: words that are taken out of sight', () => {
  test('the chair alone hides, once for each reason', () => {
    const chair = {member: ben, role: 'chair'} as const;
    expect(hide(anEntry(), 'spam', chair)).toBe(true);
    const hidden = anEntry({hidden: {by: ben, at: 2, reason: 'spam'}});
    expect(hide(hidden, 'spam', chair)).toBe(false);
    expect(hide(hidden, 'personal-data', chair)).toBe(true);
    for (const role of ['secretariat', 'delegate', 'observer'] as const) {
      expect(refusalOf(() => hide(anEntry(), 'spam', {member: ben, role}))).toBe('not-permitted');
    }
  });

  test('only who wrote them withdraws them, also when they are hidden', () => {
    expect(withdraw(anEntry(), {member: ana, role: 'delegate'})).toBe(true);
    expect(withdraw(anEntry({hidden: {by: ben, at: 2, reason: 'spam'}}), {member: ana, role: 'delegate'})).toBe(true);
    expect(withdraw(anEntry({withdrawnAt: 3, text: null}), {member: ana, role: 'delegate'})).toBe(false);
    expect(refusalOf(() => withdraw(anEntry(), {member: ben, role: 'chair'}))).toBe('not-permitted');
  });

  test('what is withdrawn cannot be hidden any more', () => {
    const gone = anEntry({withdrawnAt: 3, text: null});
    expect(refusalOf(() => hide(gone, 'spam', {member: ben, role: 'chair'}))).toBe('comment.withdrawn');
  });

  test('nobody is shown them', () => {
    expect(wordsOf(anEntry())).toBe('Working days of which country?');
    expect(wordsOf(anEntry({hidden: {by: ben, at: 2, reason: 'spam'}}))).toBeNull();
    expect(wordsOf(anEntry({withdrawnAt: 3}))).toBeNull();
  });
});

test('an act is about the comment itself unless it names a reply', () => {
  const reply = anEntry({id: 'entry-2' as CommentEntryId});
  const comment = aComment({entries: [anEntry(), reply]});
  expect(entryOf(comment, null).id).toBe('entry-1');
  expect(entryOf(comment, 'entry-2')).toBe(reply);
  expect(refusalOf(() => entryOf(comment, 'entry-3'))).toBe('not-found');
});

describe('own words', () => {
  const by = (member: MemberId) => ({member, role: 'delegate' as const});

  test('are edited by who wrote them, while their thread is open, and by nobody else', () => {
    const thread = aComment();
    const [entry] = thread.entries as [CommentEntry];
    expect(edit(thread, entry, 'Other words', by(ana))).toBe(true);
    expect(edit(thread, entry, entry.text ?? '', by(ana))).toBe(false);
    for (const role of ['chair', 'secretariat'] as const) {
      expect(() => edit(thread, entry, 'Other words', {member: ben, role})).toThrow(new Refusal('not-permitted'));
    }
    const resolved = aComment({resolved: {by: ben, at: 2}});
    expect(() => edit(resolved, entry, 'Other words', by(ana))).toThrow(new Refusal('comment.resolved'));
  });

  test('that are withdrawn or hidden are not edited', () => {
    const withdrawn = anEntry({withdrawnAt: 3, text: null});
    expect(() => edit(aComment(), withdrawn, 'Again', by(ana))).toThrow(new Refusal('comment.withdrawn'));
    const hidden = anEntry({hidden: {by: ben, at: 3, reason: 'spam'}});
    expect(() => edit(aComment(), hidden, 'Again', by(ana))).toThrow(new Refusal('not-permitted'));
  });
});
