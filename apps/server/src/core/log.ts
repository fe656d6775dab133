import pino, {type DestinationStream, type Logger} from 'pino';

/** Errors and warnings, as JSON lines. No line is about a request that went well: nobody's coming and going is kept. */
export function createLog(to: DestinationStream): Logger {
  return pino({level: 'warn', base: null, serializers: {err: (thrown: unknown) => describeError(thrown)}}, to);
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: DescribedError;
}

const longestCauses = 5;

/** What helps to mend a bug, without the values that a query was given: these are what people wrote, and their addresses. */
export function describeError(thrown: unknown, depth = 0): DescribedError {
  if (!(thrown instanceof Error)) return {type: typeof thrown, message: 'Something that is no error.', stack: ''};
  const {name, code, query} = thrown as Error & {code?: unknown; query?: unknown};
  const message = typeof query === 'string' ? `A query failed: ${query}` : thrown.message;
  const frames = (thrown.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return {
    type: name,
    message,
    ...(typeof code === 'string' && {code}),
    stack: frames.join('\n'),
    ...(thrown.cause instanceof Error && depth < longestCauses && {cause: describeError(thrown.cause, depth + 1)}),
  };
}
