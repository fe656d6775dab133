import type {ConsultationId} from '@plenary/domain/ids';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {discloseSession} from '@plenary/domain/sessions/publication';
import {holds} from '@plenary/domain/rights/permissions';
import type {LedgerEntry} from '@plenary/store/store';
import type {App} from '../app.ts';
import {discloseTo} from '../papers/papers.service.ts';

/** What an act was done in, for the reader who may know of it. */
export type ActPlace =
  | {readonly is: 'instance'}
  | {readonly is: 'consultation'; readonly slug: string; readonly title: string}
  | {readonly is: 'paper'; readonly slug: string; readonly symbol: string; readonly title: string}
  | {readonly is: 'session'; readonly slug: string; readonly title: string};

/**
 * What a reader gets to see of an act. `hash`: that there is one · `act`: what was done and when, not by whom, as where a
 * text is read without names · `whole`: all that its hash was made of, and the handle when `named`.
 */
export type SeenAct =
  | {readonly sees: 'hash'}
  | {readonly sees: 'act'; readonly place: ActPlace}
  | {readonly sees: 'whole'; readonly place: ActPlace; readonly named: boolean};

const hash: SeenAct = {sees: 'hash'};

type StreamRule = (app: App, actor: Actor, id: string) => Promise<(entry: LedgerEntry) => SeenAct>;

/** Acts of the consultation's people: who was given which role is its participants' affair. */
const ofPeople = /^(?:mandate|invitation)\./;

/** By the kind of stream, `<kind>:<id>`. A kind that is not here is shown to nobody. */
const streamRules: Readonly<Record<string, StreamRule>> = {
  async instance(_app, actor) {
    const runs = holds(actor, 'run-instance');
    const place = {is: 'instance'} as const;
    return ({act}) => {
      if (runs) return {sees: 'whole', place, named: true};
      return act.startsWith('organisation.') || act.startsWith('ledger.')
        ? {sees: 'whole', place, named: false}
        : {sees: 'act', place};
    };
  },

  async consultation(app, actor, id) {
    const found = await app.store.consultations.find(id);
    if (!found) return () => hash;
    const takesPart = roleIn(actor, id as ConsultationId) !== 'follower';
    const place = {is: 'consultation', slug: found.slug, title: found.title} as const;
    return ({act}) => {
      if (takesPart) return {sees: 'whole', place, named: true};
      return ofPeople.test(act) ? {sees: 'act', place} : {sees: 'whole', place, named: false};
    };
  },

  async paper(app, actor, id) {
    const paper = await app.store.papers.find(id);
    const disclosure = paper && discloseTo(app, actor, paper);
    if (!paper || disclosure?.sees !== 'text') return () => hash;
    const {slug, symbol, title} = paper;
    const place = {is: 'paper', slug, symbol, title} as const;
    const readsComments = holds(actor, 'read-comments', paper.consultation);
    return ({act}) => {
      if (act.startsWith('comment.') && !readsComments) return hash;
      return disclosure.attributions ? {sees: 'whole', place, named: true} : {sees: 'act', place};
    };
  },

  async session(app, actor, id) {
    const session = await app.store.sessions.find(id);
    if (!session) return () => hash;
    const disclosure = discloseSession(session.publication, roleIn(actor, session.consultation), app.clock.now());
    if (disclosure.sees !== 'text') return () => hash;
    const title = (await app.store.sessions.titles([session.id])).get(session.id) ?? session.slug;
    const place = {is: 'session', slug: session.slug, title} as const;
    return () => (disclosure.attributions ? {sees: 'whole', place, named: true} : {sees: 'act', place});
  },
};

/** Judges acts for one reader, at one moment: each stream is looked at once. */
export function disclosureFor(app: App, actor: Actor): (entry: LedgerEntry) => Promise<SeenAct> {
  const streams = new Map<string, ReturnType<StreamRule>>();
  return async entry => {
    const [kind = '', id = ''] = entry.stream.split(':');
    let judge = streams.get(entry.stream);
    if (!judge) streams.set(entry.stream, (judge = streamRules[kind]?.(app, actor, id) ?? Promise.resolve(() => hash)));
    const seen = (await judge)(entry);
    if (seen.sees === 'whole' || !isOwn(actor, entry)) return seen;
    // One may always prove what one did, and what was done about oneself.
    return {sees: 'whole', named: true, place: seen.sees === 'act' ? seen.place : {is: 'instance'}};
  };
}

export function isOwn(actor: Actor, {actor: by, event}: LedgerEntry): boolean {
  return actor.kind === 'member' && (by?.member === actor.member || event['member'] === actor.member);
}
