import {fetchAnswer} from './http.ts';

export interface ServedFile {
  readonly name: string;
  readonly content: Blob;
}

/** A file that the server writes, under the name that it gives. Rejects with `Refused` or `Unreachable`. */
export async function fetchFile(path: string, signal: AbortSignal): Promise<ServedFile> {
  const response = await fetchAnswer(path, signal);
  const given = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return {name: decodeURIComponent(given ?? 'plenary'), content: await response.blob()};
}

/** Gives a file to the browser, which saves it where it saves all files. */
export function handOver({name, content}: ServedFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
