import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
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
} from '@plenary/room/testing/forgery';
import {marker, namesOf, someAuthor} from './grounds.ts';

/** An update that no honest client sends. `own` is a clientID that the attacker may write under. */
export interface ForgedUpdate {
  readonly name: string;
  make(doc: Y.Doc, own: number): Uint8Array;
}

type Write = (encoder: encoding.Encoder) => void;
const length =
  (count: number): Write =>
  encoder =>
    encoding.writeVarUint(encoder, count);
const text =
  (letters: string): Write =>
  encoder =>
    encoding.writeVarString(encoder, letters);

function inRoot(root: string, client: number, clock: number, info: number, write: Write): Uint8Array {
  return forge({
    client,
    clock,
    info,
    write: encoder => {
      writeRoot(encoder, root);
      write(encoder);
    },
  });
}

function attribute(own: number, key: string, value: Write, type: number = content.any): Uint8Array {
  return inRoot('paragraphs', own, 0, type | hasKey, encoder => {
    encoding.writeVarString(encoder, key);
    value(encoder);
  });
}

function between(own: number, left: readonly [number, number], right: readonly [number, number]): Uint8Array {
  return forge({
    client: own,
    clock: 0,
    info: content.string | hasOrigin | hasRightOrigin,
    write: encoder => {
      writeId(encoder, ...left);
      writeId(encoder, ...right);
      encoding.writeVarString(encoder, marker);
    },
  });
}

function deep(levels: number): Write {
  return encoder => {
    encoding.writeVarUint(encoder, 1);
    for (let level = 0; level < levels; level++) {
      encoding.writeUint8(encoder, 117);
      encoding.writeVarUint(encoder, 1);
    }
    encoding.writeUint8(encoder, 126);
  };
}

function nested(...keys: string[]): Write {
  return encoder => {
    encoding.writeVarUint(encoder, 1);
    for (const key of keys) {
      encoding.writeUint8(encoder, 118);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, key);
    }
    encoding.writeUint8(encoder, 120);
  };
}

function manyClients(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, count);
  for (let at = 0; at < count; at++) {
    for (const number of [1, 900_000 + at, 0]) encoding.writeVarUint(encoder, number);
    encoding.writeUint8(encoder, content.string);
    writeRoot(encoder, 'body');
    encoding.writeVarString(encoder, marker);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

const firstName = (doc: Y.Doc): string => namesOf(doc)[0] ?? '';

export const forgedUpdates: readonly ForgedUpdate[] = [
  {
    name: 'a fake collected struct at the next clock of somebody else',
    make(doc) {
      const {client, clock} = someAuthor(doc);
      return forge({client, clock, info: content.gc, write: length(1e9)});
    },
  },
  {
    name: 'words under the client of somebody else',
    make: doc => updateBy(someAuthor(doc).client, doc, body => body.insert(3, marker, {})),
  },
  {
    name: 'words in the future of somebody else',
    make(doc) {
      const {client, clock} = someAuthor(doc);
      return inRoot('body', client, clock + 1_000, content.string, text(marker));
    },
  },
  {
    name: 'a skip that swallows the clocks of somebody else',
    make(doc) {
      const {client, clock} = someAuthor(doc);
      return forge({client, clock, info: content.skip, write: length(5_000)});
    },
  },
  {
    name: 'a collected struct of its own',
    make: (_, own) => forge({client: own, clock: 0, info: content.gc, write: length(1e9)}),
  },
  {
    name: 'a deleted struct of terabytes',
    make: (_, own) => inRoot('body', own, 0, content.deleted, length(2 ** 40)),
  },
  {name: 'a gap in its own clocks', make: (_, own) => inRoot('body', own, 77, content.string, text(marker))},
  {
    name: 'a skip in its own clocks',
    make: (_, own) => forge({client: own, clock: 0, info: content.skip, write: length(5)}),
  },
  {name: 'bytes that are no update', make: () => new Uint8Array([255, 255, 255, 255, 1])},
  {name: 'no bytes at all', make: () => new Uint8Array()},
  {
    name: 'a length that promises 4 GB',
    make: () => new Uint8Array([1, 1, 1, 0, 4, 1, 4, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  },
  {name: 'a million structs that are not there', make: () => new Uint8Array([0xff, 0xff, 0x7f, 0xff, 0xff, 0x7f])},
  {name: 'a client beyond 32 bits', make: () => inRoot('body', 2 ** 32, 0, content.string, text(marker))},
  {name: 'a client beyond 53 bits', make: () => inRoot('body', 2 ** 53 - 1, 0, content.string, text(marker))},
  {name: 'two hundred new clients in one update', make: () => manyClients(200)},
  {
    name: 'an embed that is no opener',
    make: (_, own) => inRoot('body', own, 0, content.embed, text('{"image":"http://127.0.0.1/x.png"}')),
  },
  {
    name: 'an embed with a prototype',
    make: (_, own) => inRoot('body', own, 0, content.embed, text('{"__proto__":{"p":"x"}}')),
  },
  {
    name: 'an opener with markup for a name',
    make: (_, own) => inRoot('body', own, 0, content.embed, text('{"p":"<img>"}')),
  },
  {
    name: 'the name of a live paragraph',
    make: (doc, own) => updateBy(own, doc, body => body.insertEmbed(body.length, {p: firstName(doc)}, {})),
  },
  {
    name: 'one name twice',
    make: (doc, own) =>
      updateBy(own, doc, body => {
        body.insertEmbed(0, {p: 'twice-twice-twice'}, {});
        body.insertEmbed(3, {p: 'twice-twice-twice'}, {});
      }),
  },
  {
    name: 'a value twenty thousand levels deep',
    make: (doc, own) => attribute(own, `${firstName(doc)}.kind`, deep(20_000)),
  },
  {
    name: 'a value with a prototype',
    make: (doc, own) => attribute(own, `${firstName(doc)}.kind`, nested('__proto__', 'polluted')),
  },
  ...['__proto__', 'constructor', '.kind', 'a b.kind'].map(key => ({
    name: `the attribute ${key}`,
    make: (doc: Y.Doc, own: number) => updateBy(own, doc, (_, attributes) => attributes.set(key, 'x')),
  })),
  ...(
    [
      ['kind', 'x'.repeat(999)],
      ['kind', '<b>'],
      ['level', 99],
      ['level', -1],
      ['dir', 'up'],
      ['lang', '"><script>'],
      ['gone', 1],
      ['onclick', 'x'],
    ] as const
  ).map(([key, value]) => ({
    name: `the value ${JSON.stringify(value).slice(0, 20)} of ${key}`,
    make: (doc: Y.Doc, own: number) =>
      updateBy(own, doc, (_, attributes) => attributes.set(`${firstName(doc)}.${key}`, value)),
  })),
  {
    name: 'an order key, which is the server’s',
    make: (doc, own) => updateBy(own, doc, (_, attributes) => attributes.set(`${firstName(doc)}.at`, 'zzz')),
  },
  ...[new Y.Map(), new Y.Array(), new Y.Doc(), new Uint8Array(9), {a: 1}, ['x']].map((value, index) => ({
    name: `a value of a type that no attribute has (${['map', 'array', 'subdocument', 'bytes', 'object', 'list'][index]})`,
    make: (doc: Y.Doc, own: number) =>
      updateBy(own, doc, (_, attributes) => {
        const fresh = value instanceof Y.Map ? new Y.Map() : value instanceof Y.Array ? new Y.Array() : value;
        attributes.set(`${firstName(doc)}.kind`, value instanceof Y.Doc ? new Y.Doc() : fresh);
      }),
  })),
  {
    name: 'a type inside the text',
    make: (doc, own) => updateBy(own, doc, body => body.insertEmbed(1, new Y.Text(marker), {})),
  },
  {
    name: 'a text longer than a whole paper',
    make: (doc, own) => updateBy(own, doc, body => body.insert(1, marker.repeat(400_000), {})),
  },
  ...['evil', '__proto__', 'body2', 'constructor'].map(root => ({
    name: `the root ${root}`,
    make: (doc: Y.Doc, own: number) =>
      updateBy(own, doc, (_body, _map, other) => other.getText(root).insert(0, marker)),
  })),
  {
    name: 'a child of a letter',
    make(doc, own) {
      const {client} = someAuthor(doc);
      return forge({
        client: own,
        clock: 0,
        info: content.string,
        write: encoder => {
          encoding.writeVarUint(encoder, 0);
          writeId(encoder, client, 0);
          encoding.writeVarString(encoder, marker);
        },
      });
    },
  },
  {
    name: 'an attribute on the text itself',
    make: (doc, own) => updateBy(own, doc, body => body.setAttribute('x', 1)),
  },
  {name: 'words among the attributes', make: (_, own) => inRoot('paragraphs', own, 0, content.string, text(marker))},
  ...['javascript:alert(1)', ' https://a', 'data:text/html,x', 'vbscript:x', '//evil.example'].map(link => ({
    name: `a link to ${link}`,
    make: (doc: Y.Doc, own: number) => updateBy(own, doc, body => body.format(1, 2, {link})),
  })),
  ...['onclick', '__proto__', 'constructor', 'style'].map(mark => ({
    name: `the format ${mark}`,
    make: (doc: Y.Doc, own: number) => updateBy(own, doc, body => body.format(1, 2, Object.fromEntries([[mark, 'x']]))),
  })),
  {
    name: 'deleting what is not written yet',
    make: doc => forgeDeletion(someAuthor(doc).client, 0, 99_999_999),
  },
  {name: 'deleting what nobody wrote', make: (_, own) => forgeDeletion(own + 5, 0, 1)},
  {
    name: 'leaning on what is not there',
    make(doc, own) {
      const {client, clock} = someAuthor(doc);
      return between(own, [client, clock + 50], [client, clock + 51]);
    },
  },
  {
    name: 'neighbours that are crossed',
    make(doc, own) {
      const {client} = someAuthor(doc);
      return between(own, [client, 5], [client, 3]);
    },
  },
  {
    name: 'origins far apart, which stretch over everybody’s words',
    make(doc, own) {
      const {client} = someAuthor(doc);
      return between(own, [client, 3], [client, 3]);
    },
  },
];
