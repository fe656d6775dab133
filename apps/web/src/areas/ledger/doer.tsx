import {Link} from '../../lib/router.tsx';
import {useTranslate} from '../../lib/language.tsx';
import type {LedgerEntryJson} from '@plenary/protocol/api/ledger';
import {roleWords} from './act-words.ts';

type Act = NonNullable<LedgerEntryJson['act']>;

/** Handle, organisation and role, as far as they are shown. */
export function Doer({entry: {act, leaf}}: {entry: LedgerEntryJson}) {
  const t = useTranslate();
  if (!act) return null;
  if (!act.by) return leaf ? t('ledger.by.instance') : t('ledger.by.unnamed');
  const {handle, erased, organisation, role} = act.by;
  const name = erased ? t('common.erased-member') : handle;
  const parts = [name, organisation, roleWords(role, t)].filter(part => part !== null);
  return parts.map((part, place) => (
    <span key={part}>
      {place > 0 ? ' · ' : null}
      <bdi>{part}</bdi>
    </span>
  ));
}

export function PlaceLink({place}: {place: Act['place']}) {
  const t = useTranslate();
  if (place.is === 'instance') return t('ledger.place.instance');
  const to = {consultation: '/consultations/', paper: '/papers/', session: '/sessions/'}[place.is] + place.slug;
  return (
    <Link to={to}>
      <bdi>{place.title}</bdi>
    </Link>
  );
}
