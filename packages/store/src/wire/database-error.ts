/** What the database says of a failure, in PostgreSQL's words. */
export interface DatabaseFailure {
  readonly message: string;
  readonly severity: string | undefined;
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;
}

/** An error that the database named. */
export class DatabaseError extends Error implements DatabaseFailure {
  readonly severity: string | undefined;
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly detail: string | undefined;

  constructor({message, severity, code, constraint, detail}: DatabaseFailure) {
    super(message);
    this.name = 'DatabaseError';
    this.severity = severity;
    this.code = code;
    this.constraint = constraint;
    this.detail = detail;
  }

  /** The database cannot go on after this: it must be opened again. */
  get ends(): boolean {
    return this.severity === 'PANIC' || this.severity === 'FATAL';
  }
}
