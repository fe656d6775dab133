import {createHash} from 'node:crypto';
import {directionOf} from '@plenary/domain/languages';
import type {Language} from '@plenary/domain/languages';
import type {PublicationPolicy} from '@plenary/domain/papers/paper';
import {orderOf} from '@plenary/domain/sessions/order';
import {timeLeft} from '@plenary/domain/sessions/clock';
import {pollKinds} from '@plenary/domain/sessions/polls/kinds';
import type {Poll} from '@plenary/domain/sessions/polls/poll';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {ParticipantNumber, Speaking, TextId} from '@plenary/domain/sessions/session';
import type {MessageId} from '@plenary/locales/message-id';
import {translatorFor} from '@plenary/locales/translate';
import {escapeHtml} from '@plenary/paper/paragraph-html';
import type {ParagraphKind} from '@plenary/paper/view';
import {paragraphHtml} from './followed-text.ts';
import type {FollowedText} from './followed-text.ts';
import {countsOf, itemNumber, pollOf} from './followed-session.ts';
import type {FollowedSession, Located} from './followed-session.ts';
import {commaIn, dayHourHtml, dayIn, hour, hourHtml, lengthOf, said, sayHtmlIn} from './html.ts';
import type {SayHtml} from './html.ts';
import type {LastChange} from './last-change.ts';
import {policyClass} from './policy-class.ts';

/** `page`: for one reader at a screen · `hall`: for a wall that many look at. */
export const forms = ['page', 'hall'] as const;
export type Form = (typeof forms)[number];

/** One form of a followed session in one language: what a page shows, and what its stream keeps up to date. */
export interface SessionView {
  /** `<seq>.<digest>`: the same id is the same view, on every process. */
  readonly id: string;
  readonly followed: FollowedSession;
  readonly language: Language;
  /** HTML by the id of the element that it stands in. */
  readonly sections: Readonly<Record<string, string>>;
  /** The paragraph on the floor; its section without it tells whether words alone have changed. */
  readonly text: FollowedText;
  readonly aroundText: string;
}

/** Rows of what only grows. */
const mostAnnouncements = 10;
const mostNext = 3;
const mostNextInHall = 2;
const mostQuotes = 3;

/** How a choice's bar is drawn: fills differ in kind, not only in colour. */
const bars: Record<string, string> = {
  support: 'x="0" y="0" height="12" fill="currentColor"',
  warm: 'x="0" y="0" height="12" fill="currentColor"',
  reserve: 'x=".5" y=".5" height="11" fill="url(#hatch)" stroke="currentColor"',
  lukewarm: 'x=".5" y=".5" height="11" fill="url(#hatch)" stroke="currentColor"',
  oppose: 'x="1.5" y="1.5" height="9" fill="none" stroke="currentColor" stroke-width="3"',
  cold: 'x="1.5" y="1.5" height="9" fill="none" stroke="currentColor" stroke-width="3"',
  abstain: 'x=".5" y=".5" height="11" fill="none" stroke="currentColor" stroke-dasharray="2 3"',
};

const hatch =
  '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="6" fill="currentColor"/></pattern>';

export function viewOf(followed: FollowedSession, form: Form, language: Language): SessionView {
  const telling = new Telling(followed, language);
  const around = telling.floor(form, '');
  const text = telling.text();
  const sections = {
    ...(form === 'page' ? telling.page() : telling.hall()),
    floor: telling.floor(form, telling.words()),
  };
  const digest = createHash('sha256')
    .update(JSON.stringify([language, form, sections]))
    .digest('base64url')
    .slice(0, 8);
  return {id: `${followed.state.seq}.${digest}`, followed, language, sections, text, aroundText: around};
}

/** What happened between two views, for those who listen. */
export function newsBetween({followed: before}: SessionView, {followed: after, language}: SessionView): string[] {
  const say = translatorFor(language);
  const telling = new Telling(after, language);
  const news: string[] = [];
  const [was, is] = [before.state, after.state];
  if (was.life.is !== is.life.is && is.life.is !== 'planned') {
    news.push(say(`follow.${is.life.is}`, {time: hour(is.life.since)}));
  }
  const item = is.agenda.find(({state}) => state.is === 'on-floor');
  if (item && was.agenda.find(({id}) => id === item.id)?.state.is !== 'on-floor') {
    news.push(say('follow.news.item', {title: telling.wordsOf(item.title)}));
  }
  const {speaking} = is.list;
  if (speaking && speaking.from !== was.list.speaking?.from) {
    news.push(say('follow.news.speaks', {name: telling.name(speaking.participant)}));
  }
  for (const {text} of is.announcements.slice(was.announcements.length)) {
    news.push(say('follow.news.announced', {text: telling.wordsOf(text)}));
  }
  for (const poll of is.polls) {
    const known = was.polls.find(({id}) => id === poll.id);
    if (known?.state.is === poll.state.is) continue;
    const id = poll.state.is === 'open' ? 'follow.news.asked' : 'follow.news.answered';
    news.push(say(id, {question: telling.wordsOf(poll.question)}));
  }
  return news;
}

/** The title as this reader may know it. */
export function titleOf({names, state}: Pick<FollowedSession, 'names' | 'state'>): string {
  return names.texts[state.title] ?? '';
}

export function policyHtml(
  {policy, embargoUntil}: {policy: PublicationPolicy; embargoUntil: number | null},
  language: Language,
): string {
  const say = sayHtmlIn(language);
  const until = embargoUntil === null ? 'none' : `${dayIn(language, embargoUntil, 'UTC')} UTC`;
  const name = say(`words.publication.${policy}`);
  return `<p class="policy${policyClass[policy]}"><b>${name}</b> ${say(`words.publication.${policy}.sentence`, {until})}</p>`;
}

class Telling {
  private readonly followed: FollowedSession;
  private readonly language: Language;
  private readonly say: SayHtml;
  private readonly comma: string;

  constructor(followed: FollowedSession, language: Language) {
    this.followed = followed;
    this.language = language;
    this.say = sayHtmlIn(language);
    this.comma = commaIn(language);
  }

  page(): Record<string, string> {
    const {state, consultation} = this.followed;
    const {slug, title} = consultation ?? {slug: '', title: ''};
    return {
      title: escapeHtml(titleOf(this.followed)),
      consultation: consultation ? `<a href="/consultations/${escapeHtml(slug)}">${said(title)}</a>` : '',
      policy: policyHtml(state.publication, this.language),
      life: this.life(),
      asof: this.asOf(),
      speaking: this.speaking(),
      changed: this.changed(),
      poll: this.poll(),
      agenda: this.agenda(),
      announced: this.announced(),
    };
  }

  hall(): Record<string, string> {
    return {
      title: escapeHtml(titleOf(this.followed)),
      life: this.followed.state.life.is === 'open' ? '' : this.life(),
      asof: this.asOf(),
      foot: this.foot(),
      speaking: this.speakerInHall(),
      next: this.nextInHall(),
      clock: this.clockInHall(),
    };
  }

  /** The paragraph on the floor with what belongs to it, as a text of its own: its words travel as those of a paper do. */
  text(): FollowedText {
    const {floor, state} = this.followed;
    return {id: '', seq: state.seq, paragraphs: floor.is === 'paragraph' ? floor.paragraphs : []};
  }

  words(): string {
    const {floor} = this.followed;
    if (floor.is !== 'paragraph') return '';
    const {paragraphs, paper} = floor;
    return paragraphs.map(one => paragraphHtml(one, paper.language, this.say('reading.gone'))).join('');
  }

  floor(form: Form, words: string): string {
    const {floor, state} = this.followed;
    const {say} = this;
    if (floor.is === 'nothing') return this.heading('follow.floor') + `<p class="sub">${say('follow.floor.none')}</p>`;
    const what = this.what();
    const heading =
      form === 'hall'
        ? `<p class="lab">${what}</p><h2 class="vh">${say('follow.floor')}</h2>`
        : `<h2>${say('follow.floor.what', {}, {what})}</h2>`;
    if (floor.is === 'closed') return `${heading}<p class="sub">${say('follow.floor.closed')}</p>`;
    const {paper} = floor;
    const link =
      form === 'hall'
        ? ''
        : `<p class="sub"><a href="/read/${escapeHtml(paper.slug)}">${say('follow.floor.paper')}</a></p>`;
    const tongue =
      paper.language === this.language
        ? ''
        : ` lang="${escapeHtml(paper.language)}" dir="${directionOf(paper.language)}"`;
    if (floor.is === 'paper') {
      return `${heading}<p class="text"${tongue}><bdi>${escapeHtml(paper.title)}</bdi></p>${link}`;
    }
    if (floor.is === 'gone') return `${heading}<p class="sub">${say('follow.floor.gone')}</p>${link}`;
    const empty = floor.paragraph.text === '' ? `<p class="sub">${say('follow.floor.empty')}</p>` : '';
    const shown = `data-shown="${escapeHtml(state.shown?.paragraph ?? '')}"`;
    return `${heading}<article ${shown}${tongue}>${words}</article>${empty}${link}`;
  }

  private heading(id: MessageId): string {
    return `<h2>${this.say(id)}</h2>`;
  }

  /** "Item 3, OP 2". */
  private what(): string {
    const {floor, state} = this.followed;
    const number = itemNumber(state);
    const item = number === null ? '' : this.say('follow.item', {number});
    if (floor.is !== 'paragraph') return item === '' && 'paper' in floor ? said(floor.paper.title) : capital(item);
    return capital([item, this.whatIs(floor)].filter(part => part !== '').join(this.comma));
  }

  /** "OP 2", "heading", "paragraph 7". */
  private whatIs({paragraph, place}: Located): string {
    const label = paragraph.label.replace('•', '');
    if (label !== '') return `<bdi>${escapeHtml(label)}</bdi>`;
    return this.kindOf(paragraph.source.kind) ?? this.say('follow.paragraph', {number: place + 1});
  }

  /** What a paragraph without a number is called. */
  private kindOf(kind: ParagraphKind): string | null {
    return kind === 'title' || kind === 'organ' || kind === 'heading' ? this.say(`words.kind.${kind}`) : null;
  }

  private asOf(): string {
    const {state, at} = this.followed;
    return this.say(
      'follow.state',
      {},
      {number: `<b>${state.seq}</b>`, time: `<time dir="ltr">${hour(at)}</time> UTC`},
    );
  }

  private life(): string {
    const {state} = this.followed;
    const {life, startsAt, zone} = state;
    if (life.is !== 'planned') {
      return `<p class="sub">${this.say(`follow.${life.is}`, {}, {time: hourHtml(life.since)})}</p>`;
    }
    const utc = said(dayIn(this.language, startsAt, 'UTC'));
    const isUtc = zone === 'UTC' || zone === 'Etc/UTC';
    return `<p class="sub">${
      isUtc
        ? this.say('follow.planned.here', {}, {utc})
        : this.say(
            'follow.planned',
            {},
            {utc, zone: said(zone.replaceAll('_', ' ')), there: said(dayIn(this.language, startsAt, zone))},
          )
    }</p>`;
  }

  wordsOf(text: TextId): string {
    const words = this.followed.names.texts[text];
    return words ?? translatorFor(this.language)('follow.hidden');
  }

  /** Handle and organisation, or what may be said of them. */
  private partsOf(number: ParticipantNumber): {name: string; of: string | null} {
    const translate = translatorFor(this.language);
    const participant = participantNumbered(this.followed.state, number);
    const {members, organisations} = this.followed.names;
    const role = participant?.role;
    const office = role === 'chair' || role === 'secretariat' ? translate(`follow.${role}`) : null;
    if (!participant || participant.member === null) {
      return {name: office ?? translate(`follow.delegate.${participant?.constituency ?? 'none'}`), of: null};
    }
    const organisation = participant.organisation === null ? null : organisations[participant.organisation];
    return {name: members[participant.member] ?? translate('follow.erased'), of: organisation?.name ?? office};
  }

  /** In one line, without markup. */
  name(number: ParticipantNumber): string {
    const {name, of} = this.partsOf(number);
    return of === null ? name : `${name}${this.comma}${of}`;
  }

  private person(number: ParticipantNumber): string {
    const {name, of} = this.partsOf(number);
    return `<b>${said(name)}</b>${of === null ? '' : `${this.comma}${said(of)}`}`;
  }

  private turn({turn, group}: Speaking): string {
    const {say} = this;
    const parts = [...(group ? [say('follow.group')] : []), ...(turn === 'speech' ? [] : [say(`follow.${turn}`)])];
    return parts.map(part => `${this.comma}${part}`).join('');
  }

  private speaking(): string {
    const {say} = this;
    const {speaking, interrupted} = this.followed.state.list;
    const heading = this.heading('follow.speaking');
    const who = speaking
      ? `<p>${this.person(speaking.participant)}${this.turn(speaking)}</p><p class="sub">${this.clock(speaking)}</p>`
      : `<p class="sub">${say('follow.speaking.none')}</p>`;
    const back = interrupted
      ? `<p class="sub">${say('follow.interrupted', {left: lengthOf(timeLeft(stood(interrupted), 0))}, {name: this.person(interrupted.participant)})}</p>`
      : '';
    return heading + who + back + this.waiting();
  }

  /** True for as long as the clock runs, whenever the page is read; the script counts it down. */
  private clock(speaking: Speaking): string {
    const {say} = this;
    const limit = lengthOf(speaking.limit);
    if (speaking.runningSince === null) {
      return `<b class="num">${this.left(speaking)}</b> ${say('follow.clock.stands')}`;
    }
    const until = speaking.runningSince + speaking.limit - speaking.spent;
    const counting = this.counting(until, {
      left: say('follow.clock.left', {left: '#', limit}),
      ending: say('follow.clock.ending', {left: '#', limit}),
      over: say('follow.clock.over', {over: '#'}),
    });
    return `<b class="num"${counting}>${say('follow.clock.until', {limit}, {time: hourHtml(until)})}</b>`;
  }

  private left(speaking: Speaking): string {
    const left = timeLeft(speaking, 0);
    const limit = lengthOf(speaking.limit);
    if (left < 0) return this.say('follow.clock.over', {over: lengthOf(-left)});
    return this.say('follow.clock.left', {left: lengthOf(left), limit});
  }

  /** `#` in the sentences is where the script writes the time. */
  private counting(until: number, {left, ending, over}: {left: string; ending: string; over: string}): string {
    return ` data-until="${until}" data-says="${left}|${ending}|${over}"`;
  }

  private waiting(): string {
    const {say} = this;
    const {state} = this.followed;
    const order = orderOf(state);
    const closed = state.list.open || state.life.is !== 'open' ? '' : ` ${say('follow.list.closed')}`;
    if (order.length === 0) return closed === '' ? '' : `<p class="sub">${closed.trim()}</p>`;
    const names = order
      .slice(0, mostNext)
      .map(({participant}) => said(this.shortName(participant)))
      .join(this.comma);
    const more = order.length - mostNext;
    const line = more > 0 ? say('follow.then.more', {count: more}, {names}) : say('follow.then', {}, {names});
    return `<p class="sub">${line}${closed}</p>`;
  }

  /** Whom they speak for, or who they are. */
  private shortName(number: ParticipantNumber): string {
    const {name, of} = this.partsOf(number);
    return of ?? name;
  }

  private changed(): string {
    const {floor} = this.followed;
    if (floor.is !== 'paragraph') return '';
    const {changed, paperChangedAt, paperChangedIn} = floor;
    if (!changed) {
      const time = dayHourHtml(paperChangedAt);
      if (!paperChangedIn) return this.say('follow.changed.paper', {}, {time});
      return this.say('follow.changed.paper.in', {}, {time, what: this.whatIs(paperChangedIn)});
    }
    const sentence = this.changeOf(changed.change);
    if (changed.paragraph === floor.paragraph) return sentence;
    return this.say('follow.changed.in', {}, {what: this.whatIs(changed), change: sentence});
  }

  /** Which words came, and how many went. */
  private changeOf({at, added, deleted}: LastChange): string {
    const time = hourHtml(at);
    const words = added.slice(0, mostQuotes).map(said).join(' … ');
    if (added.length === 0 && deleted === 0) return this.say('follow.changed', {}, {time});
    if (added.length === 0) return this.say('follow.changed.deleted', {count: deleted}, {time});
    if (deleted === 0) return this.say('follow.changed.added', {}, {time, words});
    return this.say('follow.changed.both', {count: deleted}, {time, words});
  }

  private poll(): string {
    const poll = pollOf(this.followed.state);
    if (!poll) return '';
    const counts = countsOf(this.followed, poll);
    const answers = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const rows = pollKinds[poll.kind].choices.map((choice, place) => {
      const count = counts[choice] ?? 0;
      const width = Math.round((count / answers) * 1000) / 10;
      const bar = count === 0 ? '' : `<rect ${bars[choice] ?? ''} width="${width}%"/>`;
      const drawn = place === 0 ? `${hatch}${bar}` : bar;
      const who = this.whoGave(poll, choice);
      return `<li class="${choice}"><span>${this.say(`follow.choice.${choice}` as MessageId)}</span><svg class="bar" aria-hidden="true">${drawn}</svg><b class="num">${count}</b>${who}</li>`;
    });
    return `<h2>${this.say(`follow.poll.${poll.kind}`)}: ${said(this.wordsOf(poll.question))}</h2><ul class="positions">${rows.join('')}</ul><p class="sub">${this.answered(poll)}</p>`;
  }

  private whoGave(poll: Poll, choice: string): string {
    const orgs = poll.answers.filter(one => one.choice === choice).map(one => said(this.shortName(one.delegation)));
    const isNamed = this.followed.state.participants.some(({member}) => member !== null);
    if (orgs.length === 0 || !isNamed) return '';
    const shown = orgs.slice(0, 12).join(this.comma) + (orgs.length > 12 ? ` +${orgs.length - 12}` : '');
    return `<span class="orgs">${shown}</span>`;
  }

  private answered(poll: Poll): string {
    const {state} = this.followed;
    const count = Object.values(countsOf(this.followed, poll)).reduce((sum, one) => sum + one, 0);
    if (poll.state.is === 'closed') return this.say('follow.poll.over', {count}, {time: hourHtml(poll.state.at)});
    if (poll.kind === 'temperature') return this.say('follow.poll.answers', {count});
    const delegations = state.participants.filter(({role, presence}) => role === 'delegate' && presence === 'present');
    const all = Math.max(count, new Set(delegations.map(({delegation}) => delegation)).size);
    return this.say('follow.poll.answered', {count, all});
  }

  private agenda(): string {
    const {agenda} = this.followed.state;
    if (agenda.length === 0)
      return `${this.heading('follow.agenda')}<p class="sub">${this.say('follow.agenda.none')}</p>`;
    const rows = agenda.map(({title, state}, place) => {
      const words = `${place + 1}. ${said(this.wordsOf(title))}`;
      if (state.is === 'on-floor')
        return `<li aria-current="step"><b>${words}</b> <span class="meta">${this.say('follow.agenda.now')}</span></li>`;
      return `<li>${words}${state.is === 'closed' ? ` <span class="meta">${this.say('follow.agenda.closed')}</span>` : ''}</li>`;
    });
    return `${this.heading('follow.agenda')}<ol class="ag">${rows.join('')}</ol>`;
  }

  private announced(): string {
    const {announcements, hidden} = this.followed.state;
    const rows = announcements
      .slice(-mostAnnouncements)
      .toReversed()
      .map(({text, at}) => `<li>${hourHtml(at)} <span>${said(this.wordsOf(text))}</span></li>`);
    const list =
      rows.length > 0
        ? `<ul class="ann">${rows.join('')}</ul>`
        : `<p class="sub">${this.say('follow.announced.none')}</p>`;
    const count =
      hidden.length > 0 ? `<p class="sub">${this.say('follow.hidden.count', {count: hidden.length})}</p>` : '';
    return this.heading('follow.announced') + list + count;
  }

  private speakerInHall(): string {
    const {speaking} = this.followed.state.list;
    if (!speaking) return `<p class="og">${this.say('follow.speaking.none')}</p>`;
    const {name, of} = this.partsOf(speaking.participant);
    const turn = this.turn(speaking);
    return `<h2 class="lab">${this.say('follow.speaking')}${turn}</h2><p class="nm">${said(name)}</p>${of === null ? '' : `<p class="og">${said(of)}</p>`}`;
  }

  private nextInHall(): string {
    const order = orderOf(this.followed.state).slice(0, mostNextInHall);
    if (order.length === 0) return '';
    const rows = order.map(({participant}) => `<p class="og">${said(this.shortName(participant))}</p>`);
    return `<h2 class="lab">${this.say('follow.next')}</h2>${rows.join('')}`;
  }

  private clockInHall(): string {
    const {speaking} = this.followed.state.list;
    if (!speaking) return '';
    const {say} = this;
    const limit = lengthOf(speaking.limit);
    const of = say('follow.clock.of', {limit});
    if (speaking.runningSince === null) {
      const left = timeLeft(speaking, 0);
      const label = left < 0 ? say('follow.clock.of-over', {limit}) : of;
      return `<span dir="ltr">${lengthOf(Math.abs(left))}</span><span class="lab">${label} · ${say('follow.clock.stands')}</span>`;
    }
    const until = speaking.runningSince + speaking.limit - speaking.spent;
    const labels = {
      left: of,
      ending: say('follow.clock.of-ending', {limit}),
      over: say('follow.clock.of-over', {limit}),
    };
    return `<span dir="ltr"${this.counting(until, {left: '#', ending: '#', over: '#'})}>${hourHtml(until)}</span><span class="lab"${this.counting(until, labels)}>${say('follow.clock.of-until')}</span>`;
  }

  /** A question or an announcement stands in the hall until the next speaker has the floor. */
  private foot(): string {
    const {state} = this.followed;
    const poll = pollOf(state);
    const pollAt = poll ? (poll.state.is === 'closed' ? poll.state.at : Infinity) : -Infinity;
    const announcement = state.announcements.at(-1);
    const since = state.list.speaking?.from ?? 0;
    const saying = announcement && this.followed.names.texts[announcement.text];
    if (poll && pollAt >= since && pollAt >= (announcement?.at ?? 0)) {
      const counts = countsOf(this.followed, poll);
      const results = pollKinds[poll.kind].choices.map(
        choice =>
          `<span>${this.say(`follow.choice.${choice}` as MessageId)} <b class="num">${counts[choice] ?? 0}</b></span>`,
      );
      return `<p class="og">${said(this.wordsOf(poll.question))}</p><p class="results">${results.join(' ')}</p>`;
    }
    if (announcement && saying && announcement.at >= since) {
      return `<p class="lab">${this.say('follow.announced')}</p><p class="og">${said(saying)}</p>`;
    }
    return '';
  }
}

function stood(speaking: Speaking): Speaking {
  return {...speaking, runningSince: null};
}

/** The first letter of a line as at the beginning of a sentence; entities and marks stay as they are. */
function capital(line: string): string {
  return /^\p{Ll}/u.test(line) ? line.charAt(0).toUpperCase() + line.slice(1) : line;
}
