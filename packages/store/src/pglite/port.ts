import type {DatabaseFailure} from '../wire/database-error.ts';
import type {Syncs} from './synced-files.ts';

// What travels between the server's thread and the database's.

export type WorkerStart =
  /** Every sync reaches the disk. */
  | {readonly files: 'synced'; readonly folder: string}
  /** None does: for a folder that is synced as a whole when it is made. */
  | {readonly files: 'loose'; readonly folder: string}
  /** Begins with a tar of a database when there is one. */
  | {readonly files: 'memory'; readonly template: string | null};

export type Job =
  | {
      readonly do: 'query';
      readonly sql: string;
      readonly parameters: readonly unknown[];
      readonly rowMode: 'array' | 'object';
    }
  | {readonly do: 'wire'; readonly message: Uint8Array<ArrayBuffer>}
  | {readonly do: 'script'; readonly sql: string}
  | {readonly do: 'dump'}
  | {readonly do: 'syncs'}
  | {readonly do: 'close'};

export interface QueryResult {
  rows: unknown[];
  fields: {name: string; dataTypeID: number}[];
  affectedRows?: number;
}

/** What a job answers with. */
export interface JobResults {
  query: QueryResult;
  wire: Uint8Array;
  script: undefined;
  dump: Uint8Array;
  syncs: Syncs;
  close: undefined;
}

export type FromWorker =
  | {readonly ready: true}
  | {readonly unopened: string}
  | {readonly id: number; readonly result: JobResults[keyof JobResults]}
  | {readonly id: number; readonly failure: DatabaseFailure};

export interface ToWorker {
  readonly id: number;
  readonly job: Job;
}
