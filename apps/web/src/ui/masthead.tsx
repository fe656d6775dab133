import type {ReactNode} from 'react';
import {Link} from '../lib/router.tsx';

export function Mark() {
  return (
    <svg viewBox="0 0 32 18" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="2.6">
        <path d="M2 17a14 14 0 0 1 28 0" />
        <path d="M8 17a8 8 0 0 1 16 0" />
      </g>
      <circle cx="16" cy="15.6" r="2.2" fill="currentColor" />
    </svg>
  );
}

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly current: boolean;
}

/** A heavy rule, the name, where one is, the languages, the account. */
export function Masthead({
  name,
  navLabel,
  places,
  languages,
  account,
}: {
  name: string;
  navLabel: string;
  places: readonly Place[];
  languages: ReactNode;
  account: ReactNode;
}) {
  return (
    <header className="mast">
      <div className="page">
        <Link className="mark" to="/">
          <Mark />
          <span lang="en">{name}</span>
        </Link>
        <nav className="nav" aria-label={navLabel}>
          {places.map(({to, label, current}) => (
            <Link key={to} to={to} aria-current={current ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className="end">{languages}</div>
        <div className="account">{account}</div>
      </div>
    </header>
  );
}
