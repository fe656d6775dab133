import {z} from 'zod';
import type {PaperId} from '@plenary/domain/ids';
import {draftingModes, publicationPolicies} from '@plenary/domain/papers/paper';
import {revisionKinds} from '@plenary/domain/papers/revision';
import type {PaperNotice} from '@plenary/protocol/rt';
import type {LedgerEntry, Store, StoredPaperRow} from '@plenary/store/store';
import type {Bus} from '../adapters/bus.ts';

/** One recorded act of a paper, as the two audience classes hear it: with the name of who acted, and without. */
export interface Told {
  readonly seq: number;
  readonly named: PaperNotice;
  readonly nameless: PaperNotice;
}

/**
 * Who hears the acts of one paper. `prepare` may take its time (to ask who may hear them); what it returns is called in
 * the same turn in which `last` moves on, so that whoever joins sees each act exactly once.
 */
export interface ActListener {
  prepare(told: readonly Told[], paper: StoredPaperRow): Promise<() => void>;
}

export interface PaperFeed {
  /** Everything up to this act has been told to the listeners. */
  readonly last: number;
  /** The paper as it stood after the last act, or later. */
  readonly paper: StoredPaperRow;
  /** Reads what is new; when it resolves, all that was recorded before the call has been told. */
  catchUp(): Promise<void>;
  /** Acts after `since` up to and including `until`. */
  read(since: number, until: number): Promise<Told[]>;
  leave(): void;
}

export interface PaperActs {
  /** The listener hears every act from the paper's last one on, and with no acts when an embargo ends. */
  follow(paper: StoredPaperRow, listener: ActListener): PaperFeed;
  close(): void;
}

export interface PaperActsOptions {
  readonly store: Pick<Store, 'papers' | 'ledger' | 'members' | 'organisations'>;
  readonly bus: Bus;
  readonly clock: {now(): number};
  readonly onError: (error: unknown) => void;
  /** How often to look without a hint, in milliseconds: hints may be lost. */
  readonly lookEvery?: number;
}

const aPage = 200;
const longestTimer = 0x7fff_ffff;

/**
 * The acts of papers for live audiences, read from the ledger: a hint on the bus only says when to look. One reading a
 * paper and process, however many listen.
 */
export function createPaperActs(options: PaperActsOptions): PaperActs {
  const {store, bus, clock, onError, lookEvery = 5000} = options;
  const feeds = new Map<PaperId, Feed>();
  const looking = setInterval(() => {
    for (const feed of feeds.values()) feed.look();
  }, lookEvery);
  looking.unref();

  class Feed {
    last = -1;
    paper: StoredPaperRow;
    readonly listeners = new Set<ActListener>();
    private readonly stream: string;
    private readonly endHints: () => void;
    private reading: Promise<void> | null = null;
    private again = false;
    private embargo: NodeJS.Timeout | undefined;

    constructor(paper: StoredPaperRow) {
      this.paper = paper;
      this.stream = `paper:${paper.id}`;
      this.endHints = bus.subscribe(this.stream, () => this.look());
      this.awaitEmbargo();
    }

    look(): void {
      this.catchUp().catch(onError);
    }

    catchUp(): Promise<void> {
      this.again = true;
      this.reading ??= this.readOn().finally(() => (this.reading = null));
      return this.reading;
    }

    async read(since: number, until: number): Promise<Told[]> {
      const told: Told[] = [];
      for (let from = since; from < until;) {
        const entries = await store.ledger.read(this.stream, from, Math.min(aPage, until - from));
        if (entries.length === 0) break;
        told.push(...(await tell(entries, this.paper.id)));
        from = entries.at(-1)?.seq ?? until;
      }
      return told;
    }

    end(): void {
      this.endHints();
      clearTimeout(this.embargo);
      feeds.delete(this.paper.id);
    }

    private async readOn(): Promise<void> {
      while (this.again) {
        this.again = false;
        if (this.last < 0) {
          this.last = await store.ledger.lastSeq(this.stream);
          await this.renew();
          continue;
        }
        const entries = await store.ledger.read(this.stream, this.last, aPage);
        if (entries.length === 0) continue;
        this.again = true;
        const told = await tell(entries, this.paper.id);
        await this.renew();
        await this.hand(told, entries.at(-1)?.seq ?? this.last);
      }
    }

    private async renew(): Promise<void> {
      const paper = await store.papers.find(this.paper.id);
      if (paper) this.paper = paper;
      this.awaitEmbargo();
    }

    private async hand(told: readonly Told[], last: number): Promise<void> {
      const deliveries = await Promise.all([...this.listeners].map(listener => listener.prepare(told, this.paper)));
      this.last = last;
      for (const deliver of deliveries) deliver();
    }

    private awaitEmbargo(): void {
      clearTimeout(this.embargo);
      const {policy, embargoUntil} = this.paper.publication;
      const left = policy === 'embargo' && embargoUntil !== null ? embargoUntil - clock.now() : 0;
      if (left <= 0) return;
      this.embargo = setTimeout(
        () => {
          this.awaitEmbargo();
          if (clock.now() >= (embargoUntil ?? 0)) this.hand([], this.last).catch(onError);
        },
        Math.min(left, longestTimer),
      );
      this.embargo.unref();
    }
  }

  async function tell(entries: readonly LedgerEntry[], paper: PaperId): Promise<Told[]> {
    const told: Told[] = [];
    for (const entry of entries) {
      const act = actOf(entry);
      const nameless: PaperNotice = {paper, seq: entry.seq, at: new Date(entry.at).toISOString(), by: null, ...act};
      // Who comments is known to those who may read the comments, and everyone who follows hears notices.
      const by = act.act === 'comments.changed' ? null : await authorOf(entry);
      told.push({seq: entry.seq, nameless, named: {...nameless, by}});
    }
    return told;
  }

  async function authorOf(entry: LedgerEntry): Promise<PaperNotice['by']> {
    if (!entry.actor) return null;
    const member = await store.members.find(entry.actor.member);
    if (!member) return null;
    const organisation = entry.actor.organisation ? await store.organisations.find(entry.actor.organisation) : null;
    return {handle: member.handle, organisation: organisation?.name ?? null};
  }

  return {
    follow(paper, listener) {
      const feed = feeds.get(paper.id) ?? new Feed(paper);
      feeds.set(paper.id, feed);
      feed.listeners.add(listener);
      feed.look();
      return {
        get last() {
          return feed.last;
        },
        get paper() {
          return feed.paper;
        },
        catchUp: () => feed.catchUp(),
        read: (since, until) => feed.read(since, until),
        leave() {
          feed.listeners.delete(listener);
          if (feed.listeners.size === 0) feed.end();
        },
      };
    },
    close() {
      clearInterval(looking);
      for (const feed of feeds.values()) feed.end();
    },
  };
}

type Act = PaperNotice extends infer Notice
  ? Notice extends unknown
    ? Omit<Notice, 'paper' | 'seq' | 'at' | 'by'>
    : never
  : never;

const time = z.union([z.number().transform(ms => new Date(ms).toISOString()), z.string()]).nullish();
const recorded = z.union([
  z.object({act: z.literal('paper.created'), event: z.object({})}),
  z.object({act: z.literal('paper.mode-set'), event: z.object({mode: z.enum(draftingModes)})}),
  z.object({
    act: z.literal('paper.publication-set'),
    event: z.object({policy: z.enum(publicationPolicies), embargoUntil: time}),
  }),
  z.object({act: z.literal('revision.issued'), event: z.object({revision: z.string(), number: z.number()})}),
  z.object({
    act: z.literal('paper.restored'),
    event: z.object({revision: z.string(), kind: z.enum(revisionKinds), number: z.number(), kept: z.string()}),
  }),
]);

function actOf(entry: LedgerEntry): Act {
  if (entry.act.startsWith('comment.')) return {act: 'comments.changed'};
  const parsed = recorded.safeParse({act: entry.act, event: entry.event});
  if (!parsed.success) return {act: 'paper.other'};
  if (parsed.data.act === 'paper.created') return {act: parsed.data.act};
  if (parsed.data.act === 'paper.mode-set') return {act: parsed.data.act, mode: parsed.data.event.mode};
  if (parsed.data.act === 'revision.issued' || parsed.data.act === 'paper.restored') {
    const {act, event} = parsed.data;
    return {act, ...event} as Act;
  }
  const {policy, embargoUntil} = parsed.data.event;
  return {act: parsed.data.act, publication: policy, embargoUntil: embargoUntil ?? null};
}
