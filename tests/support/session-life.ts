import {chanceOf} from '@plenary/client/testing/chance';
import {SessionRoom, type ActOutcome, type SessionView} from '@plenary/client/session-room';
import {takeLiveSocket, type LiveSocket} from '@plenary/client/live-socket';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionEntry, SessionEvent, SessionEventType} from '@plenary/domain/sessions/events';
import {itemOnFloor} from '@plenary/domain/sessions/session';
import type {SessionState} from '@plenary/domain/sessions/session';
import type {SessionActBody} from '@plenary/protocol/api/sessions';
import {call, signIn} from './members.ts';
import {until, type TestServer} from './server.ts';
import {createSession} from './sessions.ts';

export const attendants = 40;
const actsEach = 6;
const chairsActs = 60;
const cuts = 25;

/** What became of one life of a session. */
export interface SessionLife {
  readonly slug: string;
  readonly acknowledged: number;
  readonly refused: number;
  readonly brokenConnections: number;
  readonly entries: readonly SessionEntry[];
  /** Nothing when all is as it must be. */
  readonly wrong: readonly string[];
}

interface Attendant {
  readonly name: string;
  readonly cookie: string;
  readonly isChair: boolean;
  room: SessionRoom;
  socket: LiveSocket;
  giveBack: () => void;
}

/** People of the scene's organisations, Dina in the chair first; made once for all lives on one server. */
export async function cookiesOf(url: string): Promise<readonly string[]> {
  const {body} = await call<{organisations: {slug: string}[]}>(url, null, 'GET', '/api/organisations');
  const cookies = [await signIn(url, 'dina')];
  for (let index = 1; index < attendants; index++) {
    const organisation = body.organisations[index % body.organisations.length]?.slug ?? '';
    const role = index % 8 === 7 ? {role: 'observer'} : {role: 'delegate', organisation};
    cookies.push(await signIn(url, `life-${index}`, role));
  }
  return cookies;
}

/**
 * Forty people take part in a session over connections that break, while the server is stopped in the middle, killed or
 * drained. Then all must know the same, and the ledger must hold each acknowledged act once.
 */
export async function liveThroughSession(
  server: TestServer,
  cookies: readonly string[],
  seed: number,
): Promise<SessionLife> {
  const random = chanceOf(seed);
  const fate = chanceOf(-seed);
  const slug = `life-${seed}-${server.port}`;
  const chair = cookies[0] ?? '';
  await createSession(server.url, chair, slug);
  const people = cookies.map((cookie, index) => attend(server.url, cookie, slug, index));
  const wrong: string[] = [];
  const done: {name: SessionActName; outcome: ActOutcome; mark: string | null}[] = [];
  let broken = 0;
  try {
    await Promise.all(people.map(({room}) => knows(room, view => view.state !== null)));
    const [dina] = people;
    if (!dina) throw new Error('Nobody came.');
    const act = async <Name extends SessionActName>(
      {room}: Attendant,
      name: Name,
      body: SessionActBody<Name>,
      mark: string | null = null,
    ): Promise<void> => {
      done.push({name, outcome: await room.act(name, body), mark});
    };
    await act(dina, 'session.join', {});
    await act(dina, 'session.open', {});
    await act(dina, 'list.open', {});

    const isOver = {value: false};
    const pause = (most: number) => new Promise(resolve => setTimeout(resolve, random() * most));
    const delegate = async (person: Attendant, index: number): Promise<void> => {
      await act(person, 'session.join', {});
      for (let turn = 0; turn < actsEach; turn++) {
        await pause(600);
        const mark = `<${seed}.${index}.${turn}>`;
        const poll = person.room.getView().state?.polls.find(({state}) => state.is === 'open');
        const what = random();
        if (what < 0.35) await act(person, 'floor.ask', {group: random() < 0.2});
        else if (what < 0.45) await act(person, 'floor.withdraw', {});
        else if (what < 0.5) await act(person, 'order.raise', {});
        else if (what < 0.55) await act(person, random() < 0.5 ? 'session.leave' : 'session.join', {});
        else if (poll?.kind === 'positions') {
          const choice = pick(random, ['support', 'reserve', 'oppose', 'abstain']);
          const reason = random() < 0.4 ? mark : '';
          await act(person, 'position.take', {poll: poll.id, choice, reason}, reason || null);
        } else if (poll) {
          await act(person, 'position.take', {poll: poll.id, choice: pick(random, ['warm', 'lukewarm', 'cold'])});
        } else await act(person, 'session.join', {});
      }
    };
    const presides = async (): Promise<void> => {
      for (let turn = 0; turn < chairsActs && !isOver.value; turn++) {
        await pause(120);
        const {state} = dina.room.getView();
        if (state) await preside(dina, state, `<${seed}.chair.${turn}>`);
      }
    };
    const preside = async (person: Attendant, state: SessionState, mark: string): Promise<void> => {
      const waiting = pick(random, state.list.waiting)?.participant;
      const poll = state.polls.find(one => one.state.is === 'open');
      const item = pick(random, state.agenda);
      const paper = itemOnFloor(state)?.papers[0];
      const someone = 1 + Math.floor(random() * Math.max(1, state.participants.length));
      const choices: (() => Promise<void>)[] = [
        () => act(person, 'announcement.make', {text: mark}, mark),
        () => act(person, 'announcement.make', {text: mark}, mark),
        () => act(person, 'floor.give', {participant: waiting ?? someone, turn: 'speech'}),
        () => act(person, 'floor.give', {participant: waiting ?? someone, turn: 'right-of-reply'}),
        () => act(person, 'floor.pause', {}),
        () => act(person, 'floor.resume', {}),
        () => act(person, 'floor.extend', {seconds: 30}),
        () => act(person, 'floor.end', {how: random() < 0.5 ? 'finished' : 'cut'}),
        () => act(person, 'list.move', {participant: waiting ?? someone, to: Math.floor(random() * 4)}),
        () => act(person, 'item.take-up', {item: item?.id ?? ''}),
        () => act(person, 'floor.show', {paper: paper ?? null}),
        () => act(person, 'participant.mute', {participant: someone, writing: random() < 0.5, asking: random() < 0.2}),
        () => act(person, 'session.suspend', {}),
        () => act(person, 'session.open', {}),
        () => act(person, 'session.open', {}),
        () =>
          poll
            ? act(person, 'poll.close', {poll: poll.id})
            : act(
                person,
                'poll.open',
                {kind: pick(random, ['positions', 'positions', 'temperature']), question: mark},
                mark,
              ),
        () => (poll ? Promise.resolve() : act(person, 'poll.open', {kind: 'positions', question: mark}, mark)),
      ];
      await pick(random, choices)?.();
    };

    const playing = Promise.all([presides(), ...people.slice(1).map((person, index) => delegate(person, index + 1))]);
    const breaking = (async () => {
      for (let cut = 0; cut < cuts; cut++) {
        await new Promise(resolve => setTimeout(resolve, fate() * 200));
        if (breakConnection(pick(fate, people))) broken++;
        if (cut !== Math.floor(cuts / 2)) continue;
        await (seed % 2 ? server.crash() : server.stop());
        await server.start();
      }
    })();
    await playing;
    isOver.value = true;
    await breaking;

    for (const {name, outcome} of done) {
      if (!outcome.ok && outcome.refusal === 'server.failed') wrong.push(`${name} failed: ${outcome.sentence}`);
    }
    const entries = await recordOf(server.url, chair, slug);
    const last = entries.at(-1)?.seq ?? 0;
    await until(
      () => people.every(({room}) => room.getView().state?.seq === last),
      20_000,
      `everyone to know entry ${last}; they know ${people.map(({room}) => room.getView().state?.seq ?? '-').join(' ')}`,
    );
    wrong.push(...differences(people, entries), ...miscounts(done, entries, dina.room.getView()));
    const acknowledged = done.filter(({outcome}) => outcome.ok).length;
    return {slug, acknowledged, refused: done.length - acknowledged, brokenConnections: broken, entries, wrong};
  } finally {
    for (const {room, giveBack} of people) {
      room.close();
      giveBack();
    }
  }
}

function attend(url: string, cookie: string, slug: string, index: number): Attendant {
  const options = {
    transports: ['websocket'],
    extraHeaders: {cookie},
    reconnectionDelay: 30,
    reconnectionDelayMax: 300,
  };
  const room = new SessionRoom(slug, url, {...options, patience: 4000});
  // The same connection, to break it.
  const [socket, giveBack] = takeLiveSocket(url, options);
  return {name: index === 0 ? 'the chair' : `life-${index}`, cookie, isChair: index === 0, room, socket, giveBack};
}

/** Without a goodbye, as when a cable is pulled. */
function breakConnection(person: Attendant | undefined): boolean {
  const transport = person?.socket.io.engine?.transport as {ws?: {terminate?: () => void; close(): void}} | undefined;
  if (!person?.socket.connected || !transport?.ws) return false;
  if (transport.ws.terminate) transport.ws.terminate();
  else transport.ws.close();
  return true;
}

function knows(room: SessionRoom, holds: (view: SessionView) => boolean): Promise<void> {
  return until(() => holds(room.getView()), 20_000, 'the session to be known');
}

/** From the ledger itself, as everyone may save it. */
export async function recordOf(url: string, cookie: string, slug: string): Promise<SessionEntry[]> {
  const {body: session} = await call<{summary: {id: string}}>(url, cookie, 'GET', `/api/sessions/${slug}`);
  const log = await (await fetch(`${url}/api/ledger/log`, {headers: {cookie}})).text();
  const stream = `session:${session.summary.id}`;
  return log.split('\n').flatMap(line => {
    const {leaf} = (line === '' ? {} : JSON.parse(line)) as {
      leaf?: {
        stream: string;
        seq: number;
        at: number;
        act: string;
        event: {by: number | null} & Record<string, unknown>;
      };
    };
    if (leaf?.stream !== stream) return [];
    const {by, commitments: _commitments, ...rest} = leaf.event;
    return [{seq: leaf.seq, at: leaf.at, by, event: {type: leaf.act, ...rest} as SessionEvent}];
  });
}

function differences(people: readonly Attendant[], entries: readonly SessionEntry[]): string[] {
  const wrong: string[] = [];
  if (entries.some(({seq}, place) => seq !== place + 1)) wrong.push('The record has a gap.');
  const states = new Map<string, string[]>();
  for (const {room, name} of people) {
    const text = JSON.stringify(room.getView().state);
    states.set(text, [...(states.get(text) ?? []), name]);
  }
  if (states.size > 1) wrong.push(`${states.size} different states: ${[...states.values()].map(String).join(' | ')}`);
  const now = Date.now();
  for (const {room, name} of people) {
    const off = Math.abs(room.clock.now() - now);
    if (off > 1000) wrong.push(`The clock of ${name} is off by ${Math.round(off)} ms.`);
  }
  return wrong;
}

/** Acts that become exactly one event each time that they are not refused. */
const oneEach: readonly [acts: readonly SessionActName[], becomes: SessionEventType][] = [
  [['floor.ask'], 'floor.asked'],
  [['announcement.make'], 'announcement.made'],
  [['poll.open'], 'poll.opened'],
  [['floor.extend'], 'floor.extended'],
];

function miscounts(
  done: readonly {name: SessionActName; outcome: ActOutcome; mark: string | null}[],
  entries: readonly SessionEntry[],
  {names}: SessionView,
): string[] {
  const wrong: string[] = [];
  for (const [acts, type] of oneEach) {
    const asked = done.filter(({name, outcome}) => acts.includes(name) && outcome.ok).length;
    const written = entries.filter(({event}) => event.type === type).length;
    if (asked !== written)
      wrong.push(`${asked} times ${acts.join(', ')} were acknowledged, ${written} times ${type} is written.`);
  }
  const written = new Map<string, number>();
  for (const text of Object.values(names.texts)) if (text !== null) written.set(text, (written.get(text) ?? 0) + 1);
  for (const {mark, outcome, name} of done) {
    if (mark === null) continue;
    const times = written.get(mark) ?? 0;
    if (times > 1 || (name !== 'position.take' && times !== (outcome.ok ? 1 : 0))) {
      wrong.push(`${name} ${mark} was ${outcome.ok ? 'acknowledged' : 'refused'} and is written ${times} times.`);
    }
  }
  for (const {name, outcome} of done) {
    if (outcome.ok && (outcome.seq < 1 || outcome.seq > entries.length))
      wrong.push(`${name} has no entry ${outcome.seq}.`);
  }
  return wrong;
}

function pick<One>(random: () => number, list: readonly [One, ...One[]]): One;
function pick<One>(random: () => number, list: readonly One[]): One | undefined;
function pick<One>(random: () => number, list: readonly One[]): One | undefined {
  return list[Math.floor(random() * list.length)];
}
