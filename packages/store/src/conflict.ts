/** Code that PostgreSQL gives to a violated unique key. */
const uniqueViolation = '23505';

/** Whether an error, or what caused it, is a violated unique key (of that name when one is given). */
export function isConflict(error: unknown, constraint?: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const {code, constraint: violated} = cause as Error & {code?: unknown; constraint?: unknown};
    if (code === uniqueViolation) return constraint === undefined || violated === constraint;
  }
  return false;
}
