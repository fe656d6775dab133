import type {MemberId} from '@plenary/domain/ids';
import type {StoredPaperRow} from '@plenary/store/store';
import type {App} from '../app.ts';

/** Whoever wrote in a paper, as they are known now. */
export interface Author {
  /** Null: the server itself. */
  readonly id: MemberId | null;
  /** Null also where the person was erased. */
  readonly handle: string | null;
  readonly organisation: string | null;
}

const nobody: Author = {id: null, handle: null, organisation: null};

/** By their numbers in the log. An organisation is the one that they speak for in the paper's consultation. */
export async function authorsOf(
  app: Pick<App, 'store' | 'clock'>,
  {consultation}: StoredPaperRow,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Author>> {
  const [members, seats] = await Promise.all([
    app.store.members.findByNumbers(numbers),
    app.store.members.membersOf(consultation, app.clock.now()),
  ]);
  const seatOf = new Map(seats.map(({id, organisation}) => [id, organisation]));
  const organisations = await app.store.organisations.findAll([
    ...new Set(members.flatMap(({id}) => seatOf.get(id) ?? [])),
  ]);
  const nameOf = new Map(organisations.map(({id, name}) => [id, name]));
  const authors = new Map(numbers.map(number => [number, nobody]));
  for (const {id, number, handle, erasedAt} of members) {
    const organisation = seatOf.get(id);
    authors.set(number, {
      id,
      handle: erasedAt === null ? handle : null,
      organisation: organisation ? (nameOf.get(organisation) ?? null) : null,
    });
  }
  return authors;
}
