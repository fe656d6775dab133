import type {BackupEnd} from './backup/backup-file.ts';
import type {CommentAnchor} from '@plenary/domain/comments/anchor';
import type {Comment, CommentEntry} from '@plenary/domain/comments/comment';
import type {Consultation, Phase} from '@plenary/domain/consultations/consultation';
import type {
  CommentEntryId,
  CommentId,
  ConsultationId,
  InvitationId,
  MemberId,
  OrganisationId,
  PaperId,
  RevisionId,
} from '@plenary/domain/ids';
import type {Language} from '@plenary/domain/languages';
import type {Organisation} from '@plenary/domain/organisations/organisation';
import type {DraftingMode, Paper, Publication} from '@plenary/domain/papers/paper';
import type {WrittenRun} from '@plenary/domain/papers/history';
import type {RevisionKind} from '@plenary/domain/papers/revision';
import type {MandateRole} from '@plenary/domain/rights/roles';
import type {HidingReason, PollId, SessionId, SessionLife, TextId} from '@plenary/domain/sessions/session';

/**
 * Everything the product keeps, area by area, on PGlite or PostgreSQL. All times are milliseconds since 1970, UTC.
 * Reads may stand outside a transaction; what belongs together is written inside one.
 */
export interface Store extends Areas {
  readonly dialect: 'pglite' | 'postgres';
  /**
   * All or nothing. The work must only await the database (never the network or a timer), since on PGlite every writer
   * waits for it. Callbacks of `afterCommit` run once, in order, when it is durable.
   */
  transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  readonly updates: UpdateLog;
  readonly accounts: AccountStore;
  /** Resolves when one trivial query has come back. */
  ping(): Promise<void>;
  /**
   * Writes every row as of one moment, as JSON lines, while others go on; `write` resolves when more may come. See
   * `restoreStore`.
   */
  backup(write: (text: string) => Promise<void>): Promise<BackupEnd>;
  close(): Promise<void>;
}

export interface Transaction extends Areas {
  afterCommit(tell: () => void): void;
}

export interface Areas {
  readonly members: MemberStore;
  readonly organisations: OrganisationStore;
  readonly consultations: ConsultationStore;
  readonly invitations: InvitationStore;
  readonly papers: PaperStore;
  readonly revisions: RevisionStore;
  readonly comments: CommentStore;
  readonly sessions: SessionStore;
  readonly ledger: LedgerStore;
  readonly checkpoints: CheckpointStore;
}

export interface StoredMember {
  readonly id: MemberId;
  readonly number: number;
  readonly handle: string;
  readonly language: Language | null;
  readonly instanceSecretariat: boolean;
  /** Name in the demonstration (`ana`), null for everyone else. */
  readonly castName: string | null;
  /** When the person behind it was erased; the id goes on standing in the record. */
  readonly erasedAt: number | null;
}

export interface StoredMandate {
  readonly member: MemberId;
  readonly consultation: ConsultationId;
  readonly role: MandateRole;
  readonly organisation: OrganisationId | null;
  readonly from: number;
  readonly to: number | null;
}

export interface MemberStore {
  /** Refuses `handle.taken` (compared case-insensitively). */
  create(member: {
    id: MemberId;
    handle: string;
    language: Language | null;
    instanceSecretariat: boolean;
    castName: string | null;
    account: string | null;
  }): Promise<StoredMember>;
  find(id: MemberId): Promise<StoredMember | null>;
  /** By the account (better-auth's user id) that signs in as this member. */
  findByAccount(account: string): Promise<StoredMember | null>;
  findByCastName(castName: string): Promise<StoredMember | null>;
  findByHandle(handle: string): Promise<StoredMember | null>;
  findByNumbers(numbers: readonly number[]): Promise<StoredMember[]>;
  /** In no order; who is not there is left out. */
  findAll(ids: readonly MemberId[]): Promise<StoredMember[]>;
  change(
    id: MemberId,
    change: {handle?: string; language?: Language | null; instanceSecretariat?: boolean},
  ): Promise<void>;
  countSecretariat(): Promise<number>;
  /**
   * Removes what is known of the person: account, sign-ins, e-mail address, handle, language. Their mandates end. The id and
   * the number stay, for what they wrote and did.
   */
  erase(id: MemberId, at: number): Promise<void>;
  grant(mandate: StoredMandate): Promise<void>;
  /** Mandates that hold at `now`, of one member. */
  mandatesOf(id: MemberId, now: number): Promise<StoredMandate[]>;
  membersOf(
    consultation: ConsultationId,
    now: number,
  ): Promise<(StoredMember & {role: MandateRole; organisation: OrganisationId | null})[]>;
}

export interface OrganisationStore {
  /** Refuses `slug.taken`. */
  create(organisation: Organisation): Promise<void>;
  /** By slug or id. */
  find(key: string): Promise<Organisation | null>;
  /** In no order; what is not there is left out. */
  findAll(ids: readonly OrganisationId[]): Promise<Organisation[]>;
  all(): Promise<Organisation[]>;
}

export interface ConsultationSummary extends Consultation {
  readonly papers: number;
  readonly organisations: number;
}

export interface ConsultationStore {
  /** Refuses `slug.taken`. */
  create(consultation: Consultation): Promise<void>;
  /** By slug or id. */
  find(key: string): Promise<ConsultationSummary | null>;
  all(): Promise<ConsultationSummary[]>;
  setPhase(id: ConsultationId, phase: Phase, endsAt: number | null): Promise<void>;
  /** Organisations that speak in it through a mandate or were invited. */
  organisationsOf(id: ConsultationId): Promise<Organisation[]>;
  addOrganisation(id: ConsultationId, organisation: OrganisationId): Promise<void>;
}

export interface StoredInvitation {
  readonly id: InvitationId;
  /** SHA-256 of the token in hex: the token itself is only in the link. */
  readonly tokenHash: string;
  /** Null: makes its holder a member of the instance's secretariat. */
  readonly consultation: ConsultationId | null;
  readonly role: MandateRole;
  readonly organisation: OrganisationId | null;
  readonly createdBy: MemberId | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedBy: MemberId | null;
  readonly usedAt: number | null;
}

export interface InvitationStore {
  create(invitation: Omit<StoredInvitation, 'usedBy' | 'usedAt'>): Promise<void>;
  findByTokenHash(hash: string): Promise<StoredInvitation | null>;
  /** False when somebody used it in the meantime. */
  use(id: InvitationId, member: MemberId, at: number): Promise<boolean>;
  of(consultation: ConsultationId | null): Promise<StoredInvitation[]>;
  remove(id: InvitationId): Promise<void>;
}

export interface StoredPaperRow extends Paper {
  readonly createdAt: number;
  readonly changedAt: number;
  readonly createdBy: MemberId | null;
}

export interface PaperStore {
  /** Gives the paper its number. Refuses `slug.taken`; a slug is unique on the instance. */
  create(paper: Omit<StoredPaperRow, 'number' | 'epoch' | 'changedAt'>): Promise<StoredPaperRow>;
  /** By slug or id. */
  find(key: string): Promise<StoredPaperRow | null>;
  /** As `find`, and nobody else changes the row until the transaction ends. */
  lock(id: PaperId): Promise<StoredPaperRow | null>;
  of(consultation: ConsultationId): Promise<StoredPaperRow[]>;
  all(): Promise<StoredPaperRow[]>;
  setMode(id: PaperId, mode: DraftingMode, at: number): Promise<void>;
  setPublication(id: PaperId, publication: Publication, at: number): Promise<void>;
}

export interface NewCommentEntry {
  readonly id: CommentEntryId;
  readonly comment: CommentId;
  readonly paper: PaperId;
  /** Made by the client: what is sent twice under one key is one entry. */
  readonly key: string;
  readonly author: MemberId;
  readonly organisation: OrganisationId | null;
  readonly role: MandateRole;
  readonly at: number;
  readonly text: string;
  /** Of the ledger's commitment to the text. */
  readonly salt: Uint8Array;
  readonly mentions: readonly MemberId[];
  readonly change: number;
}

/** `change` counts up in each paper; whoever writes holds the paper's lock. */
export interface CommentStore {
  /** Threads that changed after `since`, in order of creation. */
  of(paper: PaperId, since: number): Promise<Comment[]>;
  find(paper: PaperId, id: string): Promise<Comment | null>;
  /** The thread in which this author wrote an entry under this key. */
  findByKey(paper: PaperId, author: MemberId, key: string): Promise<CommentId | null>;
  /** 0 when nobody has commented yet. */
  lastChange(paper: PaperId): Promise<number>;
  /** A thread without entries; `addEntry` follows. */
  create(comment: {
    readonly id: CommentId;
    readonly paper: PaperId;
    readonly anchor: CommentAnchor;
    readonly author: MemberId;
    readonly createdAt: number;
    readonly change: number;
  }): Promise<void>;
  addEntry(entry: NewCommentEntry): Promise<void>;
  setResolved(id: CommentId, resolved: Comment['resolved'], change: number): Promise<void>;
  setAnchor(id: CommentId, anchor: CommentAnchor, change: number): Promise<void>;
  /** The words are kept, for the record alone. */
  hideEntry(
    comment: CommentId,
    entry: CommentEntryId,
    hidden: NonNullable<CommentEntry['hidden']>,
    change: number,
  ): Promise<void>;
  /** Other words, salt and mentions come in place of those that were there, which go for good. */
  editEntry(
    comment: CommentId,
    entry: CommentEntryId,
    edited: Pick<NewCommentEntry, 'text' | 'salt' | 'at' | 'mentions'>,
    change: number,
  ): Promise<void>;
  /** Words, salt and mentions go for good. */
  eraseEntry(comment: CommentId, entry: CommentEntryId, at: number, change: number): Promise<void>;
  countHidden(paper: PaperId): Promise<number>;
  /** Entries of one author, on all papers, whose words are still kept. */
  writtenBy(author: MemberId): Promise<{paper: PaperId; comment: CommentId; entry: CommentEntryId}[]>;
  /** Of the commitment to an entry's words; null once they are erased. */
  saltOf(entry: string): Promise<Uint8Array | null>;
}

export interface RevisionSummary {
  readonly id: RevisionId;
  readonly paper: PaperId;
  readonly kind: RevisionKind;
  /** Issued: 0 the Zero draft, 1 Rev.1 … · kept: from 1. */
  readonly number: number;
  /** Unique within the paper. */
  readonly symbol: string;
  /** '' when it goes by its number: "Zero draft", "Rev.1". */
  readonly title: string;
  /** Of the canonical text in UTF-8, in hex. */
  readonly sha256: string;
  readonly issuedAt: number;
  readonly issuedBy: MemberId | null;
  /** Of the paper's update log: everything up to it is in. */
  readonly seq: number;
}

export interface StoredRevision extends RevisionSummary {
  /** Yjs V1 update of the whole document. */
  readonly state: Uint8Array;
  /** Canonical JSON; see `@plenary/paper/canonical`. */
  readonly content: unknown;
  /** Canonical text. */
  readonly text: string;
}

export interface RevisionStore {
  /** A revision is never changed or removed. */
  add(revision: StoredRevision): Promise<void>;
  /** Newest first. */
  of(paper: PaperId): Promise<RevisionSummary[]>;
  /** By id or symbol. */
  find(paper: PaperId, key: string): Promise<StoredRevision | null>;
}

/** A session as lists show it; what happened in it stands in the ledger's stream `session:<id>`. */
export interface StoredSession {
  readonly id: SessionId;
  readonly slug: string;
  readonly consultation: ConsultationId;
  readonly title: TextId;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly zone: string;
  readonly life: SessionLife['is'];
  readonly publication: Publication;
  /** Of its last event. */
  readonly seq: number;
}

export interface SessionText {
  readonly id: TextId;
  /** Of the ledger's commitment to the words. */
  readonly salt: Uint8Array;
  readonly words: string;
}

export interface SessionStore {
  /** Refuses `slug.taken`; a slug is unique on the instance. */
  create(session: StoredSession): Promise<void>;
  /** By slug or id. */
  find(key: string): Promise<StoredSession | null>;
  /** As `find`, and nobody else changes the session until the transaction ends. */
  lock(id: SessionId): Promise<StoredSession | null>;
  /** By their beginning; null: of all consultations. */
  of(consultation: ConsultationId | null): Promise<StoredSession[]>;
  /** Those that are open or suspended. */
  sitting(consultation: ConsultationId): Promise<{id: SessionId; seq: number}[]>;
  save(session: StoredSession): Promise<void>;
  addTexts(session: SessionId, texts: readonly SessionText[]): Promise<void>;
  /** Words by id, all of the session's or these; null where they are hidden or erased. Hidden words are given to nobody. */
  texts(session: SessionId, ids?: readonly TextId[]): Promise<Map<TextId, string | null>>;
  titles(sessions: readonly SessionId[]): Promise<Map<SessionId, string>>;
  /** The words are kept, for the record alone. */
  hideText(session: SessionId, id: TextId, reason: HidingReason): Promise<void>;
  /** Words and salts go for good. */
  eraseTexts(ids: readonly TextId[]): Promise<void>;
  /** What is known under any of these keys, whoever's they are. */
  keys(session: SessionId, keys: readonly string[]): Promise<{member: MemberId; key: string; seq: number}[]>;
  addKeys(session: SessionId, keys: readonly {member: MemberId; key: string; seq: number}[]): Promise<void>;
  /** Adds to what was counted. */
  count(session: SessionId, counts: readonly {poll: PollId; choice: string; count: number}[]): Promise<void>;
  counts(session: SessionId): Promise<{poll: PollId; choice: string; count: number}[]>;
  /** Tokens of those who answered these questions, sorted, one after another; absent where nobody has. */
  answered(polls: readonly PollId[]): Promise<Map<PollId, Uint8Array>>;
  setAnswered(session: SessionId, poll: PollId, tokens: Uint8Array): Promise<void>;
  forgetAnswered(polls: readonly PollId[]): Promise<void>;
}

/** An act to be written down. `event` holds ids, numbers and codes, never personal data or free text. */
export interface Act {
  /** `paper:<id>`, `consultation:<id>`, `instance`: what `seq` counts in. */
  readonly stream: string;
  /** `paper.mode-set` … */
  readonly act: string;
  readonly at: number;
  readonly actor: {
    readonly member: MemberId;
    readonly organisation: OrganisationId | null;
    readonly role: string;
  } | null;
  readonly event: Readonly<Record<string, unknown>>;
}

export interface LedgerEntry extends Act {
  /** From 0 over the whole instance, without a gap. */
  readonly index: number;
  /** From 1 within the stream, without a gap. */
  readonly seq: number;
  readonly salt: Uint8Array;
  /** RFC 9162 leaf hash over salt and canonical JSON; see `@plenary/ledger/leaf`. */
  readonly leafHash: Uint8Array;
}

export interface LedgerStore {
  /** Inside a transaction only. Serialises all acts of the instance for the rest of the transaction: append last. */
  append(act: Act): Promise<LedgerEntry>;
  /** The same for many at once, in their order. */
  appendMany(acts: readonly Act[]): Promise<LedgerEntry[]>;
  /** Entries of a stream after `since`, oldest first, at most `limit`. */
  read(stream: string, since: number, limit: number): Promise<LedgerEntry[]>;
  /** Entries of the instance from `index` on. */
  readAll(from: number, limit: number): Promise<LedgerEntry[]>;
  /** 0 when nothing happened yet. */
  lastSeq(stream: string): Promise<number>;
  /** How often any of these acts happened in each of these streams, and when last; a stream in which none did is not there. */
  changes(
    streams: readonly string[],
    acts: readonly string[],
  ): Promise<Map<string, {readonly count: number; readonly lastAt: number}>>;
  find(index: number): Promise<LedgerEntry | null>;
  /** Newest first, below `before`: of all streams or of these, by everyone or by one member. */
  latest(wanted: {
    readonly before: number | null;
    readonly limit: number;
    readonly streams?: readonly string[] | undefined;
    readonly member?: MemberId | undefined;
  }): Promise<LedgerEntry[]>;
  /** Leaf hashes alone, from `index` on. */
  hashes(from: number, limit: number): Promise<{index: number; leafHash: Uint8Array}[]>;
  /** How many acts were written down, by the count that numbers them. */
  size(): Promise<number>;
}

export interface StoredCheckpoint {
  /** How many acts it covers. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: number;
  /** Id of the key that signed. */
  readonly key: string;
  /** The signed note itself. */
  readonly note: string;
}

export interface StoredKey {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly servesFrom: number;
}

export interface CheckpointStore {
  /** Resolves with the one that is kept for this size, which is another when another process was faster. */
  add(checkpoint: StoredCheckpoint): Promise<StoredCheckpoint>;
  newest(): Promise<StoredCheckpoint | null>;
  /** Above `size`, smallest first. */
  above(size: number, limit: number): Promise<StoredCheckpoint[]>;
  /** False when it was there already. */
  addKey(key: StoredKey): Promise<boolean>;
  /** With the moment of the last checkpoint that each signed, oldest key first. */
  keys(): Promise<(StoredKey & {readonly lastSigned: number | null})[]>;
}

/** One update to be appended; see `@plenary/room/ports` (`Append`). */
export interface AppendRow {
  readonly actor: number;
  readonly connection: number;
  readonly n: number;
  readonly bytes: Uint8Array;
  readonly binds: readonly number[];
}

/**
 * The update logs of all papers behind one appender: natural batching (one batch in flight, the next starts when it is
 * done, at most 1,000 rows), before all other queries, durable when it resolves. `paper` is the paper's number.
 */
export interface UpdateLog {
  load(paper: number): Promise<{
    epoch: number;
    snapshot: Uint8Array | null;
    snapshotSeq: number;
    tail: {seq: number; actor: number; bytes: Uint8Array}[];
    bindings: [clientId: number, actor: number][];
  }>;
  /** Resolves with the seq of each row, in order. A row that is in the log already gets the seq it has. */
  append(paper: number, rows: readonly AppendRow[]): Promise<number[]>;
  /** Rows after `since`, at most `limit`. */
  read(
    paper: number,
    since: number,
    limit: number,
  ): Promise<{seq: number; actor: number; at: number; bytes: Uint8Array}[]>;
  /** Now and then it is kept for good, as a moment of the paper's history. */
  saveSnapshot(paper: number, snapshot: Uint8Array, seq: number): Promise<void>;
  lastSeq(paper: number): Promise<number>;
  /** Which member writes under which Yjs clientID. */
  authors(paper: number): Promise<[clientId: number, actor: number][]>;
  /** The last state that was kept for good at or before `seq`; null: there is none, and the log begins with an empty paper. */
  momentBefore(paper: number, seq: number): Promise<{seq: number; state: Uint8Array} | null>;
  keepMoment(paper: number, state: Uint8Array, seq: number): Promise<void>;
  /** What stands in the rows after `since`, at most `limit` of them, as runs of one author without a pause. */
  runs(paper: number, since: number, limit: number): Promise<WrittenRun[]>;
}

/**
 * What better-auth needs: its tables live in the same database, through the same drizzle instance and transactions.
 * The only place where an e-mail address is kept.
 */
export interface AccountStore {
  /** Passed to better-auth's drizzle adapter (`provider: 'pg'`). */
  readonly database: unknown;
  readonly schema: Record<string, unknown>;
  /** Removes an account with its sessions; used when a sign-up cannot be completed. */
  remove(account: string): Promise<void>;
}
