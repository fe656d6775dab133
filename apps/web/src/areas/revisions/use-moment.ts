import {useEffect, useState} from 'react';
import type {MarkedParagraph} from '@plenary/paper/history/marked-text';
import type {HistoryStep, Moment as MomentAnswer} from '@plenary/protocol/api/history';
import {ask} from '../../lib/http.ts';

export interface Moment extends Omit<MomentAnswer, 'paragraphs'> {
  readonly paragraphs: readonly MarkedParagraph[];
}

/** A slider under way passes many moments; those that it passes quickly are not asked for. */
const settled = 120;
const keptMoments = 60;

/** The moment after a step, or the one shown last until it is there. `failed`: the server did not give it. */
export function useMoment(
  slug: string,
  step: HistoryStep | undefined,
  next: HistoryStep | undefined,
): {moment: Moment | null; isCurrent: boolean; failed: boolean; again: () => void} {
  const [kept] = useState(() => new Map<string, Moment>());
  const [shown, setShown] = useState<{path: string; moment: Moment} | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const path = step && pathOf(slug, step);
  const following = next && pathOf(slug, next);

  useEffect(() => {
    if (path === undefined) return undefined;
    setFailed(null);
    const controller = new AbortController();
    const fetchOne = async (wanted: string): Promise<Moment> => {
      const moment = kept.get(wanted) ?? (await ask<Moment>('GET', wanted, undefined, controller.signal));
      kept.delete(wanted);
      kept.set(wanted, moment);
      for (const oldest of kept.keys()) {
        if (kept.size <= keptMoments) break;
        kept.delete(oldest);
      }
      return moment;
    };
    const show = async (): Promise<void> => {
      try {
        const moment = await fetchOne(path);
        if (controller.signal.aborted) return;
        setShown({path, moment});
        if (following !== undefined) await fetchOne(following).catch(() => undefined);
      } catch {
        if (!controller.signal.aborted) setFailed(path);
      }
    };
    const timer = setTimeout(() => void show(), kept.has(path) ? 0 : settled);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [path, following, kept, tries]);

  return {
    moment: shown?.moment ?? null,
    isCurrent: shown !== null && shown.path === path,
    failed: failed !== null && failed === path,
    again: () => setTries(count => count + 1),
  };
}

function pathOf(slug: string, {after, until}: HistoryStep): string {
  return `/api/papers/${slug}/history/${until}?after=${after}`;
}
