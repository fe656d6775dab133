import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {encodeSync, frameType, syncType} from '@plenary/protocol/frames';
import {appendWords, RawRoom} from '../support/raw-room.ts';
import {until} from '../support/server.ts';
import {forgedUpdates, type ForgedUpdate} from './forged-updates.ts';
import {marker, outcome, pause, someAuthor, type Attack, type Grounds} from './grounds.ts';

function ownClient(): number {
  return 1_000_000 + Math.floor(Math.random() * 2 ** 31);
}

const ways = {
  'a numbered frame': (room: RawRoom, update: Uint8Array) => room.sendUpdate(update),
  'a plain update': (room: RawRoom, update: Uint8Array) => {
    room.send(encodeSync(syncType.update, update));
    return 0;
  },
  'a second step': (room: RawRoom, update: Uint8Array) => {
    room.send(encodeSync(syncType.step2, update));
    return 0;
  },
} as const;

/** Every forged update by every message type that carries updates. */
const forgeries: readonly Attack[] = forgedUpdates.flatMap(({name, make}) =>
  Object.entries(ways).map(([way, send]): Attack => ({
    name: `${name}, by ${way}`,
    run: grounds => forgery(grounds, make, send),
  })),
);

async function forgery(
  grounds: Grounds,
  make: ForgedUpdate['make'],
  send: (typeof ways)[keyof typeof ways],
): Promise<string | null> {
  const room = await grounds.join();
  try {
    const before = Y.snapshot(room.doc);
    const n = send(room, make(room.doc, ownClient()));
    const said = await outcome(room, n);
    if (said === 'taken') {
      // Nothing new may be in it.
      const fresh = await grounds.join();
      const same = Y.equalSnapshots(before, Y.snapshot(fresh.doc));
      fresh.close();
      return same ? null : 'The room took it.';
    }
    return null;
  } finally {
    room.close();
  }
}

/** An observer sends what a delegate may send, by every message type. */
const writingReaders: readonly Attack[] = Object.entries(ways).map(([way, send]) => ({
  name: `an observer writes by ${way}`,
  async run(grounds) {
    const room = await grounds.join({cookie: grounds.cookies.observer});
    try {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc));
      const updates: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => updates.push(update));
      appendWords(marker)(doc);
      const n = send(room, updates[0] ?? new Uint8Array());
      return (await outcome(room, n)) === 'taken' ? 'The room took it.' : null;
    } finally {
      room.close();
    }
  },
}));

function awareness(client: number, clock: number, state: string): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, 1);
  encoding.writeVarUint(inner, client);
  encoding.writeVarUint(inner, clock);
  encoding.writeVarString(inner, state);
  const outer = encoding.createEncoder();
  encoding.writeVarUint(outer, frameType.awareness);
  encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner));
  return encoding.toUint8Array(outer);
}

/** What a neighbour in the room received, as text, to be searched for what was forged. */
async function heardBy(
  grounds: Grounds,
  attack: (attacker: RawRoom, neighbour: RawRoom) => Promise<void>,
): Promise<string> {
  const [attacker, neighbour] = [await grounds.join(), await grounds.join({cookie: grounds.cookies.victim})];
  try {
    const from = neighbour.received.length;
    await attack(attacker, neighbour);
    await pause(400);
    return neighbour.received
      .slice(from)
      .map(frame => Buffer.from(frame).toString('utf8'))
      .join('\n');
  } finally {
    attacker.close();
    neighbour.close();
  }
}

const presence: readonly Attack[] = [
  {
    name: 'a cursor under another’s name',
    async run(grounds) {
      const forged = JSON.stringify({user: {name: `Dina ${marker}`}, member: {handle: `Dina ${marker}`}, cursor: null});
      const heard = await heardBy(grounds, async room => room.send(awareness(room.doc.clientID, 1, forged)));
      return heard.includes(marker) ? 'The forged name was relayed.' : null;
    },
  },
  {
    name: 'somebody else’s cursor taken away',
    async run(grounds) {
      const [attacker, victim] = [await grounds.join(), await grounds.join({cookie: grounds.cookies.victim})];
      const witness = await grounds.join({cookie: grounds.cookies.chair});
      try {
        victim.send(awareness(victim.doc.clientID, 1, JSON.stringify({cursor: {anchor: null, head: null}})));
        await pause(300);
        const from = witness.received.length;
        attacker.send(awareness(victim.doc.clientID, 2 ** 31, 'null'));
        await pause(400);
        const gone = witness.received.slice(from).some(frame => Buffer.from(frame).includes('null'));
        return gone && victim.closed === undefined && attacker.closed === undefined
          ? 'The victim’s presence was ended.'
          : null;
      } finally {
        for (const room of [attacker, victim, witness]) room.close();
      }
    },
  },
  ...[
    ['that is no object', '"☠"'],
    ['with a prototype', '{"__proto__":{"☠":1}}'],
    ['that is no JSON', '{☠'],
    ['of 100 kB', JSON.stringify({cursor: '☠'.repeat(33_000)})],
  ].map(([what, state]): Attack => ({
    name: `presence ${what}`,
    async run(grounds) {
      const heard = await heardBy(grounds, async room => room.send(awareness(room.doc.clientID, 1, state ?? '')));
      return heard.includes(marker) ? 'It was relayed.' : null;
    },
  })),
  {
    name: 'two thousand cursors in a second',
    async run(grounds) {
      let received = 0;
      await heardBy(grounds, async (room, neighbour) => {
        const from = neighbour.received.length;
        for (let clock = 1; clock <= 2_000; clock++) {
          room.send(awareness(room.doc.clientID, clock, JSON.stringify({cursor: {anchor: null, head: null, clock}})));
        }
        await pause(1_000);
        received = neighbour.received.length - from;
      });
      return received > 60 ? `A neighbour heard ${received} frames.` : null;
    },
  },
];

const frames: readonly Attack[] = [
  ...[5, 42, 99, 100, 101, 103, 105, 255, 2 ** 28].map((type): Attack => ({
    name: `the message type ${type}`,
    async run(grounds) {
      const heard = await heardBy(grounds, async room => {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, type);
        encoding.writeVarString(encoder, marker);
        room.send(encoding.toUint8Array(encoder));
      });
      return heard.includes(marker) ? 'It was relayed.' : null;
    },
  })),
  {
    name: 'numbered frames without a hello',
    async run(grounds) {
      const room = await grounds.join({hello: false});
      try {
        const n = room.edit(appendWords(marker));
        return (await outcome(room, n)) === 'taken' ? 'The room took it.' : null;
      } finally {
        room.close();
      }
    },
  },
  {
    name: 'a hello under the client of somebody else',
    async run(grounds) {
      const room = await grounds.join({hello: false});
      try {
        const {client} = someAuthor(room.doc);
        room.doc.clientID = client;
        room.sendHello(null);
        await pause(200);
        if (room.closed !== undefined || room.refused) return null;
        const n = room.edit(appendWords(marker));
        return (await outcome(room, n)) === 'taken' ? 'It wrote as somebody else.' : null;
      } finally {
        room.close();
      }
    },
  },
  {
    name: 'the whole of another paper, with its authors',
    async run(grounds) {
      const other = await RawRoom.join(grounds.url, grounds.cookies.attacker, 'joint-statement');
      const [attacker, victim] = [await grounds.join(), await grounds.join({cookie: grounds.cookies.victim})];
      try {
        const before = victim.text();
        await outcome(attacker, attacker.sendUpdate(Y.encodeStateAsUpdate(other.doc)));
        await victim.whenAcknowledged(victim.edit(appendWords(' Still here.')));
        const stands = before.split(' ').every(word => victim.text().includes(word));
        return stands && victim.closed === undefined ? null : 'It did harm to what stood there.';
      } finally {
        for (const room of [other, attacker, victim]) room.close();
      }
    },
  },
  {
    name: 'twenty thousand questions for the whole paper',
    async run(grounds) {
      // Another member: whoever floods is read slowly afterwards, and the next attacks are not to wait for it.
      const room = await grounds.join({cookie: grounds.cookies.observer});
      const question = encodeSync(syncType.step1, new Uint8Array([0]));
      for (let turn = 0; turn < 20_000 && room.closed === undefined; turn++) room.send(question);
      await pause(500);
      room.close();
      return null;
    },
  },
];

/** What is done to somebody who has words that the server does not know yet. */
const victims: readonly Attack[] = [
  {
    name: 'the next clocks of a victim who is offline',
    async run(grounds) {
      const victim = await grounds.join({cookie: grounds.cookies.victim});
      await victim.whenAcknowledged(victim.edit(appendWords(' Online.')));
      const kept = victim.doc;
      const {clientID} = kept;
      victim.close();
      await pause(100);
      const attacker = await grounds.join();
      const clock = Y.getState(attacker.doc.store, clientID);
      const poisoned = updateBy(attacker.doc, clientID, clock);
      await outcome(attacker, attacker.sendUpdate(poisoned));
      attacker.close();
      const words = ` Offline ${Date.now().toString(36)}.`;
      kept.transact(() => appendWords(words)(kept));
      const back = await grounds.join({cookie: grounds.cookies.victim, hello: false});
      back.doc.clientID = clientID;
      back.sendHello(null);
      await until(() => back.hello !== undefined, 5_000, 'the hello');
      await back.whenAcknowledged(back.sendUpdate(Y.encodeStateAsUpdate(kept, Y.encodeStateVector(back.doc))));
      back.close();
      return (await grounds.text()).includes(words.trim()) ? null : 'The victim’s words are lost.';
    },
  },
  {
    name: 'the next clocks of a victim whose words are on their way',
    async run(grounds) {
      const [victim, attacker] = [await grounds.join({cookie: grounds.cookies.victim}), await grounds.join()];
      try {
        const words = ` Under way ${Date.now().toString(36)}.`;
        const {clientID} = victim.doc;
        attacker.sendUpdate(updateBy(attacker.doc, clientID, 0));
        const n = victim.edit(appendWords(words));
        await victim.whenAcknowledged(n);
        return (await grounds.text()).includes(words.trim()) ? null : 'The victim’s words are lost.';
      } finally {
        victim.close();
        attacker.close();
      }
    },
  },
];

function updateBy(_doc: Y.Doc, client: number, clock: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8(encoder, 4);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, 'body');
  encoding.writeVarString(encoder, marker);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

export const roomAttacks: readonly Attack[] = [...forgeries, ...writingReaders, ...presence, ...frames, ...victims];
