import type {Response} from 'express';
import {z} from 'zod';
import {exportFormatNames, exportFormats, importFormats} from '@plenary/formats/registry';
import {formatList} from '@plenary/protocol/api/exchange';
import {route, type Web} from '../core/route.ts';
import {savePaper, type SavedFile} from './exchange.service.ts';

export function openExchange(web: Web): void {
  const {app} = web;
  route(
    web,
    'GET /api/formats',
    {summary: 'Formats of files that papers are saved as and begin with', answer: formatList},
    async () => ({
      exports: Object.entries(exportFormats).map(([name, {extension, mediaType}]) => ({name, extension, mediaType})),
      imports: Object.entries(importFormats).map(([name, {extensions}]) => ({name, extensions: [...extensions]})),
    }),
  );
  route(
    web,
    'GET /api/papers/:paper/export',
    {
      summary: 'The working text or a revision as a file',
      query: z.object({
        format: z.enum(exportFormatNames),
        /** Id or symbol; the working text unless said. */
        revision: z.string().min(1).max(200).optional(),
      }),
      rate: 'save-file',
    },
    async ({actor, param, query, request, response}) => {
      const {format, revision} = query;
      const file = await savePaper(app, actor, param('paper'), {format, revision: revision ?? null});
      sendFile(response, file, request.headers['if-none-match'] ?? '');
    },
  );
}

/** Caches of others must not hand it on, and whoever has it asks whether it is still so. */
function sendFile(response: Response, {bytes, sha256, mediaType, fileName}: SavedFile, known: string): void {
  const etag = `"${sha256.slice(0, 32)}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Cookie');
  if (known.split(',').some(one => one.trim().replace(/^W\//, '') === etag)) {
    response.status(304).end();
    return;
  }
  response.setHeader('Content-Type', mediaType);
  response.setHeader('Content-Disposition', disposition(fileName));
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}

/** RFC 6266: letters that old programs know, then the name itself (RFC 8187). */
function disposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.() -]+/g, '-').replace(/^-+(?=\.)/, 'paper');
  const whole = encodeURIComponent(fileName).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
