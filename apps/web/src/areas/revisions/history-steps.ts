import type {HistoryStep} from '@plenary/protocol/api/history';

/** The step in which an entry of the log stands: that entry may have been the end of a step when somebody linked to it. */
export function stepAt(steps: readonly HistoryStep[], entry: number): number {
  const at = steps.findIndex(({until}) => until >= entry);
  return at < 0 ? steps.length - 1 : at;
}

/** The last step that was over by then; the first one when none was. */
export function stepBy(steps: readonly HistoryStep[], time: number): number {
  return Math.max(
    0,
    steps.findLastIndex(({at}) => Date.parse(at) <= time),
  );
}
