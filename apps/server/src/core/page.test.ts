import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {get} from 'node:http';
import type {IncomingHttpHeaders} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import express from 'express';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {seatCast, startInstance, type TestInstance} from '../testing/instance.ts';
import {serveAssets} from './page.ts';

let instance: TestInstance;
let ana: string;
beforeAll(async () => {
  instance = await startInstance();
  await seatCast(instance);
  ana = await instance.signIn('ana');
  await instance.call('POST', '/api/papers', {
    as: ana,
    body: {
      consultation: 'copenhagen',
      slug: 'words',
      title: 'Words </title><script>alert(1)</script> $& $1',
      text: 'We agree </script><script>alert(2)</script> and <b>more</b> $& so.',
    },
  });
});
afterAll(() => instance.close());

interface Boot {
  language: string;
  demonstration: boolean;
  me: {member: {handle: string} | null};
}

function bootOf(page: string): Boot {
  const text = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  return JSON.parse(text) as Boot;
}

describe('a page', () => {
  test('tells the client who reads it and in which language', async () => {
    const {body, headers} = await instance.call<string>('GET', '/?lang=ar', {as: ana});
    expect(body).toContain('<html lang="ar" dir="rtl">');
    expect(bootOf(body)).toMatchObject({language: 'ar', demonstration: true, me: {member: {handle: 'ana'}}});
    expect(headers.get('cache-control')).toBe('private, no-store');
    const nonce = /nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
    expect(body).toContain(`<meta property="csp-nonce" nonce="${nonce}" />`);
    expect(body).toContain('<noscript>');
  });

  test('of a paper holds its text, escaped, before any script runs', async () => {
    const {body, status} = await instance.call<string>('GET', '/papers/words');
    expect(status).toBe(200);
    expect(body).toMatch(/<div id="root"><article id="server-text"[^>]* lang="en" dir="ltr">/);
    expect(body).toContain('We agree &lt;/script&gt;&lt;script&gt;alert(2)');
    expect(body).toContain('$&amp; so.');
    expect(body).not.toMatch(/<script>alert/);
    expect(body).toMatch(/<title>Words &#60;\/title&#62;.* \$&#38; \$1 · Plenary<\/title>/);
  });

  test('that is not there answers so, with the same page', async () => {
    for (const path of [
      '/nowhere',
      '/papers/none',
      '/papers',
      '/consultations/none',
      '/consultations/copenhagen/none',
      '/read',
    ]) {
      expect((await instance.call('GET', path)).status, path).toBe(404);
    }
    for (const path of ['/', '/sign-in', '/sign-up', '/consultations/copenhagen', '/consultations/copenhagen/people']) {
      expect((await instance.call('GET', path)).status, path).toBe(200);
    }
  });

  test('cannot be broken out of by a handle', async () => {
    await instance.store.members.change((await instance.store.members.findByCastName('ben'))!.id, {
      handle: '</script><script>alert(3)</script>',
    });
    const {body} = await instance.call<string>('GET', '/', {as: await instance.signIn('ben')});
    expect(body).not.toContain('<script>alert(3)');
    expect(bootOf(body).me.member?.handle).toBe('</script><script>alert(3)</script>');
  });
});

test('built files are kept for ever, and sent as the build compressed them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-web-'));
  mkdirSync(join(folder, 'assets'));
  const script = 'console.log("plain words, plain words, plain words");';
  writeFileSync(join(folder, 'assets/main-abc123.js'), script);
  writeFileSync(join(folder, 'assets/main-abc123.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'assets/main-abc123.js.gz'), gzipSync(script));
  writeFileSync(join(folder, 'assets/tiny-abc123.css'), 'a{}');
  const web = express();
  serveAssets(web, folder);
  const server = web.listen(0, '127.0.0.1');
  try {
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const ask = (name: string, accept: string): Promise<{headers: IncomingHttpHeaders; bytes: Buffer}> =>
      new Promise((resolve, reject) => {
        get({port, path: `/assets/${name}`, headers: {'accept-encoding': accept}}, response => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve({headers: response.headers, bytes: Buffer.concat(chunks)}));
        }).on('error', reject);
      });
    const [br, gz, plain] = [
      await ask('main-abc123.js', 'gzip, deflate, br'),
      await ask('main-abc123.js', 'gzip'),
      await ask('main-abc123.js', 'identity'),
    ];
    expect([br, gz, plain].map(({headers}) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined]);
    expect(br.bytes).toEqual(brotliCompressSync(script));
    expect(gz.bytes).toEqual(gzipSync(script));
    expect(plain.bytes.toString()).toBe(script);
    for (const {headers} of [br, gz, plain]) {
      expect(headers['content-type']).toMatch(/^text\/javascript/);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers.vary).toBe('Accept-Encoding');
    }
    const tiny = await ask('tiny-abc123.css', 'br');
    expect([tiny.headers['content-encoding'], tiny.headers['content-type']]).toEqual([
      undefined,
      'text/css; charset=utf-8',
    ]);
  } finally {
    server.close();
    rmSync(folder, {recursive: true});
  }
});
