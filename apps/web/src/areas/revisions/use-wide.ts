import {useSyncExternalStore} from 'react';

const query = '(min-width: 62rem)';

/** Whether two texts have room beside each other. */
export function useWide(): boolean {
  return useSyncExternalStore(
    hear => {
      const media = matchMedia(query);
      media.addEventListener('change', hear);
      return () => media.removeEventListener('change', hear);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}
