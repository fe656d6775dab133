import type {Language} from '@plenary/domain/languages';
import {isShared, keepMember} from './this-device.ts';
import type {SignedIn} from './member.tsx';

/** Caches of the service worker begin so. */
const cachePrefix = 'plenary ';

/** Sees to it that papers open here without a network, in the language of the page. */
export async function keepPages(member: SignedIn, language: Language): Promise<void> {
  if (!('serviceWorker' in navigator) || isShared() || savesData()) return;
  keepMember(member);
  try {
    const address = `/service-worker.js?lang=${language}`;
    const {waiting} = await navigator.serviceWorker.register(address, {updateViaCache: 'none'});
    // This page has come from the server: a worker of its build may take over from the one of before.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no target origin
    waiting?.postMessage('take over');
  } catch {
    // Some private windows have none; papers are written all the same.
  }
}

export async function forgetPages(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(cachePrefix)) await caches.delete(name);
}

/** The reader asks pages to fetch no more than they must. */
function savesData(): boolean {
  return (navigator as {connection?: {saveData?: boolean}}).connection?.saveData ?? false;
}
