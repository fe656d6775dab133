import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {mandateIn, roleIn, type Actor} from '@plenary/domain/members/actor';
import {refuseWriting} from '@plenary/domain/papers/drafting';
import {disclose} from '@plenary/domain/papers/publication';
import {requireRight} from '@plenary/domain/rights/permissions';
import type {OrganisationId} from '@plenary/domain/ids';
import {statusOf} from '@plenary/protocol/status';
import type {RoomActor} from '@plenary/room/ports';
import type {StoredPaperRow} from '@plenary/store/store';

export type Member = Extract<Actor, {kind: 'member'}>;

/** Who this is in the room of a paper, now. Refuses whoever may not be there: what does not exist and what is hidden look the same. */
export async function admit(
  paper: StoredPaperRow | null,
  actor: Actor,
  now: number,
  organisationName: (id: OrganisationId) => Promise<string | null> | string | null,
): Promise<{readonly member: Member; readonly roomActor: RoomActor}> {
  requireRight(actor, 'join-room');
  if (!paper || actor.kind !== 'member') throw new Refusal('not-found');
  const role = roleIn(actor, paper.consultation);
  const disclosure = disclose(paper.publication, role, now);
  if (disclosure.sees === 'nothing') throw new Refusal('not-found');
  // In the room names stand beside the cursors.
  if (disclosure.sees === 'title' || !disclosure.attributions) throw new Refusal('paper.closed');
  const organisation = mandateIn(actor, paper.consultation)?.organisation ?? null;
  return {
    member: actor,
    roomActor: {
      number: actor.number,
      id: actor.member,
      handle: actor.handle,
      organisation: organisation === null ? null : await organisationName(organisation),
      refuseWriting: refuseWriting(paper.mode, role),
    },
  };
}

/** Slug or id out of `/rooms/<slug or id>`; empty when there is none. */
export function paperKeyOf(request: IncomingMessage): string {
  return /^\/rooms\/([^/?]+)(?:\?|$)/.exec(request.url ?? '')?.[1] ?? '';
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Answers an upgrade that is not granted as any other request. */
export function answerRefusal(socket: Duplex, code: RefusalCode, sentence: string): void {
  const status = statusOf[code];
  const body = JSON.stringify({refusal: code, sentence});
  socket.end(
    [
      `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
