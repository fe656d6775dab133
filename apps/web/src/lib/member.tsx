import {createContext, useContext} from 'react';
import type {Me} from '@plenary/protocol/api/people';

export const MeContext = createContext<Me>({member: null, demonstration: false, cast: []});

/** Who reads this page, as the server said when it sent it. Signing in and out loads the page anew. */
export function useMe(): Me {
  return useContext(MeContext);
}

export type SignedIn = NonNullable<Me['member']>;
