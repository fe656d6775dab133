import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {describe, expect, test} from 'vitest';

const root = join(import.meta.dirname, '..');

function filesBelow(folder: string, wanted: RegExp): string[] {
  const files: string[] = [];
  for (const entry of readdirSync(join(root, folder), {withFileTypes: true})) {
    if (['node_modules', 'dist', '.git', '.cache', '.data', 'migrations'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...filesBelow(path, wanted));
    else if (wanted.test(entry.name)) files.push(path);
  }
  return files;
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = [...filesBelow('apps', /\.tsx?$/), ...filesBelow('packages', /\.tsx?$/)];
const isTest = (file: string) => /\.(test|contract)\.tsx?$|\/testing\/|\/simulation\//.test(file);

/** Who may import whom; what is not here may import nothing of ours. */
const mayImport: Record<string, readonly string[]> = {
  'packages/domain': [],
  'packages/paper': ['domain'],
  'packages/ledger': ['domain'],
  'packages/protocol': ['domain'],
  'packages/locales': ['domain'],
  'packages/room': ['domain', 'paper', 'protocol'],
  'packages/store': ['domain', 'ledger'],
  'packages/formats': ['domain', 'paper', 'locales'],
  'packages/client': ['domain', 'paper', 'protocol'],
  'packages/scenes': ['client', 'domain', 'paper'],
  'apps/server': ['domain', 'paper', 'ledger', 'protocol', 'locales', 'room', 'store', 'formats'],
  'apps/web': ['domain', 'paper', 'protocol', 'client', 'ledger', 'locales'],
};

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '');
}

describe('the house', () => {
  test('a package imports only the packages that it may', () => {
    const offences: string[] = [];
    for (const file of sources) {
      if (isTest(file)) continue;
      const home = file.split('/').slice(0, 2).join('/');
      const allowed = mayImport[home] ?? [];
      for (const name of importsOf(file)) {
        const other = /^@plenary\/([a-z]+)/.exec(name)?.[1];
        if (!other || home === `packages/${other}`) continue;
        const fromBin = file.startsWith('apps/server/src/bin/') && ['client', 'scenes'].includes(other);
        if (!allowed.includes(other) && !fromBin) offences.push(`${file} imports @plenary/${other}`);
      }
    }
    expect(offences).toEqual([]);
  });

  test('a relative import stays inside its package', () => {
    const offences: string[] = [];
    for (const file of sources) {
      const home = file.split('/').slice(0, 2).join('/');
      for (const name of importsOf(file)) {
        if (!name.startsWith('.')) continue;
        const target = relative(root, join(root, file, '..', name));
        if (!target.startsWith(home)) offences.push(`${file} reaches ${name}`);
      }
    }
    expect(offences).toEqual([]);
  });

  test('rules know no clock, no chance and no dependency', () => {
    const offences: string[] = [];
    for (const file of filesBelow('packages/domain/src', /\.ts$/)) {
      if (isTest(file)) continue;
      if (/Date\.now|new Date\(\)|Math\.random|crypto\./.test(read(file)))
        offences.push(`${file} asks the clock or chance`);
      for (const name of importsOf(file)) if (!name.startsWith('.')) offences.push(`${file} imports ${name}`);
    }
    expect(offences).toEqual([]);
  });

  test('the frames of a room and the rules of the browser need no zod', () => {
    const offences = [
      ...filesBelow('packages/paper/src', /\.ts$/),
      ...filesBelow('packages/client/src', /\.ts$/),
      'packages/protocol/src/frames.ts',
    ].filter(file => !isTest(file) && importsOf(file).includes('zod'));
    expect(offences).toEqual([]);
  });

  test('services know neither express, socket.io nor zod', () => {
    const offences = sources
      .filter(file => file.endsWith('.service.ts'))
      .filter(file => importsOf(file).some(name => ['express', 'socket.io', 'zod', 'ws'].includes(name)));
    expect(offences).toEqual([]);
  });

  test('areas of the client never import each other', () => {
    const offences: string[] = [];
    for (const file of filesBelow('apps/web/src/areas', /\.tsx?$/)) {
      const area = file.split('/')[4];
      for (const name of importsOf(file)) {
        if (!name.startsWith('.')) continue;
        const target = relative(join(root, 'apps/web/src'), join(root, file, '..', name));
        if (target.startsWith('areas/') && target.split('/')[1] !== area) offences.push(`${file} imports ${name}`);
      }
    }
    expect(offences).toEqual([]);
  });

  test('the blocks of ui/ know no area and no sentence of one', () => {
    const offences = filesBelow('apps/web/src/ui', /\.tsx?$/).filter(file =>
      importsOf(file).some(name => name.includes('/areas/') || name.startsWith('@plenary/client')),
    );
    expect(offences).toEqual([]);
  });

  test('styles are logical: nothing is left or right', () => {
    const physical =
      /(?:^|[;{\s])(?:margin|padding|border)-(?:left|right)\b|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:\s*(?:left|right)/;
    const offences: string[] = [];
    for (const file of [...filesBelow('apps', /\.css$/), ...filesBelow('packages', /\.css$/)]) {
      for (const [index, line] of read(file).split('\n').entries()) {
        if (physical.test(line)) offences.push(`${file}:${index + 1} ${line.trim().slice(0, 80)}`);
      }
    }
    expect(offences).toEqual([]);
  });

  test('there is one yjs and one lib0 in the lockfile', () => {
    const lock = read('pnpm-lock.yaml');
    for (const name of ['yjs', 'lib0']) {
      const versions = new Set([...lock.matchAll(new RegExp(`^  ${name}@([0-9.]+)`, 'gm'))].map(match => match[1]));
      expect([...versions], name).toHaveLength(1);
    }
  });

  test('the floors for security hold in the lockfile', () => {
    const floors: Record<string, string> = {ws: '8.23.0', 'engine.io': '6.6.12', 'socket.io-parser': '4.2.7'};
    const lock = read('pnpm-lock.yaml');
    const asNumber = (version: string) => version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
    for (const [name, floor] of Object.entries(floors)) {
      const found = [...lock.matchAll(new RegExp(`^  ${name.replace('.', '\\.')}@([0-9.]+)`, 'gm'))].map(
        match => match[1] ?? '0',
      );
      expect(found.length, name).toBeGreaterThan(0);
      for (const version of found)
        expect(asNumber(version), `${name} ${version}`).toBeGreaterThanOrEqual(asNumber(floor));
    }
  });

  test('every folder of the map in README is there, and every package is on the map', () => {
    const map = read('README.md');
    for (const parent of ['apps', 'packages']) {
      for (const entry of readdirSync(join(root, parent)))
        expect(map, `${parent}/${entry}`).toContain(`${parent}/${entry}`);
    }
    for (const [, path = ''] of map.matchAll(/`((?:apps|packages|tests|docs|scripts)(?:\/[\w.-]+)*)`/g)) {
      expect(() => readdirSync(join(root, path)).length || true, path).not.toThrow(/ENOENT/);
    }
  });

  test('every numbered rule of docs/rules.md has a test that cites it', () => {
    const rules = [...read('docs/rules.md').matchAll(/^\*\*(R\d+)\*\*/gm)].map(match => match[1] ?? '');
    expect(rules.length).toBeGreaterThan(10);
    const cited = new Set<string>();
    for (const file of [...sources, ...filesBelow('tests', /\.ts$/)]) {
      if (!/\.(test|contract)\.tsx?$/.test(file)) continue;
      for (const [rule] of read(file).matchAll(/\bR\d+\b/g)) cited.add(rule);
    }
    expect(rules.filter(rule => !cited.has(rule))).toEqual([]);
  });
});
