import {afterAll, beforeAll, expect, test} from 'vitest';
import * as encoding from 'lib0/encoding';
import {Refusal} from '@plenary/domain/refusal';
import {doors} from '@plenary/domain/rights/doors';
import {readMessage} from '@plenary/room/messages';
import {startInstance, type TestInstance} from '../testing/instance.ts';
import {liveDoors} from './live.ts';
import {operatorDoors} from './operator-door.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.close());

interface Layer {
  route?: {path: string | string[]; methods: Record<string, boolean>; stack: {method?: string}[]};
}

/** What express really listens to. */
function openRoutes(): string[] {
  const {stack} = instance.running.web.express.router as unknown as {stack: Layer[]};
  return stack.flatMap(({route}) => {
    if (!route) return [];
    const path = [route.path].flat().find(one => one !== '/') ?? '/';
    const names = Object.keys(route.methods).map(method => method.toUpperCase());
    // express lists every method there is.
    const methods = names.length > 20 ? ['ALL'] : names;
    return methods.map(method => `${method} ${path}`);
  });
}

/** Names of the messages that a room takes, found by sending it every kind that there could be. */
function roomMessages(): string[] {
  const found = new Set<string>();
  for (let type = 0; type < 300; type++) {
    for (let inner = 0; inner < 20; inner++) {
      for (const rest of [[inner, 0], [1, inner, 0], helloBody()]) {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, type);
        for (const byte of rest) encoding.writeUint8(encoder, byte);
        const name = nameOf(encoding.toUint8Array(encoder), type);
        if (name) found.add(`room ${name}`);
      }
    }
  }
  return [...found];
}

function helloBody(): number[] {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, JSON.stringify({schema: 1, epoch: null, clientId: 1, language: 'en'}));
  return [...encoding.toUint8Array(encoder)];
}

function nameOf(frame: Uint8Array, type: number): string | null {
  try {
    const message = readMessage(frame);
    if (message.is === 'step1') return 'sync.step1';
    if (message.is !== 'update') return message.is;
    if (message.n !== null) return 'numbered';
    return message.isAnswer ? 'sync.step2' : 'sync.update';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'room.unknown-message' || error.code === 'room.malformed') return null;
    throw new Error(`type ${type}`, {cause: error});
  }
}

test('R4: every route, live event and room message stands in the permission table, and the other way round', () => {
  const opened = [...openRoutes(), ...liveDoors, 'room upgrade', 'room polling', ...roomMessages(), ...operatorDoors];
  expect(opened.toSorted()).toEqual(Object.keys(doors).toSorted());
});

test('R3: the description names every route of the API that better-auth does not answer', async () => {
  const {body} = await instance.call<{paths: Record<string, Record<string, unknown>>}>('GET', '/api/openapi.json');
  const described = Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
  );
  const wanted = Object.keys(doors).filter(
    door => / \/api\//.test(door) && !door.startsWith('ALL ') && !door.endsWith('/api/openapi.json'),
  );
  expect(described.toSorted()).toEqual(wanted.map(door => door.replace(/:(\w+)/g, '{$1}')).toSorted());
});

test('R3: what is not listed is not there', async () => {
  for (const [method, path] of [
    ['GET', '/api/nothing'],
    ['DELETE', '/api/papers/x'],
    ['PUT', '/api/me'],
    ['POST', '/anything'],
    ['GET', '/api/auth/list-sessions'],
    ['POST', '/api/auth/update-user'],
    ['GET', '/assets/none.js'],
  ] as const) {
    expect(await instance.call(method, path), `${method} ${path}`).toMatchObject({
      status: 404,
      body: {refusal: 'not-found'},
    });
  }
});
