import {useCallback, useRef, useState} from 'react';
import {Refused, Unreachable} from './http.ts';

export type Sending =
  | {readonly state: 'idle'}
  | {readonly state: 'sending'}
  | {readonly state: 'refused'; readonly refusal: Refused}
  | {readonly state: 'unreachable'};

/** An act that goes to the server: once at a time, with its refusal kept for the form to show. True when it was done. */
export function useSend(): [Sending, (act: () => Promise<void>) => Promise<boolean>] {
  const [sending, setSending] = useState<Sending>({state: 'idle'});
  const busy = useRef(false);
  const send = useCallback(async (act: () => Promise<void>) => {
    if (busy.current) return false;
    busy.current = true;
    setSending({state: 'sending'});
    try {
      await act();
      setSending({state: 'idle'});
      return true;
    } catch (error) {
      if (error instanceof Refused) setSending({state: 'refused', refusal: error});
      else if (error instanceof Unreachable) setSending({state: 'unreachable'});
      else throw error;
      return false;
    } finally {
      busy.current = false;
    }
  }, []);
  return [sending, send];
}
