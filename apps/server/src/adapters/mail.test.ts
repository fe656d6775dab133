import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openMail} from './mail.ts';

test('a message becomes a file that only the operator may read, in any script', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plenary-mail-'));
  try {
    const mail = openMail(`folder:${join(folder, 'out')}`, 'Plenary <plenary@localhost>');
    await mail.send({to: 'ana@example.org', subject: 'كلمة مرور', text: 'Open this link:\nhttp://localhost/x\n'});
    mail.close();
    const [name = ''] = readdirSync(join(folder, 'out'));
    const path = join(folder, 'out', name);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('To: ana@example.org');
    expect(text).toContain('From: Plenary <plenary@localhost>');
    expect(text).toContain('http://localhost/x');
    expect(text).not.toContain('text/html');
    expect(statSync(path).mode & 0o077).toBe(0);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
