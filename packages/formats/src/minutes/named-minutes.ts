import type {Constituency} from '@plenary/domain/organisations/organisation';
import type {Minutes} from '@plenary/domain/sessions/minutes';

/** Minutes with the names that the reader may know, and where they were made from. */
export interface NamedMinutes {
  readonly minutes: Minutes;
  readonly session: {readonly id: string; readonly slug: string};
  readonly consultation: {readonly slug: string; readonly title: string};
  /** False: the reader must not know who is who. */
  readonly attributions: boolean;
  /** By id; null where a text was hidden or erased. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Handles by member; null where the member was erased. */
  readonly members: ReadonlyMap<string, string | null>;
  readonly organisations: ReadonlyMap<string, {readonly name: string; readonly constituency: Constituency}>;
  readonly papers: ReadonlyMap<string, {readonly slug: string; readonly title: string; readonly symbol: string}>;
  /** Issued while it sat, for papers of its agenda; oldest first. */
  readonly revisions: readonly {
    readonly paper: string;
    readonly symbol: string;
    readonly sha256: string;
    readonly issuedAt: number;
  }[];
  /** The last entry of the record that they were made from. */
  readonly record: {readonly lastSeq: number; readonly index: number; readonly leafHash: string};
}
