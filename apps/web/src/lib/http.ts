import type {RefusalJson} from '@plenary/protocol/api/refusal';
import type {RefusalCode, RefusalDetails} from '@plenary/domain/refusal';

/** The server said no; `message` is its sentence, in the reader's language. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, {refusal, sentence, details}: RefusalJson) {
    super(sentence);
    this.name = 'Refused';
    this.code = refusal;
    this.status = status;
    this.details = (details ?? {}) as RefusalDetails;
  }
}

/** No answer, or none that could be understood. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('The server did not answer.', {cause});
    this.name = 'Unreachable';
  }
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** JSON in and out. Rejects with `Refused` or `Unreachable`. */
export async function ask<Answer>(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(inLanguage(path), {
      method,
      headers: body ? {'content-type': 'application/json'} : {},
      body: body ? JSON.stringify(body) : null,
      signal: signal ?? null,
    });
  } catch (error) {
    throw new Unreachable(error);
  }
  return understand<Answer>(response.status, await response.text());
}

/** What is not JSON when it goes well. Rejects with `Refused` or `Unreachable`. */
export async function fetchAnswer(path: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(inLanguage(path), {signal});
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) understand(response.status, await response.text());
  return response;
}

/** A form with a file. `onProgress` hears the share that has left the device, from 0 to 1. */
export async function upload<Answer>(
  path: string,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const request = new XMLHttpRequest();
  const answered = new Promise<void>((resolve, reject) => {
    request.addEventListener('load', () => resolve());
    for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, () => reject(new Unreachable()));
  });
  request.upload.addEventListener('progress', ({loaded, total}) => onProgress(total > 0 ? loaded / total : 1));
  signal.addEventListener('abort', () => request.abort());
  request.open('POST', inLanguage(path));
  request.send(form);
  await answered;
  return understand<Answer>(request.status, request.responseText);
}

/** Refusals are to be in the language of the page, whatever the cookie says meanwhile. */
function inLanguage(path: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}lang=${document.documentElement.lang}`;
}

function understand<Answer>(status: number, text: string): Answer {
  const ok = status >= 200 && status < 300;
  let answer: unknown;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch (error) {
    throw new Unreachable(error);
  }
  if (ok) return answer as Answer;
  if (isRefusal(answer)) throw new Refused(status, answer);
  throw new Unreachable(answer);
}

function isRefusal(answer: unknown): answer is RefusalJson {
  return typeof answer === 'object' && answer !== null && 'refusal' in answer && 'sentence' in answer;
}
