import type {IncomingMessage} from 'node:http';
import busboy from 'busboy';
import {Refusal} from '@plenary/domain/refusal';

export const largestFile = 5 * 1024 * 1024;

export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  readonly fields: Record<string, string>;
  readonly file: UploadedFile | null;
}

export function isForm(request: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** Reads a form with at most one file into memory. Refuses `input.too-large`, `input.unreadable`. */
export function readForm(request: IncomingMessage): Promise<Form> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = Object.create(null) as Record<string, string>;
    const chunks: Uint8Array[] = [];
    let name: string | null = null;
    let parser;
    try {
      parser = busboy({
        headers: request.headers,
        defParamCharset: 'utf8',
        limits: {files: 1, fileSize: largestFile, fields: 20, fieldSize: 2_000_000, fieldNameSize: 60, parts: 22},
      });
    } catch {
      reject(new Refusal('input.unreadable'));
      return;
    }
    const stop = (code: 'input.too-large' | 'input.unreadable'): void => {
      request.unpipe(parser);
      request.resume();
      reject(new Refusal(code));
    };
    parser.on('field', (field, value, {valueTruncated}) => {
      if (valueTruncated) stop('input.too-large');
      else fields[field] = value;
    });
    parser.on('file', (_field, stream, {filename}) => {
      // Older browsers and programs may leave it out.
      name = filename ?? '';
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.once('limit', () => stop('input.too-large'));
      stream.once('error', () => stop('input.unreadable'));
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parser.once(limit, () => stop('input.too-large'));
    }
    parser.once('error', () => stop('input.unreadable'));
    parser.once('close', () =>
      resolve({fields: {...fields}, file: name === null ? null : {name, bytes: Buffer.concat(chunks)}}),
    );
    request.once('aborted', () => stop('input.unreadable'));
    request.pipe(parser);
  });
}
