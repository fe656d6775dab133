import {sessionActNames, sessionActs} from '../sessions/acts.ts';
import type {SessionActName} from '../sessions/acts.ts';
import type {Right} from './permissions.ts';

type ActDoors = {
  readonly [Name in SessionActName as `POST /api/sessions/:session/${Name}` | `rt ${Name}`]: (typeof sessionActs)[Name];
};

/** Every act of a session has two ways in, over HTTP and as a live event. */
const actDoors = Object.fromEntries(
  sessionActNames.flatMap(name => [
    [`POST /api/sessions/:session/${name}`, sessionActs[name]],
    [`rt ${name}`, sessionActs[name]],
  ]),
) as ActDoors;

/**
 * The one permission table: every way into the server and the right that opens it.
 * A route, event or message that is not listed here does not compile, and a test compares the table with what the
 * running server really listens to.
 */
export const doors = {
  // HTTP: the instance
  'GET /healthz': 'visit',
  'GET /readyz': 'visit',
  'GET /metrics': 'visit',
  'GET /api/openapi.json': 'visit',
  // HTTP: signing in
  'ALL /api/auth/*rest': 'visit',
  'POST /api/demo/sign-in': 'visit',
  'GET /api/me': 'visit',
  'PATCH /api/me': 'own-account',
  'GET /api/invitations/:token': 'visit',
  'POST /api/invitations/:token/accept': 'own-account',
  // HTTP: organisations, consultations, papers
  'GET /api/organisations': 'visit',
  'POST /api/organisations': 'run-instance',
  'GET /api/consultations': 'visit',
  'POST /api/consultations': 'run-instance',
  'GET /api/consultations/:consultation': 'visit',
  'GET /api/consultations/:consultation/members': 'invite',
  'GET /api/consultations/:consultation/invitations': 'invite',
  'POST /api/consultations/:consultation/invitations': 'invite',
  'GET /api/papers': 'visit',
  'POST /api/papers': 'create-paper',
  'GET /api/papers/:paper': 'visit',
  'PATCH /api/papers/:paper': 'preside',
  'GET /api/papers/:paper/record': 'visit',
  'POST /api/papers/:paper/moves': 'write',
  'POST /api/papers/:paper/joins': 'write',
  // HTTP: files
  'GET /api/formats': 'visit',
  'GET /api/papers/:paper/export': 'visit',
  // HTTP: revisions
  'GET /api/papers/:paper/revisions': 'visit',
  'POST /api/papers/:paper/revisions': 'preside',
  'POST /api/papers/:paper/revisions/:revision/restore': 'preside',
  'GET /api/papers/:paper/compare': 'visit',
  // HTTP: history
  'GET /api/papers/:paper/history': 'read-history',
  'GET /api/papers/:paper/history/:entry': 'read-history',
  'POST /api/papers/:paper/history/:entry/restore': 'preside',
  'GET /api/papers/:paper/authors': 'visit',
  // HTTP: comments
  'GET /api/papers/:paper/comments': 'read-comments',
  'POST /api/papers/:paper/comments': 'comment',
  'GET /api/papers/:paper/comments/people': 'comment',
  'POST /api/papers/:paper/comments/:comment/replies': 'comment',
  'POST /api/papers/:paper/comments/:comment/resolve': 'comment',
  'POST /api/papers/:paper/comments/:comment/reopen': 'comment',
  'POST /api/papers/:paper/comments/:comment/reattach': 'comment',
  'POST /api/papers/:paper/comments/:comment/hide': 'comment',
  'POST /api/papers/:paper/comments/:comment/edit': 'comment',
  'POST /api/papers/:paper/comments/:comment/withdraw': 'comment',
  // HTTP: the ledger
  'GET /api/ledger/checkpoint': 'visit',
  'GET /api/ledger/keys': 'visit',
  'GET /api/ledger/entries': 'visit',
  'GET /api/ledger/entries/:index': 'visit',
  'GET /api/ledger/proof': 'visit',
  'GET /api/ledger/receipt': 'visit',
  'GET /api/ledger/log': 'visit',
  'GET /api/ledger/verifier': 'visit',
  'GET /api/me/acts': 'own-account',
  'GET /api/me/receipts': 'own-account',
  'POST /api/me/erasure': 'own-account',
  // HTTP: sessions
  'GET /api/sessions': 'visit',
  'POST /api/sessions': 'prepare-session',
  'GET /api/sessions/:session': 'visit',
  'GET /api/sessions/:session/speaking-time': 'visit',
  'GET /api/sessions/:session/speaking-time.csv': 'visit',
  'GET /api/sessions/:session/minutes': 'visit',
  'GET /api/sessions/:session.ics': 'visit',
  'GET /api/consultations/:consultation/calendar.ics': 'visit',
  // HTTP: pages
  'GET /sessions/:session/minutes': 'visit',
  'GET /read/:paper.txt': 'visit',
  'GET /read/:paper/paragraphs': 'visit',
  'GET /read/:paper/events': 'visit',
  'GET /read/:paper': 'visit',
  'GET /read-assets/:file': 'visit',
  'GET /follow/:session.txt': 'visit',
  'GET /follow/:session/events': 'visit',
  'GET /follow/:session': 'visit',
  'GET /project/:session/events': 'visit',
  'GET /project/:session': 'visit',
  'GET /service-worker.js': 'visit',
  'GET /offline': 'visit',
  'GET /*page': 'visit',
  // live events at /rt
  'rt watch': 'visit',
  'rt unwatch': 'visit',
  'rt session.watch': 'visit',
  'rt session.unwatch': 'visit',
  ...actDoors,
  // rooms of papers, over a WebSocket or by requests
  'room upgrade': 'join-room',
  'room polling': 'join-room',
  'room sync.step1': 'join-room',
  'room sync.step2': 'write',
  'room sync.update': 'write',
  'room awareness': 'join-room',
  'room query-awareness': 'join-room',
  'room auth': 'join-room',
  'room hello': 'join-room',
  'room numbered': 'write',
  // the socket in the data folder
  'operator backup': 'operate',
} as const satisfies Record<string, Right>;

export type Door = keyof typeof doors;
