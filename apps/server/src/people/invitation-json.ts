import type {z} from 'zod';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import type {invitation} from '@plenary/protocol/api/people';
import type {StoredInvitation} from '@plenary/store/store';
import type {App} from '../app.ts';
import {instant} from '../core/instant.ts';
import {invitationState} from './invitations.service.ts';

export function invitationJson(
  app: Pick<App, 'clock'>,
  stored: StoredInvitation,
  into: {readonly slug: string; readonly title: string} | null,
  organisations: ReadonlyMap<string, Organisation>,
): z.input<typeof invitation> {
  return {
    id: stored.id,
    role: stored.role,
    organisation: stored.organisation === null ? null : (organisations.get(stored.organisation) ?? null),
    consultation: into && {slug: into.slug, title: into.title},
    state: invitationState(stored, app.clock.now()),
    expiresAt: instant(stored.expiresAt),
  };
}
