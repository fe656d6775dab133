/** Author styles are dealt from 1 to 8; the ninth begins again with two letters. */
export type AuthorStyle = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export function authorStyle(place: number): AuthorStyle {
  return ((place % 8) + 1) as AuthorStyle;
}

/** A person as a letter, a line style and a colour, in this order of importance. The name stands beside it or in `title`. */
export function Who({
  name,
  style = 1,
  letters = 1,
  lined = false,
}: {
  name: string;
  style?: AuthorStyle;
  letters?: 1 | 2;
  lined?: boolean;
}) {
  return (
    <span className={`who p${style}${lined ? ' lined' : ''}`} aria-hidden="true">
      {[...name].slice(0, letters).join('').toLocaleUpperCase()}
    </span>
  );
}
