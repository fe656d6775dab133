import {Refusal} from '../refusal.ts';

/** What keeps a member from leaving: a consultation or an instance must not be left without those who lead it. */
export interface Leaving {
  /** Of each consultation in which they are chair or secretariat: how many others hold that role there. */
  readonly roles: readonly {readonly role: 'chair' | 'secretariat'; readonly others: number}[];
  readonly instanceSecretariat: boolean;
  /** Others who hold the secretariat of the instance, and with it that of every consultation. */
  readonly otherSecretariat: number;
  /** One of the demonstration's cast, whom everyone signs in as. */
  readonly ofTheDemonstration: boolean;
}

/** Refuses `erasure.demonstration`, `erasure.only-chair`, `erasure.only-secretariat`. */
export function requireMayLeave({roles, instanceSecretariat, otherSecretariat, ofTheDemonstration}: Leaving): void {
  if (ofTheDemonstration) throw new Refusal('erasure.demonstration');
  if (roles.some(({role, others}) => role === 'chair' && others === 0)) throw new Refusal('erasure.only-chair');
  const holdsLast =
    (instanceSecretariat || roles.some(({role, others}) => role === 'secretariat' && others === 0)) &&
    otherSecretariat === 0;
  if (holdsLast) throw new Refusal('erasure.only-secretariat');
}
