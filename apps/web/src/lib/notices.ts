import type {ReactNode} from 'react';

export interface NoticeContent {
  /** What happened. */
  readonly what: ReactNode;
  /** What it means. */
  readonly means?: ReactNode;
  readonly tone?: 'plain' | 'ok' | 'warn' | 'danger';
  /** Stays until it is dismissed; others go after 8 seconds, unless the reader pauses them. */
  readonly consequential?: boolean;
}

export interface Notice extends NoticeContent {
  readonly id: number;
}

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  for (const hear of listeners) hear();
}

/** Shows a notice at the foot of the window. Returns how to take it away again. */
export function notify(content: NoticeContent): () => void {
  const id = ++lastId;
  change([...notices, {...content, id}]);
  return () => dismiss(id);
}

export function dismiss(id: number): void {
  change(notices.filter(notice => notice.id !== id));
}

export const noticeStore = {
  subscribe(hear: () => void): () => void {
    listeners.add(hear);
    return () => listeners.delete(hear);
  },
  getSnapshot: (): readonly Notice[] => notices,
};
