import {canonicalText} from '@plenary/paper/canonical';
import {connect} from 'node:net';
import type {Socket} from 'node:net';
import {digestOf} from '../followed-text.ts';
import type {Change} from '../change.ts';

export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
  readonly id: string;
}

/** A reader of the stream over a bare socket, as `events.ts` describes it to outsiders; it knows no Yjs and no HTML. */
export class StreamReader {
  texts: string[] = [];
  lastId = '';
  status = 0;
  head = '';
  /** Bytes of the body. */
  bytes = 0;
  raw = '';
  readonly events: StreamEvent[] = [];
  digests = 0;
  wrongDigests = 0;
  ended = false;
  private readonly socket: Socket;
  private waiting = '';
  private bodyText = '';

  constructor(
    url: string,
    options: {lastId?: string; texts?: readonly string[]; cookie?: string; pause?: boolean} = {},
  ) {
    const {hostname, port, pathname, search} = new URL(url);
    this.texts = [...(options.texts ?? [])];
    this.lastId = options.lastId ?? '';
    this.socket = connect(Number(port), hostname);
    this.socket.setEncoding('utf8');
    this.socket.on('error', () => {});
    this.socket.on('close', () => (this.ended = true));
    this.socket.on('data', (part: string) => this.read(part));
    if (options.pause) this.socket.pause();
    const headers = [
      `host: ${hostname}:${port}`,
      'accept: text/event-stream',
      ...(options.lastId ? [`last-event-id: ${options.lastId}`] : []),
      ...(options.cookie ? [`cookie: ${options.cookie}`] : []),
    ];
    this.socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  }

  get text(): string {
    return canonicalText(this.texts.map(text => ({runs: [{text, marks: {}}]})));
  }

  named(name: string): StreamEvent[] {
    return this.events.filter(event => event.name === name);
  }

  cut(): void {
    this.socket.destroy();
  }

  private read(part: string): void {
    this.waiting += part;
    if (this.status === 0) {
      const end = this.waiting.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = this.waiting.slice(0, end).toLowerCase();
      this.status = Number(this.head.split(' ')[1]);
      this.waiting = this.waiting.slice(end + 4);
    }
    this.bodyText += this.unchunk();
    for (let end = this.bodyText.indexOf('\n\n'); end >= 0; end = this.bodyText.indexOf('\n\n')) {
      const block = this.bodyText.slice(0, end + 2);
      this.bodyText = this.bodyText.slice(end + 2);
      this.raw += block;
      this.hear(block);
    }
  }

  private unchunk(): string {
    if (!this.head.includes('transfer-encoding: chunked')) {
      const all = this.waiting;
      this.waiting = '';
      return all;
    }
    let text = '';
    for (;;) {
      const end = this.waiting.indexOf('\r\n');
      if (end < 0) return text;
      const size = Number.parseInt(this.waiting.slice(0, end), 16);
      // Chunk sizes count bytes; what we hold are decoded letters.
      const rest = Buffer.from(this.waiting.slice(end + 2));
      if (rest.length < size + 2) return text;
      if (size === 0) this.ended = true;
      text += rest.subarray(0, size).toString();
      this.bytes += size;
      this.waiting = rest.subarray(size + 2).toString();
    }
  }

  private hear(block: string): void {
    let name = 'message';
    let data = '';
    for (const line of block.split('\n')) {
      const field = line.slice(0, line.indexOf(':'));
      const value = line.slice(line.indexOf(':') + 1);
      if (field === 'event') name = value;
      if (field === 'data') data += value;
      if (field === 'id') this.lastId = value;
    }
    if (data === '') return;
    const parsed: unknown = JSON.parse(data);
    this.events.push({name, data: parsed, id: this.lastId});
    if (name === 'state') this.texts = (parsed as {paragraphs: [string, string][]}).paragraphs.map(([, text]) => text);
    // Who came without a text only passes on what it hears.
    if (name === 'change' && this.texts.length > 0) this.apply(parsed as Change & {digest?: number});
  }

  private apply({cut = [], put = [], set = [], text = [], digest}: Change & {digest?: number}): void {
    for (const place of cut) this.texts.splice(place, 1);
    for (const [place, , words] of put) this.texts.splice(place, 0, words);
    for (const [place, , words] of set) this.texts[place] = words;
    for (const [place, position, deleted, inserted] of text) {
      const old = this.texts[place] ?? '';
      this.texts[place] = old.slice(0, position) + inserted + old.slice(position + deleted);
    }
    if (digest === undefined) return;
    this.digests++;
    if (digest !== digestOf({paragraphs: this.texts.map(one => ({text: one}))})) this.wrongDigests++;
  }
}
