import type {RefusalCode} from '../refusal.ts';
import type {Role} from '../rights/roles.ts';
import type {DraftingMode} from './paper.ts';

const penHolders: ReadonlySet<Role> = new Set<Role>(['chair', 'secretariat']);

/** Null when someone in this role may write the working text now, otherwise the reason. */
export function refuseWriting(mode: DraftingMode, role: Role): RefusalCode | null {
  if (role !== 'delegate' && !penHolders.has(role)) return 'not-permitted';
  if (mode === 'frozen') return 'paper.frozen';
  if (mode === 'amendments' && !penHolders.has(role)) return 'paper.amendments-only';
  return null;
}
