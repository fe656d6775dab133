/** As handles are compared: without regard to case and to compatible forms of a letter. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

const partOfAWord = /^[\p{L}\p{N}_]/u;

/**
 * Who is named in a text by `@handle`. Of two handles that fit, the longer one is meant (`@Ana 2` is not Ana); a handle
 * inside a longer word or behind one (an e-mail address) is none.
 */
export function mentionsIn<Person extends {readonly handle: string}>(
  text: string,
  people: readonly Person[],
): Person[] {
  const words = folded(text);
  const longestFirst = people
    .map(person => ({person, name: folded(person.handle)}))
    .toSorted((a, b) => b.name.length - a.name.length);
  const found = new Set<Person>();
  for (let at = words.indexOf('@'); at >= 0; at = words.indexOf('@', at + 1)) {
    if (/[\p{L}\p{N}_]$/u.test(words.slice(0, at))) continue;
    const meant = longestFirst.find(
      ({name}) => words.startsWith(name, at + 1) && !partOfAWord.test(words.slice(at + 1 + name.length)),
    );
    if (meant) found.add(meant.person);
  }
  return [...found];
}
