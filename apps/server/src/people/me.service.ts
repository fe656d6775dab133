import type {Me} from '@plenary/protocol/api/people';
import type {App} from '../app.ts';
import {consultationLine} from '../consultations/consultations.service.ts';
import type {Who} from '../core/who.ts';

/** What a page needs to know about its reader, and the cast that one click signs in as. */
export async function describeMe(app: App, {actor, language}: Who): Promise<Me> {
  const demonstration = app.config.demo;
  const cast = demonstration ? [...app.cast] : [];
  if (actor.kind === 'follower') return {member: null, demonstration, cast};
  const mandates: NonNullable<Me['member']>['mandates'] = [];
  for (const {consultation, role, organisation} of actor.mandates) {
    const into = await consultationLine(app, consultation);
    const spoken = organisation === null ? null : await app.store.organisations.find(organisation);
    if (into) mandates.push({consultation: into, role, organisation: spoken});
  }
  const {member: id, handle, instanceSecretariat} = actor;
  return {member: {id, handle, language, instanceSecretariat, mandates}, demonstration, cast};
}
