import WebSocket from 'ws';
import * as Y from 'yjs';
import {Bot} from '@plenary/client/bot';
import type {RoomState} from '@plenary/client/room-client';
import {appendWords} from '../support/raw-room.ts';
import {until} from '../support/server.ts';

/** People with the product's own client who type words that are like no other, and note which of them they saw as Saved. */
export class Typists {
  /** Words that a client has shown as Saved. */
  readonly saved = new Set<string>();
  readonly typed = new Set<string>();
  refusals = 0;
  readonly #bots: readonly Bot[];
  #timer: NodeJS.Timeout | null = null;

  readonly #mark: string;

  private constructor(bots: readonly Bot[], mark: string) {
    this.#bots = bots;
    this.#mark = mark;
  }

  static async sitDown({
    servers,
    paper,
    count,
    names = 'writer',
    each = 1,
    mark = '',
  }: {
    /** Where they sit down in turn. */
    servers: readonly string[];
    paper: string;
    count: number;
    names?: string;
    /** Connections of one member. */
    each?: number;
    /** Digits that set the words apart from those of others in the paper. */
    mark?: string;
  }): Promise<Typists> {
    const bots = Array.from({length: count}, (_nothing, at) =>
      Bot.join({
        server: servers[at % servers.length] ?? '',
        as: `${names}-${Math.floor(at / each)}`,
        role: 'delegate',
        paper,
        WebSocket,
      }),
    );
    return new Typists(await Promise.all(bots), mark);
  }

  /** Everybody types a word every so many milliseconds. */
  begin(pause = 10): void {
    this.rest();
    this.#timer = setInterval(() => this.typeOnce(), pause);
  }

  rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  typeOnce(): void {
    for (const [at, bot] of this.#bots.entries()) {
      const word = `<${this.#mark}${at}.${this.typed.size}>`;
      this.typed.add(word);
      appendWords(word)(bot.doc);
      bot.room.whenSaved().then(
        () => {
          this.saved.add(word);
        },
        () => this.refusals++,
      );
    }
  }

  get states(): readonly RoomState[] {
    return this.#bots.map(({room}) => room.getSnapshot());
  }

  get docs(): readonly Y.Doc[] {
    return this.#bots.map(bot => bot.doc);
  }

  /** Everybody is connected, and nobody waits for anything. */
  get areAllSaved(): boolean {
    return this.states.every(({save, synced, connection}) => save === 'saved' && synced && connection === 'open');
  }

  whenAllSaved(within: number): Promise<void> {
    return until(() => this.areAllSaved, within, 'everybody to read Saved');
  }

  whenSaved(count: number, within: number): Promise<void> {
    return until(() => this.saved.size >= count, within, `${count} words to be saved`);
  }

  async getUp(): Promise<void> {
    this.rest();
    await Promise.all(this.#bots.map(bot => bot.close()));
  }
}

/** Struct stores and delete sets, not only the text. */
export function areEqual(docs: readonly Y.Doc[]): boolean {
  const [first, ...others] = docs.map(doc => Y.snapshot(doc));
  return first === undefined || others.every(other => Y.equalSnapshots(first, other));
}
