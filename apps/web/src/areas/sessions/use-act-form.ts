import {useCallback, useState} from 'react';
import type {SessionActName} from '@plenary/domain/sessions/acts';
import type {SessionActBody} from '@plenary/protocol/api/sessions';
import {useHere} from './here.ts';

/** An act that a form asks for: the refusal stands in the form, and what was typed stays with it. True when it was done. */
export function useActForm(): {
  isSending: boolean;
  refusal: string | null;
  send: <Name extends SessionActName>(name: Name, body: SessionActBody<Name>) => Promise<boolean>;
} {
  const {room} = useHere();
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = useCallback(
    async <Name extends SessionActName>(name: Name, body: SessionActBody<Name>) => {
      setSending(true);
      const outcome = await room.act(name, body);
      setSending(false);
      setRefusal(outcome.ok ? null : outcome.sentence);
      return outcome.ok;
    },
    [room],
  );
  return {isSending, refusal, send};
}
