import {connect} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {languages} from '@plenary/domain/languages';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {contentPolicy, originRule} from './security.ts';

let instance: TestInstance;
let ana: string;
beforeAll(async () => {
  instance = await startInstance({PUBLIC_URL: 'https://plenary.example.org'});
  await seatCast(instance);
  ana = await instance.signIn('ana');
});
afterAll(() => instance.close());

describe('R7: where a request may come from', () => {
  test('the public address and the loopback ones on this port, and nothing else', () => {
    const allowed = originRule({publicUrl: 'https://plenary.example.org', port: 3000}, () => 3000);
    for (const origin of [
      undefined,
      'https://plenary.example.org',
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
    ]) {
      expect(allowed(origin), origin).toBe(true);
    }
    for (const origin of [
      'null',
      '',
      'https://evil.example',
      'http://plenary.example.org',
      'https://plenary.example.org.evil.example',
      'https://sub.plenary.example.org',
      'http://localhost:3001',
      'http://localhost',
      'http://localhost.evil.example:3000',
      'http://127.0.0.1.evil.example:3000',
    ]) {
      expect(allowed(origin), origin).toBe(false);
    }
  });

  test('a foreign origin changes nothing by any method, whatever the cookie', async () => {
    for (const [method, path] of [
      ['PATCH', '/api/me'],
      ['POST', '/api/papers'],
      ['POST', '/api/demo/sign-in'],
      ['POST', '/api/auth/sign-out'],
      ['POST', '/api/auth/sign-up/email'],
    ] as const) {
      for (const headers of [{origin: 'https://evil.example'}, {origin: 'null'}, {'sec-fetch-site': 'cross-site'}]) {
        const answer = await instance.call(method, path, {as: ana, body: {handle: 'Evil'}, headers});
        expect(answer, `${method} ${path} ${JSON.stringify(headers)}`).toMatchObject({
          status: 403,
          body: {refusal: 'origin.refused'},
        });
      }
    }
    expect((await instance.call('PATCH', '/api/me', {as: ana, body: {handle: 'Anna'}})).status).toBe(200);
    const own = {origin: 'https://plenary.example.org'};
    expect((await instance.call('PATCH', '/api/me', {as: ana, body: {handle: 'ana'}, headers: own})).status).toBe(200);
  });

  test('an upgrade to nothing is ended, and one from a foreign page is refused', async () => {
    const ask = (path: string, more = ''): Promise<string> =>
      new Promise(resolve => {
        const socket = connect(Number(new URL(instance.url).port), '127.0.0.1');
        let said = '';
        socket.on('data', chunk => (said += chunk));
        socket.on('close', () => resolve(said));
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\n${more}\r\n`,
        );
      });
    expect(await ask('/elsewhere')).toMatch(/^HTTP\/1\.1 404 /);
    expect(await ask('/rooms/none', `Origin: https://evil.example\r\nCookie: ${ana}\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask('/rooms/none', `Cookie: ${ana}\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await ask('/rooms/none')).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('R24: the content policy', () => {
  test('is strict, and the same on every answer, with a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (const path of [
      '/',
      '/sign-in',
      '/nowhere',
      '/papers/none',
      '/read/none',
      '/api/me',
      '/metrics',
      '/assets/x',
    ]) {
      const {headers} = await instance.call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      expect(policy, path).toBe(contentPolicy(nonce, new URL(instance.url).host));
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      expect(headers.get('strict-transport-security'), path).toContain('max-age');
      expect(headers.get('x-powered-by'), path).toBeNull();
    }
    expect(nonces.size).toBe(8);
    expect(contentPolicy('n', 'plenary.example.org')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-n'; img-src 'self' data:; connect-src 'self' ws://plenary.example.org wss://plenary.example.org; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    );
    expect(contentPolicy('n', "x; script-src 'unsafe-inline'")).not.toContain('unsafe');
  });
});

describe('R14: a refusal', () => {
  test('is said in the language of its reader: address, cookie, own choice, browser, in this order', async () => {
    const say = async (asked: {path?: string; headers?: Record<string, string>; as?: string}): Promise<string> => {
      const path = `/api/papers/none${asked.path ?? ''}`;
      const {body} = await instance.call<{sentence: string}>('GET', path, {as: asked.as, headers: asked.headers ?? {}});
      return body.sentence;
    };
    const sentences = new Map<string, string>();
    for (const language of languages) sentences.set(language, await say({path: `?lang=${language}`}));
    expect(new Set(sentences.values()).size).toBe(6);
    expect(await say({headers: {'accept-language': 'fr-CA, en;q=0.5'}})).toBe(sentences.get('fr'));
    expect(await say({headers: {'accept-language': 'de'}})).toBe(sentences.get('en'));
    await instance.call('PATCH', '/api/me', {as: ana, body: {language: 'zh'}});
    const browser = {'accept-language': 'fr'};
    expect(await say({as: ana, headers: browser})).toBe(sentences.get('zh'));
    expect(await say({as: `${ana}; language=ru`, headers: browser})).toBe(sentences.get('ru'));
    expect(await say({as: `${ana}; language=ru`, headers: browser, path: '?lang=ar'})).toBe(sentences.get('ar'));
    expect(await say({path: '?lang=xx'})).toBe(sentences.get('en'));
  });

  test('names what could not be read, and never what went wrong inside', async () => {
    expect(await instance.call('POST', '/api/papers', {as: ana, text: '{"title": '})).toMatchObject({
      status: 400,
      body: {refusal: 'input.unreadable'},
    });
    const long = {handle: 'x'.repeat(70_000)};
    expect(await instance.call('PATCH', '/api/me', {as: ana, body: long})).toMatchObject({
      status: 413,
      body: {refusal: 'input.too-large'},
    });
    expect(await instance.call('GET', '/api/papers/%E0%A4%A')).toMatchObject({body: {refusal: 'input.unreadable'}});
    expect(await instance.call('GET', '/papers/%E0%A4%A')).toMatchObject({status: 400});
    const {findByHandle} = instance.store.members;
    instance.store.members.findByHandle = () => Promise.reject(new Error('a secret detail'));
    const body = {handle: 'Olga', email: 'olga@example.org', password: 'a long password'};
    const failed = await instance.call('POST', '/api/auth/sign-up/email', {body});
    instance.store.members.findByHandle = findByHandle;
    expect(failed).toMatchObject({status: 500, body: {refusal: 'server.failed'}});
    expect(JSON.stringify(failed.body)).not.toContain('secret');
    const id = failed.headers.get('x-request-id') ?? 'none';
    expect(instance.log()).toContain(id);
    expect(instance.log()).toContain('a secret detail');
  });
});
