import type {Right} from '../rights/permissions.ts';

/**
 * What one can ask a session for, and the right that it takes; the rule of each act narrows it further. The same names
 * are socket.io events at `/rt` and `POST /api/sessions/<session>/<act>`.
 */
export const sessionActs = {
  // the chair, and the secretariat that prepares
  'session.change': 'prepare-session',
  'session.publish': 'preside',
  'session.open': 'preside',
  'session.suspend': 'preside',
  'session.close': 'preside',
  'agenda.set': 'prepare-session',
  'item.take-up': 'preside',
  'item.close': 'preside',
  'floor.show': 'preside',
  'limits.set': 'preside',
  'list.open': 'preside',
  'list.close': 'preside',
  'list.move': 'preside',
  'list.add': 'preside',
  'floor.give': 'preside',
  'floor.pause': 'preside',
  'floor.resume': 'preside',
  'floor.extend': 'preside',
  'floor.end': 'preside',
  'floor.absent': 'preside',
  'announcement.make': 'preside',
  'poll.open': 'preside',
  'poll.close': 'preside',
  'participant.mute': 'preside',
  'participant.remove': 'preside',
  'participant.readmit': 'preside',
  'contribution.hide': 'preside',
  // everyone who attends
  'session.join': 'attend',
  'session.leave': 'attend',
  // delegates
  'floor.ask': 'speak',
  'floor.withdraw': 'speak',
  /** Interrupts whoever speaks; when it ends, they get their remaining time back. */
  'order.raise': 'speak',
  'position.take': 'speak',
} as const satisfies Record<string, Right>;

export type SessionActName = keyof typeof sessionActs;
export const sessionActNames = Object.keys(sessionActs) as SessionActName[];
