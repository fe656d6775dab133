import {createHash} from 'node:crypto';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import type {Request, Response} from 'express';
import {Outlet} from './outlet.ts';
import {Remembered} from './remembered.ts';

const compress = promisify(gzip);
const compressedPages = 64;

export function takesGzip(request: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers['accept-encoding'] ?? '');
}

/** How pages and files for followers are answered. */
export interface Answering {
  /** A page depends on who asks and how: caches of others must not hand it on, and browsers ask whether it is still so. */
  head(response: Response, type: string): void;
  /** Null when the reader has it already, and was told so; else the page's tag, by which `send` knows it again. */
  tagUnlessKnown(request: Request, response: Response, ...parts: readonly unknown[]): string | null;
  /** `key`: names the body for those who ask for the same next. */
  send(request: Request, response: Response, body: string, key: string | null): Promise<void>;
}

/** `version`: of what the pages load beside themselves. */
export function createAnswering(version: string): Answering {
  const pages = new Remembered<Promise<Buffer>>(compressedPages);
  return {
    head(response, type) {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.setHeader('cache-control', 'private, no-cache');
      response.vary('Cookie').vary('Accept-Language').vary('Accept-Encoding');
    },

    tagUnlessKnown(request, response, ...parts) {
      const etag = `"${createHash('sha256')
        .update(JSON.stringify([version, ...parts]))
        .digest('base64url')
        .slice(0, 22)}"`;
      response.setHeader('etag', etag);
      const asked = request.headers['if-none-match'] ?? '';
      const isIt = asked.split(',').some(one => one.trim().replace(/^W\//, '') === etag);
      if (!isIt) return etag;
      response.status(304).end();
      return null;
    },

    async send(request, response, body, key) {
      if (!takesGzip(request)) {
        response.end(body);
        return;
      }
      const compressed = (key === null ? undefined : pages.get(key)) ?? compress(Buffer.from(body), {level: 9});
      if (key !== null) pages.set(key, compressed);
      response.setHeader('content-encoding', 'gzip');
      response.end(await compressed);
    },
  };
}

/** Begins an answer of Server-Sent Events. Null where nobody is there to hear it, or only its head was asked for. */
export function openOutlet(
  request: Request,
  response: Response,
  options: {mostWaiting: number; onTooSlow: () => void},
): Outlet | null {
  if (response.destroyed) return null;
  response.status(200);
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('cache-control', 'no-cache, no-transform');
  response.setHeader('x-accel-buffering', 'no');
  if (request.method === 'HEAD') {
    response.end();
    return null;
  }
  const compressed = takesGzip(request);
  if (compressed) response.setHeader('content-encoding', 'gzip');
  response.vary('Accept-Encoding');
  response.on('error', () => response.destroy());
  request.socket.setNoDelay(true);
  request.socket.setTimeout(0);
  response.flushHeaders();
  return new Outlet(response, {compressed, ...options});
}
