/** Calls back when the device says that it is cut off, and when trying again is worth while. Returns the end of it. */
export function watchNetwork(hear: {back(): void; cutOff(): void}): () => void {
  // Not every surrounding has a window, and not every window hears.
  if (typeof window === 'undefined' || typeof window.addEventListener !== 'function') return () => undefined;
  const {back, cutOff} = hear;
  window.addEventListener('online', back);
  window.addEventListener('pageshow', back);
  window.addEventListener('offline', cutOff);
  return () => {
    window.removeEventListener('online', back);
    window.removeEventListener('pageshow', back);
    window.removeEventListener('offline', cutOff);
  };
}
