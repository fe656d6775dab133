import canonicalize from 'canonicalize';

export function canonical(value: unknown): string {
  return canonicalize(value) ?? '';
}
