const channelName = 'plenary/sign-in';

/**
 * Tells every page of this browser who is signed in now (a member's id, null for nobody), so that rooms of another
 * member close. Call it after signing in and before signing out.
 */
export function announceSignIn(member: string | null): void {
  hearHere(member);
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target origin
  channel.postMessage({member});
  channel.close();
}

/** Calls back whenever a page of this browser announces a sign-in. Returns the end of it. */
export function onSignIn(hear: (member: string | null) => void): () => void {
  listeners.add(hear);
  if (listeners.size === 1) open();
  return () => {
    listeners.delete(hear);
    if (listeners.size === 0) close();
  };
}

const listeners = new Set<(member: string | null) => void>();
let channel: BroadcastChannel | null = null;

function open(): void {
  if (typeof BroadcastChannel === 'undefined') return;
  channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({data}: MessageEvent<{member: string | null}>) => hearHere(data.member));
  // In Node a channel would keep the process alive.
  if ('unref' in channel && typeof channel.unref === 'function') channel.unref();
}

function close(): void {
  channel?.close();
  channel = null;
}

function hearHere(member: string | null): void {
  for (const hear of listeners) hear(member);
}
