/** Everything that can be wrong with what somebody wants verified. Each has its sentence in `@plenary/locales`. */
export const problems = [
  /** Not JSON, or not UTF-8. */
  'unreadable',
  'not-a-receipt',
  'not-a-log',
  'other-version',
  /** A field is missing, too many, or holds what it cannot hold. */
  'malformed',
  'checkpoint-unreadable',
  'key-unknown',
  'signature-wrong',
  /** The checkpoint was made before the act. */
  'not-covered',
  /** Act, salt, place, proof and checkpoint do not belong together. */
  'proof-wrong',
  'not-a-revision',
  'text-differs',
  /** An act of the log is missing, doubled or out of its place. */
  'out-of-place',
  /** What a row says is not what its hash was made of. */
  'leaf-differs',
  /** Rows before a signed checkpoint are not those that were signed. */
  'root-differs',
  'log-short',
  'other-origin',
  'history-differs',
] as const;

export type Problem = (typeof problems)[number];

/** Thrown inside the package and caught at its edges: `verify*` answer with it and never throw it. */
export class Invalid extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem);
    this.name = 'Invalid';
    this.problem = problem;
  }
}

export type Verdict<Value> =
  | ({readonly ok: true} & Value)
  | {
      readonly ok: false;
      readonly problem: Problem;
      /** Index of the act that it was found at, where one can be named. */
      readonly index?: number;
    };

/** Anything but `Invalid` stays a bug. */
export function verdict<Value extends object>(check: () => Value): Verdict<Value> {
  try {
    return {ok: true, ...check()};
  } catch (error) {
    if (error instanceof Invalid) return {ok: false, problem: error.problem};
    throw error;
  }
}
