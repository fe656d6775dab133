import {useCallback, useEffect, useRef, useState} from 'react';
import {Refused, Unreachable} from '../../../lib/http.ts';
import {freshKey, keepDrafts, keptDrafts, type Draft, type Drafts} from './drafts.ts';

export type SendState =
  | {readonly is: 'idle' | 'sending' | 'kept'}
  | {readonly is: 'refused'; readonly sentence: string};

const idle: SendState = {is: 'idle'};
const tryAgainAfter = 4000;

export interface DraftDesk {
  readonly drafts: Drafts;
  stateOf(name: string): SendState;
  begin(name: string, draft: Partial<Draft>): void;
  change(name: string, change: Partial<Draft>): void;
  discard(name: string): void;
  /** Sends a draft; without a connection it is kept and sent again by itself until it has come through. */
  send(name: string): void;
}

/** Comments and answers that are being written: kept on this device with every key, sent once however often it is tried. */
export function useDrafts(
  member: string,
  paper: string,
  deliver: (name: string, draft: Draft) => Promise<void>,
): DraftDesk {
  const [drafts, setDrafts] = useState<Drafts>(() => keptDrafts(member, paper));
  const [states, setStates] = useState<Readonly<Record<string, SendState>>>({});
  const now = useRef({drafts, deliver});
  now.current.deliver = deliver;
  const busy = useRef(new Set<string>());
  const tried = useRef(new Map<string, string>());

  const show = useCallback(
    (next: Drafts) => {
      now.current.drafts = next;
      setDrafts(next);
      keepDrafts(member, paper, next);
    },
    [member, paper],
  );
  const setState = useCallback((name: string, state: SendState) => {
    setStates(known => ({...known, [name]: state}));
  }, []);

  const discard = useCallback(
    (name: string) => {
      const {[name]: _gone, ...rest} = now.current.drafts;
      show(rest);
      setState(name, idle);
    },
    [show, setState],
  );

  const change = useCallback(
    (name: string, part: Partial<Draft>) => {
      const draft = now.current.drafts[name];
      if (!draft) return;
      // Other words are another comment: what was sent before may have arrived.
      const wasTried = tried.current.get(name) === draft.key && part.text !== undefined && part.text !== draft.text;
      show({...now.current.drafts, [name]: {...draft, ...part, ...(wasTried && {key: freshKey()})}});
    },
    [show],
  );

  const send = useCallback(
    (name: string) => {
      const draft = now.current.drafts[name];
      if (!draft || busy.current.has(name) || draft.text.trim() === '') return;
      busy.current.add(name);
      tried.current.set(name, draft.key);
      // What is tried again by itself goes on saying that it is kept.
      setStates(known => (known[name]?.is === 'kept' ? known : {...known, [name]: {is: 'sending'}}));
      now.current
        .deliver(name, draft)
        .then(
          () => discard(name),
          (error: unknown) => {
            if (error instanceof Refused) setState(name, {is: 'refused', sentence: error.message});
            else if (error instanceof Unreachable) setState(name, {is: 'kept'});
            else throw error;
          },
        )
        .finally(() => busy.current.delete(name));
    },
    [discard, setState],
  );

  const kept = Object.keys(states).filter(name => states[name]?.is === 'kept');
  const waiting = kept.join(' ');
  useEffect(() => {
    if (waiting === '') return undefined;
    const again = () => {
      for (const name of waiting.split(' ')) send(name);
    };
    const timer = setTimeout(again, tryAgainAfter);
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [waiting, send, states]);

  return {
    drafts,
    stateOf: name => states[name] ?? idle,
    begin(name, draft) {
      show({...now.current.drafts, [name]: {key: freshKey(), text: '', ...now.current.drafts[name], ...draft}});
    },
    change,
    discard,
    send,
  };
}
