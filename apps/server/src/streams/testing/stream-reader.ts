import {canonicalText} from '@plenary/paper/canonical';
import {get} from 'node:http';
import type {ClientRequest, IncomingMessage} from 'node:http';
import {createGunzip} from 'node:zlib';
import {digestOf} from '../followed-text.ts';
import type {Change} from '../change.ts';

export interface StreamEvent {
  readonly name: string;
  readonly data: unknown;
  readonly id: string;
}

export interface ReaderOptions {
  readonly lastId?: string;
  readonly texts?: readonly string[];
  readonly cookie?: string;
  /** Never reads. */
  readonly pause?: boolean;
  readonly gzip?: boolean;
}

/** A reader of the stream, as `events.ts` describes it to outsiders; it knows no Yjs and no HTML. */
export class StreamReader {
  texts: string[] = [];
  lastId = '';
  status = 0;
  /** Bytes of the body as they travel. */
  bytes = 0;
  raw = '';
  readonly events: StreamEvent[] = [];
  digests = 0;
  wrongDigests = 0;
  ended = false;
  /** What the gzip stream was found to be wrong in. */
  broken: Error | null = null;
  private readonly request: ClientRequest;
  private waiting = '';

  constructor(url: string, options: ReaderOptions = {}) {
    this.texts = [...(options.texts ?? [])];
    this.lastId = options.lastId ?? '';
    const headers = {
      accept: 'text/event-stream',
      ...(options.lastId ? {'last-event-id': options.lastId} : {}),
      ...(options.cookie ? {cookie: options.cookie} : {}),
      ...(options.gzip ? {'accept-encoding': 'gzip'} : {}),
    };
    this.request = get(url, {headers, agent: false}, response => this.follow(response, options.pause ?? false));
    this.request.on('error', () => (this.ended = true));
  }

  get text(): string {
    return canonicalText(this.texts.map(text => ({runs: [{text, marks: {}}]})));
  }

  named(name: string): StreamEvent[] {
    return this.events.filter(event => event.name === name);
  }

  cut(): void {
    this.request.destroy();
  }

  private follow(response: IncomingMessage, pause: boolean): void {
    this.status = response.statusCode ?? 0;
    response.on('error', () => {});
    response.on('close', () => (this.ended = true));
    if (pause) return;
    response.on('data', (part: Buffer) => (this.bytes += part.length));
    const isGzip = response.headers['content-encoding'] === 'gzip';
    const body = isGzip ? response.pipe(createGunzip()) : response;
    body.setEncoding('utf8');
    body.on('error', error => (this.broken = error));
    body.on('end', () => (this.ended = true));
    body.on('data', (part: string) => this.read(part));
  }

  private read(part: string): void {
    this.waiting += part;
    for (let end = this.waiting.indexOf('\n\n'); end >= 0; end = this.waiting.indexOf('\n\n')) {
      const block = this.waiting.slice(0, end + 2);
      this.waiting = this.waiting.slice(end + 2);
      this.raw += block;
      this.hear(block);
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
    this.take(name, parsed);
  }

  /** What a reader of a paper makes of it. */
  protected take(name: string, parsed: unknown): void {
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
