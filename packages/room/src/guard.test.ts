import * as encoding from 'lib0/encoding';
import {describe, expect, test} from 'vitest';
import * as Y from 'yjs';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {Guard} from './guard.ts';
import {Authors} from './guard/authors.ts';
import {isPlaced} from './guard/order.ts';
import {rootsOf} from './guard/places.ts';
import {limits} from './limits.ts';
import {
  content,
  forge,
  forgeDeletion,
  hasKey,
  hasOrigin,
  hasRightOrigin,
  updateBy,
  writeId,
  writeRoot,
} from './testing/forgery.ts';

const ana = 1;
const ben = 2;
const eve = 9;
const anasClient = 111;
const evesClient = 222;

/** `¶hello¶world`, written by Ana under client 111: clocks 0–5 and 7–12 of the text with a kind before each. */
function hall(): {doc: Y.Doc; guard: Guard; authors: Authors; admit: (update: Uint8Array, actor?: number) => void} {
  const doc = new Y.Doc();
  const authors = new Authors([]);
  const guard = new Guard(doc, authors);
  const admit = (update: Uint8Array, actor = eve): void => {
    const verdict = guard.check(update, {actor, isServer: actor === 0});
    Y.applyUpdate(doc, update);
    expect(isPlaced(doc, rootsOf(doc).body._start, verdict.before)).toBe(true);
    guard.commit(verdict);
  };
  admit(
    updateBy(anasClient, doc, (body, attributes) => {
      body.insertEmbed(0, {p: 's0'}, {});
      body.insert(1, 'hello', {});
      body.insertEmbed(6, {p: 's1'}, {});
      body.insert(7, 'world', {});
      attributes.set('s0.kind', 'title');
      attributes.set('s1.kind', 'text');
    }),
    ana,
  );
  return {doc, guard, authors, admit};
}

function codeOf(act: () => unknown): RefusalCode | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** The code with which Eve's update is refused in a fresh hall; null when it is taken. */
function refusalOf(make: (doc: Y.Doc) => Uint8Array, actor = eve): RefusalCode | null {
  const {doc, admit} = hall();
  const update = make(doc);
  return codeOf(() => admit(update, actor));
}

function inBody(client: number, type: number, write: (encoder: encoding.Encoder) => void, clock = 0): Uint8Array {
  return forge({
    client,
    clock,
    info: type,
    write: encoder => {
      writeRoot(encoder, 'body');
      write(encoder);
    },
  });
}

function inMap(key: string, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return forge({
    client: evesClient,
    clock: 0,
    info: type | hasKey,
    write: encoder => {
      writeRoot(encoder, 'paragraphs');
      encoding.writeVarString(encoder, key);
      write(encoder);
    },
  });
}

function between(left: number, right: number, letter = 'x'): Uint8Array {
  return forge({
    client: evesClient,
    clock: 0,
    info: content.string | hasOrigin | hasRightOrigin,
    write: encoder => {
      writeId(encoder, anasClient, left);
      writeId(encoder, anasClient, right);
      encoding.writeVarString(encoder, letter);
    },
  });
}

const length = (count: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, count);
const text = (letters: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, letters);

describe('The guard takes', () => {
  test('what a stock Yjs writes: words, marks, a new paragraph, a kind it has never heard of.', () => {
    const {doc, admit} = hall();
    admit(
      updateBy(evesClient, doc, (body, attributes) => {
        body.insert(3, 'XX', {b: true});
        body.format(1, 4, {link: 'https://example.org/'});
        body.insertEmbed(6, {p: 'new-paragraph'}, {});
        attributes.set('new-paragraph.kind', 'epigraph.v2');
        attributes.set('s0.level', 3);
      }),
    );
    expect(doc.getText('body').length).toBe(15);
  });

  test('the same bytes a second time, from anybody, as nothing new.', () => {
    const {doc, guard, admit} = hall();
    const update = updateBy(333, doc, body => body.insert(3, 'X', {}));
    admit(update, ben);
    expect(guard.check(update, {actor: eve, isServer: false}).adds).toBe('nothing');
  });

  test('an opener made again after it was deleted, as undoing a join does.', () => {
    const again = (doc: Y.Doc): Uint8Array =>
      updateBy(1, doc, body => {
        body.delete(6, 1);
        body.insertEmbed(6, {p: 's1'}, {});
      });
    expect(refusalOf(again, ben)).toBeNull();
  });

  test('format marks that Yjs tidies away, and knows them for no more than that.', () => {
    const {doc, guard, admit} = hall();
    admit(
      updateBy(anasClient, doc, body => body.format(1, 5, {b: true})),
      ana,
    );
    let format = rootsOf(doc).body._start;
    while (format !== null && !(format.content instanceof Y.ContentFormat)) format = format.right;
    const {client, clock} = format!.id;
    expect(guard.check(forgeDeletion(client, clock, 1), {actor: eve, isServer: false}).adds).toBe('tidying');
  });

  test('a browser that returns with several clients of its own, leaning on each other.', () => {
    const {doc, admit} = hall();
    const offline = new Y.Doc();
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(doc));
    for (const client of [9_000, 30, 4_000]) {
      offline.clientID = client;
      offline.getText('body').insert(4, `<${client}>`, {});
    }
    admit(Y.encodeStateAsUpdate(offline, Y.encodeStateVector(doc)), ben);
    expect(doc.getText('body').toString()).toContain('<4000>');
  });
});

describe('The guard refuses', () => {
  test('a fake struct at the next clock of somebody else.', () => {
    const fake = (doc: Y.Doc): Uint8Array =>
      forge({client: anasClient, clock: Y.getState(doc.store, anasClient), info: content.gc, write: length(1e9)});
    expect(refusalOf(fake)).toBe('room.foreign-author');
  });

  test('collected structs, which a flat paper has no use for.', () => {
    for (const count of [1, 1e9]) {
      expect(refusalOf(() => forge({client: evesClient, clock: 0, info: content.gc, write: length(count)}))).toBe(
        'room.content',
      );
    }
  });

  test('a deleted struct of terabytes, and many small ones.', () => {
    expect(refusalOf(() => inBody(evesClient, content.deleted, length(2 ** 40)))).toBe('room.budget');
    const {admit} = hall();
    admit(inBody(evesClient, content.deleted, length(limits.ghosts)));
    expect(codeOf(() => admit(inBody(223, content.deleted, length(1))))).toBe('room.budget');
  });

  test('a gap in the clocks.', () => {
    expect(refusalOf(() => inBody(evesClient, content.deleted, length(1), 7))).toBe('room.gap');
    expect(refusalOf(() => forge({client: evesClient, clock: 0, info: content.skip, write: length(5)}))).toBe(
      'room.gap',
    );
  });

  test('garbage.', () => {
    expect(refusalOf(() => new Uint8Array([255, 255, 255]))).toBe('room.malformed');
    expect(refusalOf(() => new Uint8Array())).toBe('room.malformed');
  });

  test('a client beyond 32 bits, which no log could hold.', () => {
    expect(refusalOf(() => inBody(2 ** 32, content.string, text('x')))).toBe('room.malformed');
  });

  test('words under the client of somebody else.', () => {
    expect(refusalOf(doc => updateBy(anasClient, doc, body => body.insert(3, 'X', {})))).toBe('room.foreign-author');
  });

  test('a client that somebody else has used first, by words or by a cursor.', () => {
    const {doc, admit, authors} = hall();
    admit(
      updateBy(333, doc, body => body.insert(3, 'X', {})),
      ben,
    );
    authors.bind(444, ben);
    expect(codeOf(() => admit(updateBy(333, doc, body => body.insert(3, 'Y', {}))))).toBe('room.foreign-author');
    expect(codeOf(() => admit(updateBy(444, doc, body => body.insert(3, 'Z', {}))))).toBe('room.foreign-author');
  });

  test('two hundred new clients in one update.', () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 200);
    for (let at = 0; at < 200; at++) {
      for (const number of [1, 5_000 + at, 0]) encoding.writeVarUint(encoder, number);
      encoding.writeUint8(encoder, content.string);
      writeRoot(encoder, 'body');
      encoding.writeVarString(encoder, 'x');
    }
    encoding.writeVarUint(encoder, 0);
    expect(refusalOf(() => encoding.toUint8Array(encoder))).toBe('room.too-many-authors');
  });

  test('claiming clients without end.', () => {
    const {authors} = hall();
    let claimed = 0;
    while (codeOf(() => authors.bind(1_000_000 + claimed, eve)) === null) claimed += 1;
    expect(claimed).toBe(limits.clientsOfActor);
  });

  test('an embed that is no opener: a number, null, another key, a prototype, a bad id.', () => {
    for (const json of [
      '7',
      'null',
      '[]',
      '{"p":"x","q":1}',
      '{"__proto__":{"p":"x"}}',
      '{"p":"<img>"}',
      '{"p":7}',
      '{}',
    ]) {
      expect(
        refusalOf(() => inBody(evesClient, content.embed, text(json))),
        json,
      ).toBe('room.content');
    }
  });

  test('the id of a live paragraph, and the same id twice.', () => {
    for (const client of [1, 4_000_000]) {
      const taken = (doc: Y.Doc): Uint8Array =>
        updateBy(client, doc, body => body.insertEmbed(body.length, {p: 's1'}, {}));
      expect(refusalOf(taken)).toBe('room.identity-taken');
    }
    const twice = (doc: Y.Doc): Uint8Array =>
      updateBy(evesClient, doc, body => {
        body.insertEmbed(0, {p: 'n1'}, {});
        body.insertEmbed(3, {p: 'n1'}, {});
      });
    expect(refusalOf(twice)).toBe('room.identity-taken');
  });

  test('taking the name of a live paragraph after the room was opened anew.', () => {
    const {doc} = hall();
    const opened = new Y.Doc();
    Y.applyUpdate(opened, Y.encodeStateAsUpdate(doc));
    const guard = new Guard(opened, new Authors([[anasClient, ana]]));
    const update = updateBy(1, doc, body => body.insertEmbed(body.length, {p: 's1'}, {}));
    expect(codeOf(() => guard.check(update, {actor: eve, isServer: false}))).toBe('room.identity-taken');
  });

  test('a value twenty thousand levels deep.', () => {
    const deep = inMap('s0.kind', content.any, encoder => {
      encoding.writeVarUint(encoder, 1);
      for (let level = 0; level < 20_000; level++) {
        encoding.writeUint8(encoder, 117);
        encoding.writeVarUint(encoder, 1);
      }
      encoding.writeUint8(encoder, 126);
    });
    expect(['room.malformed', 'room.content']).toContain(refusalOf(() => deep));
  });

  test('an object as a value, and no prototype is touched.', () => {
    const polluting = inMap('s0.kind', content.any, encoder => {
      encoding.writeVarUint(encoder, 1);
      for (const key of ['__proto__', 'polluted']) {
        encoding.writeUint8(encoder, 118);
        encoding.writeVarUint(encoder, 1);
        encoding.writeVarString(encoder, key);
      }
      encoding.writeUint8(encoder, 120);
    });
    expect(refusalOf(() => polluting)).toBe('room.content');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('keys that are no attribute of a paragraph.', () => {
    for (const key of ['__proto__', 's0.constructor', 's0', '.kind', 's0.__proto__', 'a b.kind', '~head.onclick']) {
      expect(
        refusalOf(doc => updateBy(evesClient, doc, (_, attributes) => attributes.set(key, 'x'))),
        key,
      ).toBe('room.content');
    }
  });

  test('values that no attribute has.', () => {
    const values: [string, unknown][] = [
      ['s0.kind', 'x'.repeat(999)],
      ['s0.kind', '<b>'],
      ['s0.level', Number.NaN],
      ['s0.level', 9],
      ['s0.dir', 'up'],
      ['s0.gone', 1],
    ];
    for (const [key, value] of values) {
      expect(refusalOf(doc => updateBy(evesClient, doc, (_, attributes) => attributes.set(key, value)))).toBe(
        'room.content',
      );
    }
  });

  test('an order key written or removed by a client.', () => {
    expect(refusalOf(doc => updateBy(evesClient, doc, (_, attributes) => attributes.set('s0.at', 'm')))).toBe(
      'room.server-only',
    );
    const {doc, guard, admit} = hall();
    const pin = updateBy(900, doc, (_, attributes) => attributes.set('s0.at', 'm'));
    const verdict = guard.check(pin, {actor: ben, isServer: true});
    Y.applyUpdate(doc, pin);
    guard.commit(verdict);
    const unpin = updateBy(evesClient, doc, (_, attributes) => attributes.delete('s0.at'));
    expect(codeOf(() => admit(unpin))).toBe('room.server-only');
  });

  test('a text longer than a whole paper.', () => {
    expect(refusalOf(doc => updateBy(evesClient, doc, body => body.insert(1, 'x'.repeat(1_100_000), {})))).toBe(
      'room.too-large',
    );
  });

  test('another root.', () => {
    for (const root of ['evil', '__proto__', 'body2']) {
      expect(refusalOf(doc => updateBy(evesClient, doc, (_body, _map, own) => own.getText(root).insert(0, 'x')))).toBe(
        'room.place',
      );
    }
  });

  test('nested types, sub-documents and bytes.', () => {
    const values = [new Y.Map(), new Y.Doc(), new Uint8Array(9), {a: 1}, ['x']];
    for (const value of values) {
      expect(refusalOf(doc => updateBy(evesClient, doc, (_, attributes) => attributes.set('s0.kind', value)))).toBe(
        'room.content',
      );
    }
    expect(refusalOf(doc => updateBy(evesClient, doc, body => body.insertEmbed(1, new Y.Text('x'), {})))).toBe(
      'room.content',
    );
  });

  test('a child of a struct.', () => {
    const child = forge({
      client: evesClient,
      clock: 0,
      info: content.string,
      write: encoder => {
        encoding.writeVarUint(encoder, 0);
        writeId(encoder, anasClient, 0);
        encoding.writeVarString(encoder, 'x');
      },
    });
    expect(refusalOf(() => child)).toBe('room.place');
  });

  test('an attribute on the text itself.', () => {
    expect(refusalOf(doc => updateBy(evesClient, doc, body => body.setAttribute('x', 1)))).toBe('room.place');
  });

  test('list items in the attributes, values in the text, words as a value.', () => {
    const listItem = forge({
      client: evesClient,
      clock: 0,
      info: content.string,
      write: encoder => {
        writeRoot(encoder, 'paragraphs');
        encoding.writeVarString(encoder, 'x');
      },
    });
    expect(refusalOf(() => listItem)).toBe('room.place');
    const value = inBody(evesClient, content.any, encoder => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeUint8(encoder, 126);
    });
    expect(refusalOf(() => value)).toBe('room.content');
    expect(refusalOf(() => inMap('s0.kind', content.string, text('x')))).toBe('room.content');
  });

  test('a link that runs a script, and a format that nobody knows.', () => {
    for (const link of ['javascript:alert(1)', ' https://a', 'data:text/html,x', 7]) {
      expect(refusalOf(doc => updateBy(evesClient, doc, body => body.format(1, 2, {link})))).toBe('room.link');
    }
    for (const mark of ['onclick', '__proto__', 'constructor']) {
      const format = (doc: Y.Doc): Uint8Array =>
        updateBy(evesClient, doc, body => body.format(1, 2, Object.fromEntries([[mark, 'x']])));
      expect(refusalOf(format)).toBe('room.content');
    }
  });

  test('deleting what is not written yet.', () => {
    expect(refusalOf(() => forgeDeletion(anasClient, 0, 9_999))).toBe('room.future');
    expect(refusalOf(() => forgeDeletion(777, 0, 1))).toBe('room.future');
  });

  test('leaning on what is not there.', () => {
    expect(refusalOf(() => between(5, 500))).toBe('room.missing-dependency');
  });

  test('neighbours in two different places.', () => {
    // Clock 12 is the kind of the first paragraph.
    expect(refusalOf(() => between(3, 12))).toBe('room.place');
  });

  test('neighbours that are crossed, also when one of them comes in the same update.', () => {
    expect(refusalOf(() => between(5, 3))).toBe('room.place');
    expect(refusalOf(() => between(3, 3))).toBe('room.place');
    const {doc, guard} = hall();
    const encoder = encoding.createEncoder();
    for (const number of [1, 2, evesClient, 0]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, content.string | hasOrigin | hasRightOrigin);
    writeId(encoder, anasClient, 4);
    writeId(encoder, anasClient, 5);
    encoding.writeVarString(encoder, 'x');
    encoding.writeUint8(encoder, content.string | hasOrigin | hasRightOrigin);
    writeId(encoder, evesClient, 0);
    writeId(encoder, anasClient, 2);
    encoding.writeVarString(encoder, 'y');
    encoding.writeVarUint(encoder, 0);
    const update = encoding.toUint8Array(encoder);
    const verdict = guard.check(update, {actor: eve, isServer: false});
    Y.applyUpdate(doc, update);
    expect(isPlaced(doc, rootsOf(doc).body._start, verdict.before)).toBe(false);
  });

  test('crowding one place with thousands of structs, which would stop everybody.', () => {
    const encoder = encoding.createEncoder();
    const count = 15_000;
    for (const number of [1, count, evesClient, 0]) encoding.writeVarUint(encoder, number);
    for (let at = 0; at < count; at++) {
      encoding.writeUint8(encoder, content.string | hasOrigin | hasRightOrigin);
      writeId(encoder, anasClient, 2);
      writeId(encoder, anasClient, 3);
      encoding.writeVarString(encoder, 'x');
    }
    encoding.writeVarUint(encoder, 0);
    const started = performance.now();
    expect(refusalOf(() => encoding.toUint8Array(encoder))).toBe('room.budget');
    expect(performance.now() - started).toBeLessThan(250);
  });

  test('nobody who types backwards for hours offline.', () => {
    const {doc, admit} = hall();
    const offline = new Y.Doc();
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(doc));
    offline.clientID = evesClient;
    for (let at = 0; at < 5_000; at++) offline.getText('body').insert(1, 'x', {});
    admit(Y.encodeStateAsUpdate(offline, Y.encodeStateVector(doc)));
    expect(doc.getText('body').length).toBe(5_012);
  });
});
