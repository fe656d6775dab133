export interface Stacked {
  readonly id: string;
  /** Where it would stand if it were alone, in pixels from the top. */
  readonly wanted: number;
  readonly height: number;
}

/**
 * Places for threads in one column, in order, none over another and none above `top`. The current one stands where it wants
 * to, as far as those before it leave room when they move up; the others come after one another.
 */
export function stack(
  items: readonly Stacked[],
  current: string | null,
  gap: number,
  top: number,
): Map<string, number> {
  const ordered = items.toSorted((a, b) => a.wanted - b.wanted);
  const places: number[] = [];
  let least = top;
  for (const {wanted, height} of ordered) {
    const place = Math.max(wanted, least);
    places.push(place);
    least = place + height + gap;
  }
  const fixed = ordered.findIndex(({id}) => id === current);
  if (fixed >= 0) {
    const room = ordered.slice(0, fixed).reduce((sum, {height}) => sum + height + gap, top);
    places[fixed] = Math.max(ordered[fixed]?.wanted ?? 0, room);
    for (let i = fixed - 1; i >= 0; i--) {
      places[i] = Math.min(places[i] ?? 0, (places[i + 1] ?? 0) - gap - (ordered[i]?.height ?? 0));
    }
    for (let i = fixed + 1; i < ordered.length; i++) {
      const before = (places[i - 1] ?? 0) + (ordered[i - 1]?.height ?? 0) + gap;
      places[i] = Math.max(ordered[i]?.wanted ?? 0, before);
    }
  }
  return new Map(ordered.map(({id}, i) => [id, places[i] ?? 0]));
}
