export type CommentKey = 'comment' | 'next' | 'previous';

/** Ctrl or Cmd + Alt + M, N, P, by letter or, in scripts without these letters, by place. */
export function commentKey(event: KeyboardEvent): CommentKey | null {
  if (!event.altKey || !(event.ctrlKey || event.metaKey) || event.shiftKey) return null;
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace('Key', '').toLowerCase();
  return letter === 'm' ? 'comment' : letter === 'n' ? 'next' : letter === 'p' ? 'previous' : null;
}
