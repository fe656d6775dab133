import type {Language} from '@plenary/domain/languages';
import {roleIn, type Actor} from '@plenary/domain/members/actor';
import {disclose, discloseToPublic} from '@plenary/domain/papers/publication';
import {Refusal} from '@plenary/domain/refusal';
import {applySessionEntry} from '@plenary/domain/sessions/apply';
import {minutesOf} from '@plenary/domain/sessions/minutes';
import type {SessionState} from '@plenary/domain/sessions/session';
import {minutesHtml} from '@plenary/formats/minutes/minutes-html';
import {minutesJson} from '@plenary/formats/minutes/minutes-json';
import {minutesText} from '@plenary/formats/minutes/minutes-text';
import type {NamedMinutes} from '@plenary/formats/minutes/named-minutes';
import type {LedgerEntry, StoredPaperRow, StoredSession} from '@plenary/store/store';
import type {App} from '../app.ts';
import {entryFrom, mentionedBy, streamOf} from './entries.ts';
import type {Audience} from './names.ts';
import {entriesFor, namesFor} from './names.ts';
import {audienceOf, seeSession} from './sessions.service.ts';

export const minutesFormats = {
  html: {extension: '.html', mediaType: 'text/html; charset=utf-8'},
  docx: {
    extension: '.docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  json: {extension: '.json', mediaType: 'application/json; charset=utf-8'},
} as const;
export type MinutesFormat = keyof typeof minutesFormats;

const aPage = 1000;

type Opened = Pick<App, 'store' | 'clock'>;

/** Made from the ledger anew each time. Refuses `not-found`, `session.closed`. */
export async function minutesFor(app: App, actor: Actor, key: string): Promise<NamedMinutes> {
  const {session} = await seeSession(app, actor, key);
  const record = await recordOf(app, session);
  const audience = audienceOf(actor, stateAfter(record), app.clock.now());
  return namedMinutes(app, session, record, audience, paper => mayRead(app, actor, paper));
}

/** The same with all names, or as the public may read them: for whoever runs the instance. Refuses `not-found`. */
export async function minutesForOperator(app: Opened, key: string, audience: Audience): Promise<NamedMinutes> {
  const session = await app.store.sessions.find(key);
  if (!session) throw new Refusal('not-found');
  const inside = audience === 'inside';
  return namedMinutes(
    app,
    session,
    await recordOf(app, session),
    audience,
    ({publication}) => inside || discloseToPublic(publication, app.clock.now()).sees === 'text',
  );
}

/** As a file, without anything around it: the same record and language give the same bytes. */
export async function writeMinutes(
  named: NamedMinutes,
  format: MinutesFormat,
  language: Language,
): Promise<Uint8Array> {
  if (format === 'json') return Buffer.from(minutesJson(named));
  const text = minutesText(named, language);
  if (format === 'html') return Buffer.from(minutesHtml(text));
  // Only who saves a Word file needs what writes it.
  const {minutesDocx} = await import('@plenary/formats/minutes/minutes-docx');
  return minutesDocx(text);
}

function mayRead(app: Pick<App, 'clock'>, actor: Actor, paper: StoredPaperRow): boolean {
  return disclose(paper.publication, roleIn(actor, paper.consultation), app.clock.now()).sees === 'text';
}

async function recordOf({store}: Pick<App, 'store'>, {id}: StoredSession): Promise<readonly LedgerEntry[]> {
  const record: LedgerEntry[] = [];
  for (;;) {
    const page = await store.ledger.read(streamOf(id), record.length, aPage);
    record.push(...page);
    if (page.length < aPage) return record;
  }
}

function stateAfter(record: readonly LedgerEntry[]): SessionState {
  let state: SessionState | null = null;
  for (const entry of record) state = applySessionEntry(state, entryFrom(entry));
  if (!state) throw new Refusal('not-found');
  return state;
}

async function namedMinutes(
  app: Opened,
  session: StoredSession,
  record: readonly LedgerEntry[],
  audience: Audience,
  mayReadPaper: (paper: StoredPaperRow) => boolean,
): Promise<NamedMinutes> {
  const minutes = minutesOf(entriesFor(record.map(entryFrom), audience));
  const last = record.at(-1);
  if (!last) throw new Refusal('not-found');
  const from = {store: app.store, now: app.clock.now(), session: session.id, audience};
  const names = await namesFor(from, mentionedBy(minutes.state));
  const consultation = await app.store.consultations.find(session.consultation);
  return {
    minutes,
    session: {id: session.id, slug: session.slug},
    consultation: {slug: consultation?.slug ?? '', title: consultation?.title ?? ''},
    attributions: audience !== 'nameless',
    texts: new Map(Object.entries(names.texts)),
    members: new Map(Object.entries(names.members)),
    organisations: new Map(Object.entries(names.organisations)),
    papers: new Map(Object.entries(names.papers)),
    revisions: await revisionsIssued(app, minutes.state, mayReadPaper),
    record: {lastSeq: last.seq, index: last.index, leafHash: Buffer.from(last.leafHash).toString('hex')},
  };
}

/** Those of the agenda's papers that were issued while the session sat. */
async function revisionsIssued(
  {store}: Pick<App, 'store'>,
  {agenda, sittings}: SessionState,
  mayReadPaper: (paper: StoredPaperRow) => boolean,
): Promise<NamedMinutes['revisions']> {
  const papers = [...new Set(agenda.flatMap(item => item.papers))];
  const issued = await Promise.all(
    papers.map(async id => {
      const paper = await store.papers.find(id);
      return paper && mayReadPaper(paper) ? store.revisions.of(id) : [];
    }),
  );
  return issued
    .flat()
    .filter(({kind, issuedAt}) => {
      const whileItSat = sittings.some(({from, to}) => issuedAt >= from && (to === null || issuedAt <= to));
      return kind === 'issued' && whileItSat;
    })
    .map(({paper, symbol, sha256, issuedAt}) => ({paper, symbol, sha256, issuedAt}))
    .sort((one, other) => one.issuedAt - other.issuedAt || (one.symbol < other.symbol ? -1 : 1));
}
