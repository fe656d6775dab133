import {randomUUID} from 'node:crypto';
import {z} from 'zod';
import type {MemberId} from '@plenary/domain/ids';
import type {Participant, SessionId} from '@plenary/domain/sessions/session';
import type {Bus} from '../adapters/bus.ts';
import type {Desk} from './desk.ts';

/** A participant without a connection for so long has left. */
const patience = 30_000;
/** Nobody is judged gone before, so that a restart of the server is not in the record. */
const afterStart = 60_000;
/** Who was with another process is asked for again after so long. */
const trusted = 60_000;

export interface Attendances {
  of(desk: Desk): Attendance;
  /** A connection is gone, from wherever it was. */
  went(connection: object): void;
  close(): void;
}

export interface AttendancesOptions {
  readonly bus: Bus;
  readonly clock: {now(): number};
  readonly onError: (error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly every?: number;
  /** How long other processes get to say who is with them, in milliseconds. */
  readonly forAnswers?: number;
}

const spoken = z.union([
  z.object({process: z.string(), session: z.string(), ask: z.array(z.string()).max(20_000)}),
  z.object({process: z.string(), session: z.string(), here: z.array(z.string()).max(20_000)}),
]);
const topic = 'attendance';

/** Who of the participants is there, by their connections, and leaves when the last one is gone for a while. */
export function createAttendances(options: AttendancesOptions): Attendances {
  const {bus, clock, onError, every = 5_000, forAnswers = 2_000} = options;
  const self = randomUUID();
  const attendances = new Map<SessionId, Attendance>();

  const looking = setInterval(() => {
    for (const [session, attendance] of attendances) {
      if (attendance.isDone) attendances.delete(session);
      else attendance.look();
    }
  }, every);
  looking.unref();

  const endHearing = bus.subscribe(topic, message => {
    const {data} = spoken.safeParse(message);
    if (!data || data.process === self) return;
    const attendance = attendances.get(data.session as SessionId);
    if (!attendance) return;
    if ('here' in data) attendance.hear(data.here as MemberId[]);
    else {
      const here = (data.ask as MemberId[]).filter(member => attendance.isHere(member));
      if (here.length > 0) bus.publish(topic, {process: self, session: data.session, here});
    }
  });

  return {
    of(desk) {
      const known = attendances.get(desk.session);
      if (known?.desk === desk) return known;
      const ask = (members: readonly MemberId[]) =>
        bus.publish(topic, {process: self, session: desk.session, ask: members});
      const made = new Attendance(desk, {clock, ask, onError, forAnswers});
      attendances.set(desk.session, made);
      return made;
    },
    went(connection) {
      for (const attendance of attendances.values()) attendance.went(connection);
    },
    close() {
      clearInterval(looking);
      endHearing();
      for (const attendance of attendances.values()) attendance.end();
      attendances.clear();
    },
  };
}

interface AttendanceOptions {
  readonly clock: {now(): number};
  /** Asks the other processes who of these is with them. */
  readonly ask: (members: readonly MemberId[]) => void;
  readonly onError: (error: unknown) => void;
  readonly forAnswers: number;
}

export class Attendance {
  readonly desk: Desk;
  readonly #options: AttendanceOptions;
  readonly #since: number;
  readonly #connections = new Map<object, MemberId>();
  readonly #counts = new Map<MemberId, number>();
  readonly #goneSince = new Map<MemberId, number>();
  /** Joined by a request alone, and stay until they say that they leave. */
  readonly #byRequest = new Set<MemberId>();
  readonly #elsewhereUntil = new Map<MemberId, number>();
  #judging: NodeJS.Timeout | undefined;

  constructor(desk: Desk, options: AttendanceOptions) {
    this.desk = desk;
    this.#options = options;
    this.#since = options.clock.now();
  }

  /** Nobody is left to wait for. */
  get isDone(): boolean {
    return this.#connections.size === 0 && !this.#judging && (this.#isOver || this.#present().length === 0);
  }

  isHere(member: MemberId): boolean {
    return this.#counts.has(member) || this.#byRequest.has(member);
  }

  came(connection: object, member: MemberId): void {
    this.#byRequest.delete(member);
    if (this.#connections.get(connection) === member) return;
    this.went(connection);
    this.#connections.set(connection, member);
    this.#counts.set(member, (this.#counts.get(member) ?? 0) + 1);
    this.#goneSince.delete(member);
  }

  went(connection: object): void {
    const member = this.#connections.get(connection);
    if (member === undefined) return;
    this.#connections.delete(connection);
    const left = (this.#counts.get(member) ?? 1) - 1;
    if (left > 0) this.#counts.set(member, left);
    else {
      this.#counts.delete(member);
      this.#goneSince.set(member, this.#options.clock.now());
    }
  }

  joinedByRequest(member: MemberId): void {
    if (!this.#counts.has(member)) this.#byRequest.add(member);
  }

  hear(members: readonly MemberId[]): void {
    for (const member of members) this.#elsewhereUntil.set(member, this.#options.clock.now() + trusted);
  }

  look(): void {
    if (this.#judging || this.#isOver) return;
    const gone = this.#gone();
    if (gone.length === 0) return;
    this.#options.ask(gone.flatMap(({member}) => member ?? []));
    this.#judging = setTimeout(() => {
      this.#judging = undefined;
      for (const {number} of this.#gone()) this.#letGo(number);
    }, this.#options.forAnswers);
    this.#judging.unref();
  }

  end(): void {
    clearTimeout(this.#judging);
  }

  get #isOver(): boolean {
    return this.desk.state.life.is === 'closed';
  }

  #present(): readonly Participant[] {
    return this.desk.state.participants.filter(({presence}) => presence === 'present');
  }

  #gone(): readonly Participant[] {
    const now = this.#options.clock.now();
    return this.#present().filter(({member, joinedAt}) => {
      if (member === null || this.isHere(member)) return false;
      if ((this.#elsewhereUntil.get(member) ?? 0) > now) return false;
      const seen = this.#goneSince.get(member) ?? Math.max(this.#since + afterStart - patience, joinedAt);
      return now - seen >= patience;
    });
  }

  #letGo(participant: number): void {
    const request = {act: 'session.leave'} as const;
    this.desk.ask({actor: null, as: participant, request, words: new Map(), key: null}).catch(this.#options.onError);
  }
}
