import type {Language} from '@plenary/domain/languages';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {discloseSession} from '@plenary/domain/sessions/publication';
import type {SessionEventType} from '@plenary/domain/sessions/events';
import {calendarFile} from '@plenary/formats/calendar/calendar';
import type {CalendarEntry} from '@plenary/formats/calendar/calendar';
import {translatorFor} from '@plenary/locales/translate';
import type {StoredSession} from '@plenary/store/store';
import type {App} from '../app.ts';
import {findConsultation} from '../consultations/consultations.service.ts';
import {streamOf} from './entries.ts';
import {listSessions, seeSession} from './sessions.service.ts';

/** What changes a calendar entry, and makes its sequence go up. */
const changing: readonly SessionEventType[] = [
  'session.created',
  'session.changed',
  'session.publication-set',
  'agenda.set',
];

/** One session as a calendar file. Refuses `not-found`. */
export async function sessionCalendar(
  app: App,
  actor: Actor,
  key: string,
  language: Language,
): Promise<{session: StoredSession; file: string}> {
  const {session} = await seeSession(app, actor, key);
  const title = (await app.store.sessions.titles([session.id])).get(session.id) ?? session.slug;
  return {session, file: calendarFile(title, await calendarEntries(app, actor, [{session, title}], language))};
}

/** All sessions of a consultation that this reader may know of. Refuses `not-found`. */
export async function consultationCalendar(
  app: App,
  actor: Actor,
  key: string,
  language: Language,
): Promise<{slug: string; file: string}> {
  const {id, slug, title} = await findConsultation(app, key);
  const listed = await listSessions(app, actor, id);
  return {slug, file: calendarFile(title, await calendarEntries(app, actor, listed, language))};
}

async function calendarEntries(
  app: App,
  actor: Actor,
  listed: readonly {readonly session: StoredSession; readonly title: string}[],
  language: Language,
): Promise<readonly CalendarEntry[]> {
  const changes = await app.store.ledger.changes(
    listed.map(({session}) => streamOf(session.id)),
    changing,
  );
  return Promise.all(
    listed.map(async ({session, title}) => {
      const {count, lastAt} = changes.get(streamOf(session.id)) ?? {count: 1, lastAt: 0};
      const {id, slug, startsAt, endsAt} = session;
      const url = `${app.address()}/follow/${slug}`;
      return {
        uid: `${id}@plenary`,
        sequence: count - 1,
        changedAt: lastAt,
        startsAt,
        endsAt,
        title,
        description: await descriptionOf(app, actor, session, url, language),
        url,
      };
    }),
  );
}

/** The agenda where it is open to the reader, and how to follow. */
async function descriptionOf(
  app: App,
  actor: Actor,
  session: StoredSession,
  url: string,
  language: Language,
): Promise<string> {
  const say = translatorFor(language);
  const follow = say('minutes.calendar.follow', {address: url});
  const {sees} = discloseSession(session.publication, roleIn(actor, session.consultation), app.clock.now());
  if (sees !== 'text') return `${say('minutes.calendar.closed')}\n${follow}`;
  const {agenda} = (await app.desks.at(session.id)).state;
  const titles = await app.store.sessions.texts(
    session.id,
    agenda.map(({title}) => title),
  );
  const items = agenda.map(({title}, index) => `${index + 1}. ${titles.get(title) ?? ''}`);
  return [...(items.length > 0 ? [say('minutes.calendar.agenda'), ...items, ''] : []), follow].join('\n');
}
