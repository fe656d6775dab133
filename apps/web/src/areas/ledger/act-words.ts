import {draftingModes, publicationPolicies} from '@plenary/domain/papers/paper';
import {mandateRoles} from '@plenary/domain/rights/roles';
import type {MessageId, Translate} from '@plenary/locales/message-id';
import type {LedgerEntryJson} from '@plenary/protocol/api/ledger';

type Act = NonNullable<LedgerEntryJson['act']>;

/** What was done, in words; the name of the act itself where there is no sentence for it. */
export function actWords(act: Act, leaf: LedgerEntryJson['leaf'], t: Translate): string {
  const event = leaf?.content.event ?? {};
  const mode = draftingModes.find(one => one === event['mode']);
  const policy = publicationPolicies.find(one => one === event['policy']);
  // Other areas add acts: one without a sentence is shown by its name.
  const id = `ledger.act.${act.name}` as MessageId;
  const words = t(id, {
    mode: mode ? t(`words.mode.${mode}`) : 'none',
    policy: policy ? t(`words.publication.${policy}`) : 'none',
  });
  return words === id ? t('ledger.act.other', {name: act.name}) : words;
}

export function roleWords(role: string, t: Translate): string | null {
  const known = mandateRoles.find(one => one === role);
  return known ? t(`words.role.${known}`) : null;
}

/** `9c41 e07a`, the beginning of a hash as it is read out. */
export function shortHash(hex: string): string {
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)}`;
}

/** In groups of four. */
export function spacedHash(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}
