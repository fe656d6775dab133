import {useEffect, useState} from 'react';
import type {LedgerEntries, LedgerEntryJson} from '@plenary/protocol/api/ledger';
import {ask, Refused, Unreachable} from '../../lib/http.ts';
import type {Loaded} from '../../lib/use-load.ts';

const first = 10;
const further = 20;

export interface Acts {
  readonly entries: readonly LedgerEntryJson[];
  readonly more: boolean;
}

/** Acts from the newest on, ten at first; `path` ends where a query may follow. */
export function useActs(path: string): {
  readonly loaded: Loaded<Acts>;
  readonly busy: boolean;
  readonly again: () => void;
  readonly showMore: () => void;
} {
  const [loaded, setLoaded] = useState<{path: string; answer: Loaded<Acts>}>({path, answer: {state: 'loading'}});
  const [busy, setBusy] = useState(false);
  const [times, setTimes] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    const take = (answer: Loaded<Acts>) => {
      if (!controller.signal.aborted) setLoaded({path, answer});
    };
    fetchActs(path, null, first, controller.signal).then(value => take({state: 'ready', value}), fail(take));
    return () => controller.abort();
  }, [path, times]);

  const answer = loaded.path === path ? loaded.answer : ({state: 'loading'} as const);
  const showMore = () => {
    if (answer.state !== 'ready' || busy) return;
    setBusy(true);
    const known = answer.value.entries;
    fetchActs(path, known.at(-1)?.index ?? null, further)
      .then(
        ({entries, more}) =>
          setLoaded({path, answer: {state: 'ready', value: {entries: [...known, ...entries], more}}}),
        fail(failed => setLoaded({path, answer: failed})),
      )
      .finally(() => setBusy(false));
  };

  return {loaded: answer, busy, again: () => setTimes(n => n + 1), showMore};
}

function fetchActs(path: string, before: number | null, limit: number, signal?: AbortSignal): Promise<LedgerEntries> {
  const query = `${path.includes('?') ? '&' : '?'}limit=${limit}${before === null ? '' : `&before=${before}`}`;
  return ask<LedgerEntries>('GET', path + query, undefined, signal);
}

function fail(take: (answer: Loaded<Acts>) => void): (error: unknown) => void {
  return error => {
    if (error instanceof Refused) take({state: 'refused', refusal: error});
    else if (error instanceof Unreachable) take({state: 'unreachable'});
    else throw error;
  };
}
