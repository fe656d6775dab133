import {useCallback, useState} from 'react';

/**
 * A form that outlives a reload, a failed request and a change of language: every change is kept in this tab until
 * `forget` is called. Never for passwords.
 */
export function useDraft<Fields extends object>(
  name: string,
  initial: Fields,
): {fields: Fields; change: (part: Partial<Fields>) => void; forget: () => void} {
  const key = `draft/${name}`;
  const [fields, setFields] = useState<Fields>(() => ({...initial, ...kept<Fields>(key)}));
  const change = useCallback(
    (part: Partial<Fields>) =>
      setFields(fields => {
        const changed = {...fields, ...part};
        keep(key, changed);
        return changed;
      }),
    [key],
  );
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // There is no storage, hence nothing to forget.
    }
  }, [key]);
  return {fields, change, forget};
}

function kept<Fields>(key: string): Partial<Fields> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Fields>;
  } catch {
    return {};
  }
}

function keep(key: string, fields: object): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(fields));
  } catch {
    // Full or forbidden: the form works on, it only does not outlive a reload.
  }
}
