const year = 365 * 24 * 60 * 60;

/** A choice that the reader makes for this device; the server reads it to answer rightly from the first byte. Empty removes it. */
export function setCookie(name: 'theme' | 'language' | 'device', value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=${value ? year : 0}; samesite=lax${secure}`;
}
