import type {Me} from '@plenary/protocol/api/people';
import type {Scene, ScenePort} from '@plenary/scenes/scene';
import {addToCast} from '../accounts/accounts.service.ts';
import type {App} from '../app.ts';
import {addConsultation} from '../consultations/consultations.service.ts';
import {addOrganisation} from '../organisations/organisations.service.ts';
import {addPaper} from '../papers/papers.service.ts';
import {grantMandate} from '../people/mandates.service.ts';
import {changeLanguage} from '../people/members.service.ts';
import {addSession} from '../sessions/sessions.service.ts';

const server = {number: 0, member: null, act: null};

/** What a scene is made with: the services that requests go through, acting for the instance itself. */
export function scenePort(app: App): ScenePort {
  const {store} = app;
  return {
    findOrganisation: async slug => (await store.organisations.find(slug))?.id ?? null,
    createOrganisation: async wanted => (await addOrganisation(app, null, wanted)).id,
    findConsultation: async slug => (await store.consultations.find(slug))?.id ?? null,
    createConsultation: async wanted => (await addConsultation(app, null, wanted)).id,
    findMember: async castName => (await store.members.findByCastName(castName))?.id ?? null,
    async createMember({castName, handle, language}) {
      const {id} = await addToCast(app, {castName, handle});
      await changeLanguage(app, id, language);
      return id;
    },
    async hasMandate({member, consultation, role, organisation}) {
      const held = await store.members.mandatesOf(member, app.clock.now());
      return held.some(
        one => one.consultation === consultation && one.role === role && one.organisation === organisation,
      );
    },
    grantMandate: mandate => grantMandate(app, {...mandate, by: null}),
    addOrganisation: (consultation, organisation) => store.consultations.addOrganisation(consultation, organisation),
    async findPaper(slug) {
      const paper = await store.papers.find(slug);
      return paper && {id: paper.id, hasText: (await store.updates.lastSeq(paper.number)) > 0};
    },
    async createPaper({publication: policy, ...wanted}) {
      const publication = {policy, embargoUntil: null};
      return (await addPaper(app, server, {...wanted, publication, content: []})).id;
    },
    async writeText(id, content) {
      const paper = await store.papers.find(id);
      if (paper) await app.rooms.seed(paper, content, server.number);
    },
    hasSession: async slug => (await store.sessions.find(slug)) !== null,
    async createSession({consultation, publication: policy, ...wanted}) {
      const publication = {policy, embargoUntil: null};
      await addSession(app, null, consultation, {...wanted, consultation, publication}, async slug => {
        const paper = await store.papers.find(slug);
        if (!paper) throw new Error(`The scene has no paper ${slug}.`);
        return paper.id;
      });
    },
  };
}

/** Whom one click signs in as. */
export function castOf(scene: Scene): Me['cast'] {
  const constituencies = new Map(scene.organisations.map(({slug, constituency}) => [slug, constituency]));
  return scene.members
    .filter(({offered}) => offered)
    .map(({castName, handle, role, organisation}) => ({
      as: castName,
      handle,
      role,
      constituency: organisation === null ? null : (constituencies.get(organisation) ?? null),
    }));
}
