import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {RefusedRequest, request, ServerUnreachable, whyUnreachable} from './http.ts';

let server: Server;
let base: string;
let heard: {method: string | undefined; url: string | undefined; type: string | undefined; body: string}[] = [];
let answer: {status: number; body: string};

beforeEach(async () => {
  heard = [];
  server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (data: Buffer) => (body += data.toString()));
    incoming.on('end', () => {
      heard.push({method: incoming.method, url: incoming.url, type: incoming.headers['content-type'], body});
      outgoing.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  if (server.listening) await new Promise(resolve => server.close(resolve));
});

it('gives back what the server answers', async () => {
  answer = {status: 201, body: '{"slug":"joint-statement"}'};
  expect(await request('POST', '/api/papers', {title: 'Joint statement'}, {base})).toEqual({slug: 'joint-statement'});
  expect(heard).toEqual([
    {method: 'POST', url: '/api/papers', type: 'application/json', body: '{"title":"Joint statement"}'},
  ]);
  answer = {status: 204, body: ''};
  expect(await request('DELETE', '/api/papers/x', undefined, {base})).toBeUndefined();
});

it('sends a form as it is', async () => {
  answer = {status: 200, body: '{}'};
  const form = new FormData();
  form.set('file', new Blob(['# Title']), 'draft.md');
  await request('POST', '/api/papers', form, {base});
  expect(heard[0]?.type).toMatch(/^multipart\/form-data/);
  expect(heard[0]?.body).toContain('# Title');
});

it('throws the refusal with its sentence', async () => {
  answer = {
    status: 409,
    body: '{"refusal":"slug.taken","sentence":"Another paper has this address.","details":{"a":1}}',
  };
  const refused = await request('POST', '/api/papers', {}, {base}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RefusedRequest);
  expect(refused).toMatchObject({
    status: 409,
    refusal: 'slug.taken',
    sentence: 'Another paper has this address.',
    details: {a: 1},
  });
});

it('tells a refusal from everything that the server did not say', async () => {
  answer = {status: 502, body: '<html>Bad gateway</html>'};
  await expect(request('GET', '/api/me', undefined, {base})).rejects.toBeInstanceOf(ServerUnreachable);
  answer = {status: 500, body: '{"other":1}'};
  await expect(request('GET', '/api/me', undefined, {base})).rejects.toBeInstanceOf(ServerUnreachable);
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await expect(request('GET', '/api/me', undefined, {base})).rejects.toBeInstanceOf(ServerUnreachable);
});

it('knows why a room cannot be reached', async () => {
  answer = {status: 401, body: '{"refusal":"sign-in.required","sentence":"Sign in."}'};
  expect(await whyUnreachable('joint-statement', {base})).toEqual({is: 'refused', code: 'sign-in.required'});
  answer = {status: 503, body: '{"refusal":"server.busy","sentence":"Busy."}'};
  expect(await whyUnreachable('joint-statement', {base})).toEqual({is: 'network'});
  answer = {status: 200, body: '{}'};
  expect(await whyUnreachable('joint-statement', {base})).toEqual({is: 'websocket'});
});
