import type {Present} from '@plenary/client/presence';
import {useTranslate} from '../../lib/language.tsx';

const shownAtMost = 4;

/** Who has the paper open, by letter, line and colour; a press goes to where they write. */
export function PeopleHere({
  others,
  reading,
  onGoTo,
}: {
  others: readonly Present[];
  reading: number | null;
  onGoTo: (cursor: unknown) => void;
}) {
  const t = useTranslate();
  const people = onePerMember(others);
  const more = people.length - shownAtMost;
  return (
    <span className="people end" role="group" aria-label={t('papers.here')}>
      {people.slice(0, shownAtMost).map(({member, colour, cursor}) => (
        <button
          key={member.id}
          type="button"
          className={`who p${((colour - 1) % 8) + 1}`}
          title={[member.handle, member.organisation].filter(Boolean).join(' · ')}
          aria-label={t('papers.go-to', {handle: member.handle})}
          onClick={() => onGoTo(cursor)}
        >
          <span aria-hidden="true">{lettersOf(member.handle, colour)}</span>
        </button>
      ))}
      {more > 0 && <span className="meta">{t('papers.here.more', {count: more})}</span>}
      {reading !== null && reading > 0 && <span className="meta wide">{t('papers.reading', {count: reading})}</span>}
    </span>
  );
}

/** One person in two windows is one person; the window that writes counts. */
function onePerMember(others: readonly Present[]): Present[] {
  const people = new Map<string, Present>();
  for (const other of others) {
    const known = people.get(other.member.id);
    if (!known || (known.cursor === null && other.cursor !== null)) people.set(other.member.id, other);
  }
  return [...people.values()];
}

/** The ninth author reuses colour 1 with two letters. */
function lettersOf(handle: string, colour: number): string {
  const letters = [...handle.toLocaleUpperCase()];
  return letters.slice(0, colour > 8 ? 2 : 1).join('');
}
