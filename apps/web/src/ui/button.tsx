import type {ButtonHTMLAttributes, ReactNode} from 'react';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  /** One `main` in a view; `quiet` looks like a word; `grave` asks once before it acts. */
  kind?: 'plain' | 'main' | 'quiet' | 'grave';
  big?: boolean;
  /** It is at work: it stays focusable, says so, and takes no second press. */
  busy?: boolean;
  children: ReactNode;
}

export function Button({kind = 'plain', big, busy, className, onClick, type = 'button', ...rest}: Props) {
  const classes = [kind === 'plain' ? '' : kind, big ? 'big' : '', className ?? ''].filter(Boolean).join(' ');
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- the type is given above
      type={type}
      className={classes || undefined}
      aria-disabled={busy || undefined}
      onClick={event => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
