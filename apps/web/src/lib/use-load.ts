import {useCallback, useEffect, useState} from 'react';
import {ask, Refused, Unreachable} from './http.ts';

export type Loaded<Value> =
  | {readonly state: 'loading'}
  | {readonly state: 'ready'; readonly value: Value}
  | {readonly state: 'refused'; readonly refusal: Refused}
  | {readonly state: 'unreachable'};

/** What was seen last, so that going back shows it at once while it is asked for again. */
const seen = new Map<string, unknown>();

/** Asks the server for a path whenever it changes; `again` asks anew. */
export function useLoad<Value>(path: string): [Loaded<Value>, () => void] {
  const [asked, setAsked] = useState({path, times: 0});
  const [loaded, setLoaded] = useState<{path: string; answer: Loaded<Value>}>(() => ({path, answer: remembered(path)}));
  const again = useCallback(() => setAsked(({times}) => ({path, times: times + 1})), [path]);
  useEffect(() => {
    const controller = new AbortController();
    const take = (answer: Loaded<Value>) => {
      if (!controller.signal.aborted) setLoaded({path, answer});
    };
    ask<Value>('GET', path, undefined, controller.signal).then(
      value => {
        seen.set(path, value);
        take({state: 'ready', value});
      },
      (error: unknown) => {
        if (error instanceof Refused) take({state: 'refused', refusal: error});
        else if (error instanceof Unreachable) take({state: 'unreachable'});
        else throw error;
      },
    );
    return () => controller.abort();
  }, [path, asked]);
  return [loaded.path === path ? loaded.answer : remembered<Value>(path), again];
}

function remembered<Value>(path: string): Loaded<Value> {
  return seen.has(path) ? {state: 'ready', value: seen.get(path) as Value} : {state: 'loading'};
}
