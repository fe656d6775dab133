/** What warns: anything that knows whether all is saved. */
export interface Saves {
  getSnapshot(): {readonly save: string};
}

/**
 * Makes the browser ask before the page is left while anything is unacknowledged, on this device or not.
 * Returns the end of it.
 */
export function warnWhileUnsaved(
  room: Saves,
  target: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): () => void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (room.getSnapshot().save !== 'saved') event.preventDefault();
  };
  target.addEventListener('beforeunload', ask);
  return () => target.removeEventListener('beforeunload', ask);
}
