import * as idb from 'lib0/indexeddb';
import type {PaperDetails} from '@plenary/protocol/api/papers';

/** What the device keeps for one member on one paper. */
export interface KeptReplica {
  readonly member: string;
  readonly paper: string;
  readonly epoch: number;
  readonly title: string;
  /** The last answer of the server: a paper opened offline may be written if it could be written before. */
  readonly mayWrite: boolean;
  /** What the server said of the paper last, so that it can be opened without it. */
  readonly details?: PaperDetails;
  /** Only offered words are left of it: its member may no longer read it. */
  readonly isGone?: true;
}

/** A paper that can be opened without a network. */
export interface KeptPaper {
  readonly details: PaperDetails;
  readonly unsent: boolean;
}

/** Words that the server did not take, until their writer has seen to them. */
export interface OfferedText {
  /** The same words have the same id, however often they are refused. */
  readonly id: string;
  readonly code: string;
  readonly sentence: string;
  /** Paragraph by paragraph, parted by line feeds; empty when the change had no words. */
  readonly text: string;
}

/** A replica with something unacknowledged, by the clientID that wrote it. */
export interface Mark {
  readonly client: number;
  /** Changes with every edit: only the mark that was seen is removed. */
  readonly revision: number;
  /** Clock of the client up to which the server has acknowledged. */
  readonly from: number;
}

export interface UnsentWork {
  readonly paper: string;
  readonly title: string;
  /** Edits wait for the server. */
  readonly unsent: boolean;
  /** Refused texts that were not seen to. */
  readonly offered: number;
}

const indexName = 'plenary';
const markPrefix = 'unsent/';

export function databaseName(member: string, paper: string, epoch: number): string {
  return `plenary/${member}/${paper}/${epoch}`;
}

/** False where there is no IndexedDB or it is closed to us, as in some private windows. */
export async function hasDevice(): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  try {
    (await openIndex()).close();
    return true;
  } catch {
    return false;
  }
}

export async function findReplica(member: string, paper: string): Promise<KeptReplica | null> {
  return inIndex('replicas', 'readonly', async store => (await ask<KeptReplica>(store.get([member, paper]))) ?? null);
}

export async function saveReplica(replica: KeptReplica): Promise<void> {
  await inIndex('replicas', 'readwrite', store => ask(store.put(replica, [replica.member, replica.paper])));
}

export async function findOffered(member: string, paper: string): Promise<OfferedText[]> {
  return inIndex('offered', 'readonly', store => ask<OfferedText[]>(store.getAll(within([member, paper]))));
}

/** Resolves when it is on the device. */
export async function saveOffered(member: string, paper: string, text: OfferedText): Promise<void> {
  await inIndex('offered', 'readwrite', store => ask(store.put(text, [member, paper, text.id])));
}

export async function removeOffered(member: string, paper: string, id: string): Promise<void> {
  await inIndex('offered', 'readwrite', store => ask(store.delete([member, paper, id])));
}

/** What would be lost or left behind if this member signed out here. Papers with nothing of the kind are not named. */
export async function hasUnsentWork(member: string): Promise<UnsentWork[]> {
  if (!(await hasDevice())) return [];
  const work: UnsentWork[] = [];
  for (const replica of await replicasOf(member)) {
    const unsent = (await readMarks(databaseName(member, replica.paper, replica.epoch))).length > 0;
    const offered = (await findOffered(member, replica.paper)).length;
    if (unsent || offered > 0) work.push({paper: replica.paper, title: replica.title, unsent, offered});
  }
  return work;
}

/** The papers that this device can open for the member, by their titles. */
export async function keptPapers(member: string): Promise<KeptPaper[]> {
  if (!(await hasDevice())) return [];
  const kept: KeptPaper[] = [];
  for (const {paper, epoch, details, isGone} of await replicasOf(member)) {
    if (details === undefined || isGone) continue;
    kept.push({details, unsent: (await readMarks(databaseName(member, paper, epoch))).length > 0});
  }
  return kept.toSorted((a, b) => a.details.title.localeCompare(b.details.title));
}

/** By slug or id. */
export async function findKeptPaper(member: string, key: string): Promise<KeptReplica | null> {
  if (!(await hasDevice())) return null;
  const known = await replicasOf(member);
  return known.find(({paper, details}) => paper === key || details?.slug === key) ?? null;
}

/** Removes what is kept of one paper, but for words that are offered. Its room must be closed before. */
export async function forgetReplica(replica: KeptReplica): Promise<void> {
  const {member, paper, epoch} = replica;
  await removeDatabase(databaseName(member, paper, epoch));
  if ((await findOffered(member, paper)).length > 0) await saveReplica({...replica, isGone: true});
  else await inIndex('replicas', 'readwrite', store => ask(store.delete([member, paper])));
}

/** Removes all that this device keeps for the member. Their rooms must be closed before. */
export async function forgetDevice(member: string): Promise<void> {
  if (!(await hasDevice())) return;
  const replicas = await replicasOf(member);
  for (const replica of replicas) await removeDatabase(databaseName(member, replica.paper, replica.epoch));
  await inIndex('offered', 'readwrite', store => ask(store.delete(within([member]))));
  await inIndex('replicas', 'readwrite', store => ask(store.delete(within([member]))));
}

export async function removeDatabase(name: string): Promise<void> {
  await idb.deleteDB(name);
}

/** The two stores are those of y-indexeddb; `custom` also holds our marks. */
export async function openReplica(name: string): Promise<IDBDatabase> {
  return idb.openDB(name, database => idb.createStores(database, [['updates', {autoIncrement: true}], ['custom']]));
}

export async function readMarks(name: string): Promise<Mark[]> {
  const database = await openReplica(name);
  try {
    return await ask<Mark[]>(database.transaction('custom').objectStore('custom').getAll(marks()));
  } finally {
    database.close();
  }
}

export function marks(): IDBKeyRange {
  return IDBKeyRange.bound(markPrefix, `${markPrefix}\uffff`);
}

export function markKey(client: number): string {
  return markPrefix + client;
}

export function ask<Value = unknown>(request: IDBRequest): Promise<Value> {
  return idb.rtop(request) as Promise<Value>;
}

/** Resolves when the transaction is complete, which is later than its last request and the only thing that counts. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The device did not store it.')));
  });
}

async function replicasOf(member: string): Promise<KeptReplica[]> {
  return inIndex('replicas', 'readonly', store => ask<KeptReplica[]>(store.getAll(within([member]))));
}

/** All keys that begin so. */
function within(key: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound([...key], [...key, []]);
}

async function inIndex<Value>(
  name: 'replicas' | 'offered',
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<Value>,
): Promise<Value> {
  const database = await openIndex();
  try {
    const transaction = database.transaction(name, mode);
    const done = completed(transaction);
    const [value] = await Promise.all([work(transaction.objectStore(name)), done]);
    return value;
  } finally {
    database.close();
  }
}

async function openIndex(): Promise<IDBDatabase> {
  return idb.openDB(indexName, database => idb.createStores(database, [['replicas'], ['offered']]));
}
