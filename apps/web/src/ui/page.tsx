import {useEffect, useRef, type ReactNode} from 'react';
import {usePlace} from '../lib/router.tsx';

/**
 * The main part of a page: names the window, and after a change of route takes the focus and the scroll to its start,
 * as a fresh page would. `className` is for pages that lay themselves out.
 */
export function Page({title, className = 'page', children}: {title: string; className?: string; children: ReactNode}) {
  const main = useRef<HTMLElement>(null);
  const {key, by} = usePlace();
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    // The first place of a window is the browser's own affair.
    if (by === 'load') return;
    main.current?.focus({preventScroll: true});
    if (by !== 'history') scrollTo(0, 0);
  }, [key, by]);
  return (
    <main id="main" ref={main} tabIndex={-1} className={className}>
      {children}
    </main>
  );
}

export function SkipLink({children}: {children: ReactNode}) {
  return (
    <a
      className="skip"
      href="#main"
      onClick={event => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {children}
    </a>
  );
}

/** What is not there yet: a serif sentence about the thing, a sans one about what fills it, an act if there is one. */
export function Empty({what, fills, acts}: {what: ReactNode; fills?: ReactNode; acts?: ReactNode}) {
  return (
    <div className="empty">
      <p>{what}</p>
      {fills ? <p className="sub">{fills}</p> : null}
      {acts ? <div className="acts">{acts}</div> : null}
    </div>
  );
}

/** What is so, whether it is the reader's doing, where to go; a code only at the end. */
export function ErrorText({
  what,
  means,
  code,
  acts,
}: {
  what: ReactNode;
  means?: ReactNode;
  code?: string;
  acts?: ReactNode;
}) {
  return (
    <div className="empty">
      <h1>{what}</h1>
      {means ? <p className="sub">{means}</p> : null}
      {acts ? <div className="acts">{acts}</div> : null}
      {code ? (
        <p className="meta">
          <code>{code}</code>
        </p>
      ) : null}
    </div>
  );
}

/** A wait in words, told to those who hear the page too. */
export function Wait({children}: {children: ReactNode}) {
  return (
    <p className="wait" role="status">
      {children}
    </p>
  );
}
