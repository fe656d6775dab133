import {createServer, type Server as HttpServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {Server, type Socket} from 'socket.io';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import type {ClientToServer, PaperNotice, ServerToClient} from '@plenary/protocol/rt';
import {PaperLive} from './paper-live.ts';

/** Records acts and tells of them, or loses what it should have told. */
class Desk {
  readonly acts: PaperNotice[] = [];
  readonly asked: number[] = [];
  /** Longest answer. */
  page = 500;
  refuses = false;
  sockets: Socket<ClientToServer, ServerToClient>[] = [];
  private http: HttpServer | null = null;
  private io: Server<ClientToServer, ServerToClient> | null = null;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.http = createServer();
    this.io = new Server(this.http, {path: '/rt'});
    this.io.on('connection', socket => {
      this.sockets.push(socket);
      socket.on('disconnect', () => (this.sockets = this.sockets.filter(other => other !== socket)));
      socket.on('watch', ({since = 0}, answer) => {
        this.asked.push(since);
        if (this.refuses) answer({ok: false, refusal: 'paper.closed', sentence: 'Closed.'});
        else {
          const missed = this.acts.slice(since, since + this.page);
          answer({ok: true, value: {seq: this.acts.length, missed}});
        }
      });
    });
    await new Promise<void>(resolve => this.http?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.http.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.io?.close();
  }

  act(tell = true): PaperNotice {
    const notice: PaperNotice = {
      paper: 'p',
      seq: this.acts.length + 1,
      at: '2026-11-25T10:00:00.000Z',
      by: null,
      act: 'paper.mode-set',
      mode: 'frozen',
    };
    this.acts.push(notice);
    if (tell) this.tell(notice);
    return notice;
  }

  tell(notice: PaperNotice): void {
    for (const socket of this.sockets) socket.emit('notice', notice);
  }
}

/** What a page heard. */
class Page {
  readonly seqs: number[] = [];
  readonly other: string[] = [];
  readonly live: PaperLive;
  private waits: (() => void)[] = [];

  constructor(url: string, since = 0) {
    this.live = new PaperLive(url, {reconnectionDelay: 10, reconnectionDelayMax: 20});
    this.live.watch(
      'p',
      {
        notice: ({seq}) => this.hear(() => this.seqs.push(seq)),
        presence: ({writing}) => this.hear(() => this.other.push(`${writing} writing`)),
        gone: () => this.hear(() => this.other.push('gone')),
        refused: refusal => this.hear(() => this.other.push(refusal)),
      },
      since,
    );
  }

  until(isSo: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const check = (): void => {
        if (isSo()) resolve();
        else this.waits.push(check);
      };
      check();
    });
  }

  private hear(note: () => void): void {
    note();
    for (const check of this.waits.splice(0)) check();
  }
}

let desk: Desk;
let page: Page;

beforeEach(async () => {
  desk = new Desk();
  await desk.listen();
});

afterEach(async () => {
  page.live.close();
  await desk.close();
});

it('tells what was missed and what comes', async () => {
  for (let i = 0; i < 3; i++) desk.act();
  page = new Page(desk.url, 1);
  await page.until(() => page.seqs.length === 2);
  desk.act();
  await page.until(() => page.seqs.length === 3);
  expect(page.seqs).toEqual([2, 3, 4]);
  desk.sockets[0]?.emit('presence', {paper: 'p', writing: 2, reading: 1, following: 7});
  await page.until(() => page.other.length > 0);
  expect(page.other).toEqual(['2 writing']);
});

it('R71: hears the acts that follow a restored back-up, though the record is shorter than what it knew', async () => {
  desk.act();
  desk.act();
  page = new Page(desk.url, 5);
  await vi.waitFor(() => expect(desk.asked).toEqual([5]));
  desk.act();
  await page.until(() => page.seqs.length === 1);
  expect(page.seqs).toEqual([3]);
});

it('asks again at a gap, and tells each act once and in order', async () => {
  page = new Page(desk.url);
  desk.act();
  await page.until(() => page.seqs.length === 1);
  desk.act(false);
  desk.act(false);
  const fourth = desk.act();
  desk.tell(fourth);
  desk.tell(desk.acts[0] as PaperNotice);
  await page.until(() => page.seqs.length === 4);
  desk.act();
  await page.until(() => page.seqs.length === 5);
  expect(page.seqs).toEqual([1, 2, 3, 4, 5]);
});

it('makes good for what happened while the server was away, in as many answers as it takes', async () => {
  page = new Page(desk.url);
  desk.act();
  await page.until(() => page.seqs.length === 1);
  await desk.close();
  for (let i = 0; i < 25; i++) desk.act(false);
  desk.page = 10;
  await desk.listen();
  await page.until(() => page.seqs.length === 26);
  expect(page.seqs).toEqual(Array.from({length: 26}, (_, i) => i + 1));
  expect(desk.asked.slice(-3)).toEqual([1, 11, 21]);
});

it('says when the paper may no longer be seen, and when it never could', async () => {
  page = new Page(desk.url);
  desk.act();
  await page.until(() => page.seqs.length === 1);
  desk.sockets[0]?.emit('gone', {paper: 'p'});
  await page.until(() => page.other.length === 1);
  desk.refuses = true;
  const again = new Page(desk.url);
  await again.until(() => again.other.length === 1);
  expect([...page.other, ...again.other]).toEqual(['gone', 'paper.closed']);
  again.live.close();
});
