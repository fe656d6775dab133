import {expect, test} from 'vitest';
import {ConfigProblem, readConfig} from './config.ts';

test('an empty environment is a demonstration on loopback', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    databaseUrl: null,
    redisUrl: null,
    secret: null,
    trustProxy: false,
    limits: true,
    demo: true,
  });
  expect(readConfig({DATA_DIR: '/somewhere'})).toMatchObject({
    dataDir: '/somewhere',
    mailUrl: 'folder:/somewhere/mail',
  });
});

test('a demonstration is off where others can reach it, unless it is asked for', () => {
  expect(readConfig({HOST: '0.0.0.0'}).demo).toBe(false);
  expect(readConfig({DATABASE_URL: 'postgres://root@127.0.0.1/plenary'}).demo).toBe(false);
  expect(readConfig({HOST: '0.0.0.0', DEMO: '1'}).demo).toBe(true);
  expect(readConfig({DEMO: '0'}).demo).toBe(false);
});

test('the public address is an origin', () => {
  expect(readConfig({PUBLIC_URL: 'https://Plenary.example.org/'}).publicUrl).toBe('https://plenary.example.org');
});

test('a value that cannot be used is named in a sentence, and an empty one counts as unset', () => {
  expect(readConfig({PORT: '', LIMITS: ''})).toMatchObject({port: 3000, limits: true});
  for (const [name, value] of [
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'plenary.example.org'],
    ['PUBLIC_URL', 'https://example.org/plenary'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['SECRET', 'short'],
    ['MAIL_URL', 'mail.example.org'],
    ['LIMITS', 'none'],
    ['DEMO', 'yes'],
  ] as const) {
    expect(() => readConfig({[name]: value}), `${name}=${value}`).toThrow(new RegExp(`^${name} must .+\\.$`));
  }
});

test('every wrong value is named at once, and secrets are not repeated', () => {
  const wrong = {PORT: 'eighty', SECRET: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@x'};
  try {
    readConfig(wrong);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigProblem);
    expect((error as Error).message.split('\n')).toHaveLength(3);
    expect((error as Error).message).not.toContain('hunter2');
  }
});

test('a proxy is trusted by number or by address', () => {
  expect(readConfig({TRUST_PROXY: '1'}).trustProxy).toBe(1);
  expect(readConfig({TRUST_PROXY: 'true'}).trustProxy).toBe(1);
  expect(readConfig({TRUST_PROXY: '10.0.0.1'}).trustProxy).toBe('10.0.0.1');
  expect(readConfig({TRUST_PROXY: '0'}).trustProxy).toBe(false);
});
