const digits = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * An order key strictly between two others, compared by code unit; `above` null has no upper bound, `below` '' is lowest.
 * Keys never end in '0', so there is always room below one.
 */
export function keyBetween(below: string, above: string | null): string {
  if (above !== null && below >= above) throw new RangeError(`no key between ${below} and ${above}`);
  let key = '';
  let bounded = above !== null;
  for (let place = 0; ; place++) {
    const low = place < below.length ? digits.indexOf(below.charAt(place)) : 0;
    const high =
      bounded && above !== null && place < above.length ? digits.indexOf(above.charAt(place)) : digits.length;
    const middle = (low + high) >> 1;
    if (middle > low) return key + digits.charAt(middle);
    key += digits.charAt(low);
    if (low < high) bounded = false;
  }
}
