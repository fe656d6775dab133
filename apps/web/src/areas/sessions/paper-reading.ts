import {applyChange, type ParagraphsChange, type ReadParagraph, type Words} from './paragraphs.ts';

export interface Reading {
  /** `lost`: what was read stays and may be out of date. */
  readonly is: 'loading' | 'live' | 'lost' | 'closed';
  readonly language: string;
  readonly paragraphs: readonly ReadParagraph[];
}

interface Named {
  readonly id: string;
  readonly language: string;
  readonly paragraphs: readonly {readonly name: string; readonly label: string; readonly html: string}[];
}

const tick = 500;
const again = 5_000;

/** The paragraphs of a paper as they are written, by the light stream that followers have too. */
class PaperReading {
  private readonly slug: string;
  private reading: Reading = {is: 'loading', language: 'en', paragraphs: []};
  private readonly listeners = new Set<() => void>();
  private readonly controller = new AbortController();
  private events: EventSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAskingNames = false;

  constructor(slug: string) {
    this.slug = slug;
    void this.begin();
  }

  readonly subscribe = (hear: () => void): (() => void) => {
    this.listeners.add(hear);
    return () => this.listeners.delete(hear);
  };

  readonly getReading = (): Reading => this.reading;

  close(): void {
    this.controller.abort();
    clearTimeout(this.timer);
    this.events?.close();
  }

  private async begin(): Promise<void> {
    try {
      const named = await this.ask();
      if (!named) {
        this.change({is: 'closed', paragraphs: []});
        return;
      }
      const paragraphs = named.paragraphs.map(({name, html, label}) => ({...parse(html, name), label}));
      this.change({is: 'live', language: named.language, paragraphs});
      this.listen(named.id);
    } catch {
      this.comeBack();
    }
  }

  /** Null when it is not open to the reader. */
  private async ask(): Promise<Named | null> {
    const response = await fetch(`/read/${encodeURIComponent(this.slug)}/paragraphs`, {signal: this.controller.signal});
    if (response.status === 403 || response.status === 404) return null;
    if (!response.ok) throw new Error(`The paragraphs were answered with ${response.status}.`);
    return (await response.json()) as Named;
  }

  private comeBack(): void {
    this.events?.close();
    if (this.controller.signal.aborted) return;
    this.change({is: this.reading.is === 'loading' ? 'loading' : 'lost'});
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.begin(), again + Math.random() * again);
  }

  private listen(from: string): void {
    this.events?.close();
    const events = new EventSource(`/read/${encodeURIComponent(this.slug)}/events?tick=${tick}&from=${from}`);
    this.events = events;
    events.addEventListener('open', () => this.change({is: 'live'}));
    events.addEventListener('error', () => {
      // A refusal ends the browser's own attempts.
      if (events.readyState === EventSource.CLOSED) this.comeBack();
      else this.change({is: 'lost'});
    });
    // The whole text anew has no names: it is asked for with them.
    events.addEventListener('state', () => void this.begin());
    events.addEventListener('closed', () => {
      events.close();
      this.change({is: 'closed', paragraphs: []});
    });
    events.addEventListener('change', ({data}: MessageEvent<string>) => {
      this.change({paragraphs: applyChange(this.reading.paragraphs, JSON.parse(data) as ParagraphsChange, parse)});
      if (this.reading.paragraphs.some(({name}) => name === null)) void this.askNames();
    });
  }

  /** New paragraphs came: what they are called is told by the whole, which the stream then goes on from. */
  private async askNames(): Promise<void> {
    if (this.isAskingNames) return;
    this.isAskingNames = true;
    await this.begin();
    this.isAskingNames = false;
  }

  private change(part: Partial<Reading>): void {
    this.reading = {...this.reading, ...part};
    for (const hear of this.listeners) hear();
  }
}

function parse(html: string, name: string | null): ReadParagraph {
  const element = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
  return {
    name,
    label: element?.querySelector('.lab, .pn bdi')?.textContent.trim() ?? '',
    className: element?.className ?? 'pp',
    lang: element?.getAttribute('lang') ?? null,
    dir: element?.getAttribute('dir') ?? null,
    words: wordsIn(element?.querySelector('.text') ?? null, [], null),
  };
}

const emphasis = new Set(['em', 'b', 'i', 'u', 's']);

/** Only words, their emphasis and links are taken over, never HTML. */
function wordsIn(node: Node | null, within: readonly string[], href: string | null): Words[] {
  return [...(node?.childNodes ?? [])].flatMap((child): Words[] => {
    if (child instanceof Text) return child.data === '' ? [] : [{text: child.data, within, href}];
    if (!(child instanceof Element) || child.classList.contains('lab')) return [];
    const tag = child.tagName.toLowerCase();
    const link = tag === 'a' ? child.getAttribute('href') : href;
    return wordsIn(child, emphasis.has(tag) ? [...within, tag] : within, link);
  });
}

const open = new Map<string, {reading: PaperReading; holders: number}>();

/** The reading of a paper, which all parts of a page that show it share, and the end of it. */
export function takeReading(slug: string): [Pick<PaperReading, 'subscribe' | 'getReading'>, () => void] {
  const shared = open.get(slug) ?? {reading: new PaperReading(slug), holders: 0};
  open.set(slug, shared);
  shared.holders++;
  return [
    shared.reading,
    () => {
      if (--shared.holders > 0) return;
      open.delete(slug);
      shared.reading.close();
    },
  ];
}
