import type {Language} from '@plenary/domain/languages';
import {constituencies} from '@plenary/domain/organisations/organisation';
import type {Constituency} from '@plenary/domain/organisations/organisation';
import {chairsOf} from '@plenary/domain/sessions/minutes';
import type {PollChoice, PollResult, Ruling} from '@plenary/domain/sessions/minutes';
import {participantNumbered} from '@plenary/domain/sessions/session';
import type {Intervention, Participant, ParticipantNumber, SpeakingLimits} from '@plenary/domain/sessions/session';
import type {LocatedParagraph} from '@plenary/domain/sessions/polls/poll';
import {pollKinds} from '@plenary/domain/sessions/polls/kinds';
import type {MessageId, Translate} from '@plenary/locales/message-id';
import {translatorFor} from '@plenary/locales/translate';
import {figures, foreign, hash, listed} from './blocks.ts';
import type {Block, MinutesText, Piece, Words} from './blocks.ts';
import {lengthOf, minutesTimes} from './minutes-times.ts';
import type {MinutesTimes} from './minutes-times.ts';
import type {NamedMinutes} from './named-minutes.ts';

/** The minutes of a session in one of the six languages. */
export function minutesText(named: NamedMinutes, language: Language): MinutesText {
  return new Writer(named, language).text();
}

class Writer {
  readonly #named: NamedMinutes;
  readonly #language: Language;
  readonly #say: Translate;
  readonly #times: MinutesTimes;

  constructor(named: NamedMinutes, language: Language) {
    const {state} = named.minutes;
    this.#named = named;
    this.#language = language;
    this.#say = translatorFor(language);
    this.#times = minutesTimes(state.sittings[0]?.from ?? state.startsAt, state.zone, language);
  }

  text(): MinutesText {
    return {
      language: this.#language,
      kind: this.#say('minutes.minutes'),
      title: this.#named.texts.get(this.#named.minutes.state.title) ?? this.#named.session.slug,
      blocks: [
        ...this.#notes(),
        ...this.#session(),
        ...this.#attendance(),
        ...this.#agenda(),
        ...this.#interventions(),
        ...this.#polls(),
        ...this.#announcements(),
        ...this.#rulings(),
        ...this.#revisions(),
        ...this.#moderation(),
        ...this.#record(),
      ],
    };
  }

  #notes(): Block[] {
    const {minutes, attributions} = this.#named;
    const notes: Words[] = [];
    if (minutes.state.life.is !== 'closed') {
      notes.push([this.#say('minutes.until', {time: this.#times.hour(minutes.asOf)})]);
    }
    if (!attributions) notes.push([this.#say('minutes.nameless')]);
    return notes.map(words => ({is: 'note', words}));
  }

  #session(): Block[] {
    const {minutes, consultation} = this.#named;
    const {state} = minutes;
    const {policy, embargoUntil} = state.publication;
    const chairs = chairsOf(minutes).map(({number}) => this.#person(number));
    const until = embargoUntil === null ? [] : [' ', figures(`${this.#times.hour(embargoUntil)} UTC`)];
    const sittings = state.sittings.map(({from, to}) => this.#period(from, to));
    const rows = [
      {name: this.#say('minutes.consultation'), words: [foreign(consultation.title)]},
      {name: this.#say('minutes.planned'), words: this.#period(state.startsAt, state.endsAt)},
      {name: this.#say('minutes.sittings'), words: this.#list(sittings, 'minutes.nothing')},
      {name: this.#say('minutes.sat'), words: [figures(lengthOf(minutes.sat))]},
      {
        name: this.#say('minutes.chair'),
        words: this.#list(chairs, 'minutes.nobody'),
      },
      {name: this.#say('minutes.policy'), words: [this.#say(`words.publication.${policy}`), ...until]},
      {name: this.#say('minutes.limits'), words: [this.#say('minutes.limits.both', limitsOf(state.limits))]},
    ];
    const zone: Block[] = isUtc(state.zone)
      ? []
      : [{is: 'paragraph', words: [this.#say('minutes.language-of-times', {zone: state.zone})]}];
    return [this.#heading('minutes.session'), {is: 'facts', rows}, ...zone];
  }

  #attendance(): Block[] {
    const {attendance} = this.#named.minutes;
    const heading = this.#heading('minutes.attendance');
    if (attendance.length === 0) return [heading, this.#nothing()];
    const everyone = attendance.map(({participant}) => participant);
    const groups = [...constituencies, null].flatMap(constituency => {
      const those = everyone.filter(one => one.constituency === constituency);
      return those.length > 0 ? [{constituency, those}] : [];
    });
    return [
      heading,
      {
        is: 'table',
        caption: this.#say('minutes.attendance'),
        columns: this.#columns('minutes.constituency', 'minutes.organisations', 'minutes.participants'),
        rows: [
          ...groups.map(({constituency, those}) => [
            [this.#constituency(constituency)],
            [figures(organisationsOf(those))],
            [figures(those.length)],
          ]),
          [[this.#say('minutes.total')], [figures(organisationsOf(everyone))], [figures(everyone.length)]],
        ],
      },
      {
        is: 'table',
        caption: this.#say('minutes.participants'),
        columns: [
          ...this.#columns('minutes.participant-column'),
          ...this.#ifNamed('minutes.organisation'),
          ...this.#columns('minutes.constituency', 'minutes.role', 'minutes.present'),
        ],
        rows: attendance.map(({participant, there}) => [
          [this.#person(participant.number)],
          ...this.#organisationCell(participant),
          [this.#constituency(participant.constituency)],
          [this.#say(`words.role.${participant.role}`)],
          this.#list([
            ...there.map(one => figures(this.#times.span(one))),
            ...(there.at(-1)?.to === null ? [this.#say('minutes.still')] : []),
            ...(participant.presence === 'removed' ? [this.#say('minutes.removed')] : []),
          ]),
        ]),
      },
    ];
  }

  #agenda(): Block[] {
    const {items} = this.#named.minutes;
    const heading = this.#heading('minutes.agenda');
    if (items.length === 0) return [heading, this.#nothing()];
    return [
      heading,
      {
        is: 'table',
        caption: this.#say('minutes.agenda'),
        columns: this.#columns('minutes.number', 'minutes.item', 'minutes.papers', 'minutes.on-floor'),
        rows: items.map(({item, onFloor}, index) => [
          [figures(index + 1)],
          [this.#text(item.title)],
          this.#list(item.papers.map(paper => this.#paper(paper))),
          this.#list(
            onFloor.map(one => figures(this.#times.span(one))),
            'minutes.not-taken-up',
          ),
        ]),
      },
    ];
  }

  #interventions(): Block[] {
    const {interventions, notReached} = this.#named.minutes;
    const heading = this.#heading('minutes.interventions');
    const blocks: Block[] = [heading];
    if (interventions.length === 0) blocks.push(this.#nothing());
    else blocks.push(this.#interventionTable(interventions), ...this.#speakingTime());
    if (notReached.length > 0) {
      blocks.push(
        this.#heading('minutes.not-reached', 3),
        {is: 'paragraph', words: [this.#say('minutes.not-reached.sentence')]},
        {
          is: 'paragraph',
          words: this.#list(notReached.map(number => this.#person(number))),
        },
      );
    }
    return blocks;
  }

  #interventionTable(interventions: readonly Intervention[]): Block {
    const {state} = this.#named.minutes;
    return {
      is: 'table',
      caption: this.#say('minutes.interventions'),
      columns: [
        ...this.#columns('minutes.number', 'minutes.begin', 'minutes.speaker'),
        ...this.#ifNamed('minutes.organisation'),
        ...this.#columns('minutes.constituency', 'minutes.item', 'minutes.turn', 'minutes.spoke'),
      ],
      rows: interventions.map((one, index) => {
        const participant = participantNumbered(state, one.participant);
        const item = state.agenda.findIndex(({id}) => id === one.item);
        const turn = one.turn === 'speech' && one.group ? 'speech.group' : one.turn;
        const length = lengthOf(one.spoken);
        return [
          [figures(index + 1)],
          [figures(this.#times.second(one.from))],
          [this.#person(one.participant)],
          ...this.#organisationCell(participant),
          [this.#constituency(participant?.constituency ?? null)],
          [item < 0 ? '' : figures(item + 1)],
          [this.#say(`minutes.turn.${turn}`)],
          [one.ended === 'finished' ? figures(length) : this.#say(`minutes.spoke.${one.ended}`, {length})],
        ];
      }),
    };
  }

  #speakingTime(): Block[] {
    const {speakingTimes: spoken, interventions} = this.#named.minutes;
    const row = (name: Piece, time: number, times: number) => [[name], [figures(lengthOf(time))], [figures(times)]];
    const columns = this.#columns('minutes.organisation', 'minutes.speaking-time', 'minutes.times-spoken');
    return [
      this.#heading('minutes.speaking-time', 3),
      {
        is: 'table',
        caption: this.#say('minutes.constituency'),
        columns: [this.#say('minutes.constituency'), ...columns.slice(1)],
        rows: [
          ...spoken.constituencies.map(one => row(this.#constituency(one.constituency), one.spoken, one.interventions)),
          row(this.#say('minutes.total'), spoken.total, interventions.length),
        ],
      },
      {
        is: 'table',
        caption: this.#say('minutes.organisation'),
        columns,
        rows: [
          ...spoken.delegations.map(one => row(this.#delegation(one.delegation), one.spoken, one.interventions)),
          row(this.#say('minutes.total'), spoken.total, interventions.length),
        ],
      },
    ];
  }

  #polls(): Block[] {
    const {polls} = this.#named.minutes;
    if (polls.length === 0) return [];
    return [this.#heading('minutes.polls'), ...polls.flatMap(result => this.#poll(result))];
  }

  #poll({poll, counts, choices}: PollResult): Block[] {
    const {keepsAnswers} = pollKinds[poll.kind];
    const opened = this.#times.hour(poll.openedAt);
    const lines = [
      poll.state.is === 'closed'
        ? this.#say('minutes.poll.closed', {opened, closed: this.#times.hour(poll.state.at)})
        : this.#say('minutes.poll.open', {opened}),
      ...(keepsAnswers ? [] : [this.#say('minutes.poll.no-names')]),
      ...(counts ? [] : [this.#say('minutes.poll.uncounted')]),
    ];
    const about: Words =
      poll.paper === null
        ? []
        : [` ${this.#say('minutes.poll.about')} `, this.#paper(poll.paper), ...this.#located(poll.located), '.'];
    const reasons = choices.flatMap(({choice, answers}) =>
      answers.flatMap(({participant, reason}) => (reason === null ? [] : [{participant, choice, reason}])),
    );
    return [
      {is: 'heading', level: 3, words: [this.#text(poll.question)]},
      {is: 'paragraph', words: [`${this.#say(`minutes.poll.${poll.kind}`)}. ${lines.join(' ')}`, ...about]},
      ...(counts
        ? [
            {
              is: 'table' as const,
              caption: this.#say(`minutes.poll.${poll.kind}`),
              columns: [
                ...this.#columns('minutes.answer', 'minutes.count'),
                ...(keepsAnswers ? this.#columns('minutes.who') : []),
              ],
              rows: choices.map(({choice, answers}) => [
                [this.#choice(choice)],
                [figures(counts[choice] ?? 0)],
                ...(keepsAnswers ? [this.#list(answers.map(answer => this.#answerer(answer.participant)))] : []),
              ]),
            },
          ]
        : []),
      ...(reasons.length > 0
        ? [
            {
              is: 'table' as const,
              caption: this.#say('minutes.reason'),
              columns: this.#columns('minutes.who', 'minutes.answer', 'minutes.reason'),
              rows: reasons.map(({participant, choice, reason}) => [
                [this.#answerer(participant)],
                [this.#choice(choice)],
                [this.#text(reason)],
              ]),
            },
          ]
        : []),
    ];
  }

  /** The paragraph as it was numbered then. */
  #located(located: LocatedParagraph | null): Words {
    if (!located) return [];
    const {label, place} = located;
    const name = label === '' || label === '•' ? this.#say('minutes.paragraph', {number: place}) : foreign(label);
    return [' (', name, ')'];
  }

  #announcements(): Block[] {
    const {announcements} = this.#named.minutes.state;
    if (announcements.length === 0) return [];
    return [
      this.#heading('minutes.announcements'),
      {
        is: 'table',
        caption: this.#say('minutes.announcements'),
        columns: this.#columns('minutes.time', 'minutes.announcement'),
        rows: announcements.map(({at, text}) => [[figures(this.#times.moment(at))], [this.#text(text)]]),
      },
    ];
  }

  #rulings(): Block[] {
    const {rulings} = this.#named.minutes;
    if (rulings.length === 0) return [];
    return [
      this.#heading('minutes.rulings'),
      {
        is: 'table',
        caption: this.#say('minutes.rulings'),
        columns: this.#columns('minutes.time', 'minutes.ruling', 'minutes.ruling.whom'),
        rows: rulings.map(ruling => [
          [figures(this.#times.moment(ruling.at))],
          [this.#ruling(ruling)],
          ['participant' in ruling ? this.#person(ruling.participant) : ''],
        ]),
      },
    ];
  }

  #ruling(ruling: Ruling): string {
    switch (ruling.is) {
      case 'publication': {
        const policy = this.#say(`words.publication.${ruling.policy}`);
        if (ruling.embargoUntil === null) return this.#say('minutes.ruling.publication', {policy});
        const until = `${this.#times.day(ruling.embargoUntil)} ${this.#times.hour(ruling.embargoUntil)}`;
        return this.#say('minutes.ruling.publication.embargo', {policy, until});
      }
      case 'rescheduled': {
        const {startsAt: from, endsAt: to} = ruling;
        return this.#say('minutes.ruling.rescheduled', {
          times: `${this.#times.day(from)} ${this.#times.span({from, to}, 'named')}`,
        });
      }
      case 'limits':
        return this.#say('minutes.ruling.limits', limitsOf(ruling.limits));
      case 'placed':
        return ruling.place === null
          ? this.#say('minutes.ruling.unplaced')
          : this.#say('minutes.ruling.placed', {place: ruling.place});
      case 'extended':
        return this.#say('minutes.ruling.extended', {length: lengthOf(ruling.more)});
      case 'agenda':
      case 'list-opened':
      case 'list-closed':
      case 'absent':
        return this.#say(`minutes.ruling.${ruling.is}`);
    }
  }

  #revisions(): Block[] {
    const {revisions} = this.#named;
    if (revisions.length === 0) return [];
    return [
      this.#heading('minutes.revisions'),
      {
        is: 'table',
        caption: this.#say('minutes.revisions'),
        columns: [...this.#columns('minutes.symbol', 'minutes.paper', 'minutes.time'), 'SHA-256'],
        rows: revisions.map(({paper, symbol, sha256, issuedAt}) => [
          [foreign(symbol)],
          [this.#paper(paper)],
          [figures(this.#times.moment(issuedAt))],
          [hash(sha256)],
        ]),
      },
    ];
  }

  #moderation(): Block[] {
    const {hidden, removed} = this.#named.minutes;
    if (hidden.length === 0 && removed === 0) return [];
    const blocks: Block[] = [this.#heading('minutes.moderation')];
    if (hidden.length > 0) {
      blocks.push({
        is: 'table',
        caption: this.#say('minutes.moderation.hidden'),
        columns: this.#columns('minutes.moderation.hidden', 'minutes.count'),
        rows: hidden.map(({reason, count}) => [[this.#say(`minutes.hiding.${reason}`)], [figures(count)]]),
      });
    }
    if (removed > 0) {
      blocks.push({is: 'paragraph', words: [this.#say('minutes.moderation.removed', {count: removed})]});
    }
    return blocks;
  }

  #record(): Block[] {
    const {lastSeq, index, leafHash} = this.#named.record;
    return [
      this.#heading('minutes.record'),
      {
        is: 'facts',
        rows: [
          {
            name: this.#say('minutes.record.entries'),
            words: [this.#say('minutes.record.range', {last: lastSeq})],
          },
          {name: this.#say('minutes.record.index'), words: [figures(index)]},
          {name: this.#say('minutes.record.leaf'), words: [hash(leafHash)]},
        ],
      },
      {is: 'paragraph', words: [this.#say('minutes.record.again')]},
    ];
  }

  #heading(id: MessageId, level: 2 | 3 = 2): Block {
    return {is: 'heading', level, words: [this.#say(id)]};
  }

  #nothing(): Block {
    return {is: 'paragraph', words: [this.#say('minutes.nothing')]};
  }

  #list(items: readonly (Piece | Words)[], none?: MessageId): Words {
    return items.length === 0 && none ? [this.#say(none)] : listed(items, this.#language);
  }

  #ifNamed(column: MessageId): string[] {
    return this.#named.attributions ? [this.#say(column)] : [];
  }

  #organisationCell(participant: Participant | undefined): Words[] {
    return this.#named.attributions ? [[participant ? this.#organisation(participant) : '']] : [];
  }

  #columns(...ids: readonly MessageId[]): string[] {
    return ids.map(id => this.#say(id));
  }

  #period(from: number, to: number | null): Words {
    const day = this.#times.day(from);
    return [day, ' ', figures(this.#times.span({from, to}, 'named'))];
  }

  #person(number: ParticipantNumber): Piece {
    const participant = participantNumbered(this.#named.minutes.state, number);
    if (!participant || participant.member === null) return this.#say('minutes.participant', {number});
    const handle = this.#named.members.get(participant.member);
    return handle ? foreign(handle) : this.#say('minutes.erased');
  }

  #organisation({organisation}: Participant): Piece {
    if (organisation === null) return this.#say('minutes.no-organisation');
    return foreign(this.#named.organisations.get(organisation)?.name ?? '');
  }

  /** Those who spoke together; who speaks for no organisation, by their own name. */
  #delegation(number: ParticipantNumber): Piece {
    const {participants} = this.#named.minutes.state;
    const speaksFor = participants.find(one => one.delegation === number && one.organisation !== null);
    return speaksFor ? this.#organisation(speaksFor) : this.#person(number);
  }

  #answerer(number: ParticipantNumber): Piece {
    const participant = participantNumbered(this.#named.minutes.state, number);
    return participant && participant.organisation !== null ? this.#organisation(participant) : this.#person(number);
  }

  #constituency(constituency: Constituency | null): string {
    return this.#say(constituency === null ? 'minutes.no-constituency' : `words.constituency.${constituency}`);
  }

  #choice(choice: PollChoice): string {
    return this.#say(`minutes.choice.${choice}`);
  }

  #text(id: string): Piece {
    const text = this.#named.texts.get(id);
    return text ? foreign(text) : this.#say('minutes.hidden');
  }

  #paper(id: string): Piece {
    const paper = this.#named.papers.get(id);
    return foreign(paper ? `${paper.symbol ? `${paper.symbol} ` : ''}${paper.title}` : id);
  }
}

function limitsOf({group, individual}: SpeakingLimits): {group: string; individual: string} {
  return {group: lengthOf(group), individual: lengthOf(individual)};
}

function organisationsOf(participants: readonly Participant[]): number {
  // Delegations, of which those who speak for no organisation are none; known to every audience by constituency.
  return new Set(participants.flatMap(one => (one.constituency === null ? [] : [one.delegation]))).size;
}

function isUtc(zone: string): boolean {
  return ['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT'].includes(zone);
}
