import {createHash} from 'node:crypto';
import type {Request, Response} from 'express';

export interface RecordFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** ASCII; null: shown in the browser. */
  readonly fileName: string | null;
}

/** Whoever has it asks whether it is still so. What a reader gets depends on who they are, and so caches of others keep none. */
export function sendRecordFile(request: Request, response: Response, {bytes, mediaType, fileName}: RecordFile): void {
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Cookie');
  response.vary('Accept-Language');
  const known = request.headers['if-none-match'] ?? '';
  if (known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    response.status(304).end();
    return;
  }
  response.setHeader('Content-Type', mediaType);
  if (fileName !== null) response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
