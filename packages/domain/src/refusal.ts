/**
 * Every way in which a rule says no. A code is stable: programs depend on it.
 * The status table (`@plenary/protocol`) and every language (`@plenary/locales`) must name each one.
 */
export const refusalCodes = [
  'sign-in.required',
  'sign-in.wrong',
  'sign-in.again',
  'sign-up.closed',
  'not-found',
  'not-permitted',
  'input.invalid',
  'input.too-large',
  'input.unreadable',
  'rate.limited',
  'slug.taken',
  'handle.taken',
  'email.taken',
  'invitation.invalid',
  'invitation.used',
  'demonstration.off',
  'origin.refused',
  'server.busy',
  'server.failed',
  'paper.frozen',
  'paper.amendments-only',
  'paper.closed',
  'paper.damaged',
  'paper.other-schema',
  'paper.other-epoch',
  'paragraph.unknown',
  'move.impossible',
  'join.impossible',
  'room.too-many-connections',
  'room.too-fast',
  'room.too-large',
  'room.malformed',
  'room.unknown-message',
  'room.gap',
  'room.missing-dependency',
  'room.foreign-author',
  'room.too-many-authors',
  'room.content',
  'room.place',
  'room.identity-taken',
  'room.server-only',
  'room.link',
  'room.future',
  'room.budget',
  'session.over',
  'session.not-open',
  'session.closed',
  'session.join-first',
  'agenda.item-unknown',
  'agenda.item-used',
  'agenda.paper-elsewhere',
  'participant.unknown',
  'participant.removed',
  'participant.muted',
  'participant.chair',
  'list.closed',
  'floor.already-waiting',
  'floor.already-speaking',
  'floor.not-waiting',
  'floor.nobody-speaks',
  'order.pending',
  'poll.unknown',
  'poll.over',
  'poll.other-open',
  'poll.choice',
  'contribution.unknown',
  'revision.empty',
  'revision.unchanged',
  'comment.resolved',
  'comment.withdrawn',
  'erasure.only-chair',
  'erasure.only-secretariat',
  'erasure.demonstration',
  'erasure.other-handle',
  'ledger.damaged',
  'format.unknown',
  'format.not-text',
  'format.too-large',
  'format.damaged',
  'format.encrypted',
  'format.macros',
  'format.unsafe',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** Values that complete the sentence of a refusal, never personal data of others. */
export type RefusalDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A rule said no. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails | undefined;

  constructor(code: RefusalCode, details?: RefusalDetails) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
