import {performance} from 'node:perf_hooks';
import * as Y from 'yjs';
import {appendWords, type RawRoom} from '../support/raw-room.ts';
import {until} from '../support/server.ts';
import type {Grounds} from './grounds.ts';

export interface Afterwards {
  readonly typed: number;
  readonly lost: number;
  readonly doubled: number;
  readonly refusals: number;
  readonly differ: boolean;
}

/** People who type into the paper while it is attacked, and notice how long it takes until their words are saved. */
export class HonestPeople {
  #refusals = 0;
  readonly #grounds: Grounds;
  readonly #tokens: string[] = [];
  #rooms: RawRoom[] = [];
  #waiting: {room: RawRoom; n: number; at: number}[] = [];
  #times: number[] = [];
  #timers: NodeJS.Timeout[] = [];

  private constructor(grounds: Grounds) {
    this.#grounds = grounds;
  }

  static async sitDown(grounds: Grounds): Promise<HonestPeople> {
    const people = new HonestPeople(grounds);
    for (const cookie of grounds.cookies.honest) people.#rooms.push(await grounds.join({cookie}));
    people.#timers = people.#rooms.map((room, index) => setInterval(() => people.#type(room, index), 100));
    people.#timers.push(setInterval(() => people.#listen(), 1));
    return people;
  }

  /** Milliseconds from each word to its acknowledgement, since the last call. */
  times(): number[] {
    const times = this.#times;
    this.#times = [];
    return times;
  }

  /** Stops typing; resolves with what is lost or doubled of all that was typed. */
  async getUp(): Promise<Afterwards> {
    for (const timer of this.#timers) clearInterval(timer);
    await until(() => (this.#listen(), this.#waiting.length === 0), 10_000, 'every word to be saved').catch(
      () => undefined,
    );
    const text = await this.#grounds.text();
    const fresh = await this.#grounds.join({cookie: this.#grounds.cookies.chair});
    const all = fresh.text();
    fresh.close();
    await until(() => this.#rooms.every(room => room.text() === all), 5_000, 'the same text').catch(() => undefined);
    const differ = this.#rooms.some(
      room => room.text() !== all || !Y.equalSnapshots(Y.snapshot(room.doc), Y.snapshot(fresh.doc)),
    );
    for (const room of this.#rooms) room.close();
    const found = this.#tokens.map(token => text.split(token).length - 1);
    return {
      typed: this.#tokens.length,
      lost: found.filter(times => times === 0).length,
      doubled: found.filter(times => times > 1).length,
      refusals: this.#refusals,
      differ,
    };
  }

  #type(room: RawRoom, index: number): void {
    const token = `<${index}.${this.#tokens.length}>`;
    this.#tokens.push(token);
    this.#waiting.push({room, n: room.edit(appendWords(token)), at: performance.now()});
  }

  #listen(): void {
    const now = performance.now();
    this.#waiting = this.#waiting.filter(({room, n, at}) => {
      if (room.refused || room.closed !== undefined) this.#refusals++;
      else if (room.acknowledged < n) return true;
      else this.#times.push(now - at);
      return false;
    });
  }
}
