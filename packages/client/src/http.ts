import type {RefusalCode, RefusalDetails} from '@plenary/domain/refusal';

/** The server said no, in a sentence for the reader. */
export class RefusedRequest extends Error {
  readonly status: number;
  readonly refusal: RefusalCode;
  readonly sentence: string;
  readonly details: RefusalDetails | undefined;

  constructor(status: number, refusal: RefusalCode, sentence: string, details?: RefusalDetails) {
    super(sentence);
    this.name = 'RefusedRequest';
    this.status = status;
    this.refusal = refusal;
    this.sentence = sentence;
    this.details = details;
  }
}

/** Nothing came back that the server could have said: no network, or something between that speaks for itself. */
export class ServerUnreachable extends Error {
  constructor(cause: unknown) {
    super('The server could not be reached.', {cause});
    this.name = 'ServerUnreachable';
  }
}

export interface RequestOptions {
  /** Before the path; empty in a browser. */
  readonly base?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the API and gives back what it answers, undefined where it answers nothing. A body that is a FormData goes as it
 * is, any other as JSON. Throws `RefusedRequest` or `ServerUnreachable`.
 */
export async function request<Value>(
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<Value> {
  const response = await send(method, path, body, options);
  const value = await readJson(response);
  if (response.ok) return value as Value;
  throw refusalOf(response.status, value);
}

/** What keeps a room from being reached: a rule, all that lies between, or only what lets no WebSocket through. */
export type Hindrance =
  | {readonly is: 'refused'; readonly code: RefusalCode}
  | {readonly is: 'network'}
  | {readonly is: 'websocket'};

/** For `RoomClientOptions.whyUnreachable`. */
export async function whyUnreachable(paper: string, options: RequestOptions = {}): Promise<Hindrance> {
  try {
    await request('GET', `/api/papers/${encodeURIComponent(paper)}`, undefined, {
      signal: AbortSignal.timeout(3000),
      ...options,
    });
    return {is: 'websocket'};
  } catch (error) {
    if (error instanceof RefusedRequest && [401, 403, 404].includes(error.status)) {
      return {is: 'refused', code: error.refusal};
    }
    return {is: 'network'};
  }
}

async function send(method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
  const isForm = body instanceof FormData;
  const json = body === undefined || isForm ? undefined : JSON.stringify(body);
  const init: RequestInit = {
    method,
    headers: {
      accept: 'application/json',
      ...(json === undefined ? {} : {'content-type': 'application/json'}),
      ...options.headers,
    },
    credentials: 'same-origin',
  };
  if (isForm) init.body = body;
  else if (json !== undefined) init.body = json;
  if (options.signal !== undefined) init.signal = options.signal;
  try {
    return await fetch((options.base ?? '') + path, init);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new ServerUnreachable(error);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ServerUnreachable(error);
  }
}

function refusalOf(status: number, value: unknown): Error {
  if (typeof value !== 'object' || value === null || !('refusal' in value) || typeof value.refusal !== 'string') {
    return new ServerUnreachable(`status ${status}`);
  }
  const sentence = 'sentence' in value && typeof value.sentence === 'string' ? value.sentence : value.refusal;
  const details = 'details' in value ? (value.details as RefusalDetails) : undefined;
  return new RefusedRequest(status, value.refusal as RefusalCode, sentence, details);
}
