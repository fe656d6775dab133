import type {SignedIn} from './member.tsx';
import {setCookie} from './device-choice.ts';

/** Who opened papers here last and is still signed in: whose papers open without a network. */
const memberKey = 'plenary/member';

/** The reader says that others use this computer too: nothing is kept on it. */
export function isShared(): boolean {
  return /(?:^|;\s*)device=shared(?:;|$)/.test(document.cookie);
}

/** Counts for papers that are opened from now on. */
export function setShared(shared: boolean): void {
  setCookie('device', shared ? 'shared' : '');
}

/** What is being written outlives the tab, but on a shared computer only as long as the tab. */
export function ownStorage(): Storage {
  return isShared() ? sessionStorage : localStorage;
}

export function keepMember(member: SignedIn): void {
  if (isShared()) return;
  try {
    localStorage.setItem(memberKey, JSON.stringify(member));
  } catch {
    // Full or forbidden: papers do not open without a network here.
  }
}

export function keptMember(): SignedIn | null {
  try {
    return JSON.parse(localStorage.getItem(memberKey) ?? 'null') as SignedIn | null;
  } catch {
    return null;
  }
}

/** A page that the server sent knows who is signed in now: nobody else's papers open from here any more. */
export function forgetOthers(member: SignedIn | null): void {
  const kept = keptMember();
  if (kept !== null && kept.id !== member?.id) localStorage.removeItem(memberKey);
}

/**
 * Removes what this device keeps for a member: their papers unless they are to stay, what they had begun to write, and
 * the pages that open without a network. Rooms of this member must be closed.
 */
export async function leaveDevice(member: string, keepPapers = false): Promise<void> {
  const [{forgetDevice}, {forgetPages}] = await Promise.all([
    import('@plenary/client/device'),
    import('./offline-pages.ts'),
  ]);
  localStorage.removeItem(memberKey);
  if (!keepPapers) {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(`comments/${member}/`)) localStorage.removeItem(name);
    }
    await forgetDevice(member);
  }
  for (const name of Object.keys(sessionStorage)) sessionStorage.removeItem(name);
  await forgetPages();
}
