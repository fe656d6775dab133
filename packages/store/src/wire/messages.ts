import {readInt8} from './binary.ts';
import {DatabaseError} from './database-error.ts';
import type {Prepared, WireValue} from './prepared.ts';

// The few messages of PostgreSQL's protocol (version 3) that a prepared statement needs.

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function message(kind: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(kind, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const sync = message('S');
const execute = message('E', text(''), Buffer.alloc(4));

export function parseMessage({name, sql}: Prepared): Uint8Array<ArrayBuffer> {
  return own([message('P', text(name), text(sql), Buffer.alloc(2)), sync]);
}

/** Bind with all parameters and results in binary, Execute and Sync, in memory of its own that can be handed over. */
export function bindMessage({name}: Prepared, parameters: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const statement = text(name);
  let body = 4 + 1 + statement.length + 2 + 2 + 2 + 2 + 2;
  for (const parameter of parameters) body += 4 + parameter.length;
  const head = Buffer.allocUnsafe(1 + 4 + 1 + statement.length + 2 + 2 + 2);
  let offset = head.write('B', 0, 'latin1');
  offset = head.writeInt32BE(body, offset);
  offset = head.writeInt8(0, offset);
  offset += statement.copy(head, offset);
  offset = head.writeInt16BE(1, offset);
  offset = head.writeInt16BE(1, offset);
  head.writeInt16BE(parameters.length, offset);
  const parts: Buffer[] = [head];
  for (const parameter of parameters) {
    const length = Buffer.allocUnsafe(4);
    length.writeInt32BE(parameter.length, 0);
    parts.push(length, parameter);
  }
  const resultsInBinary = Buffer.from([0, 1, 0, 1]);
  return own([...parts, resultsInBinary, execute, sync]);
}

function own(parts: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  let size = 0;
  for (const part of parts) size += part.length;
  const whole = new Uint8Array(new ArrayBuffer(size));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The rows of an answer. Throws the error that it names. */
export function readAnswer(answer: Uint8Array, {columns}: Pick<Prepared, 'columns'>): WireValue[][] {
  const buffer = Buffer.from(answer.buffer, answer.byteOffset, answer.length);
  const rows: WireValue[][] = [];
  for (let at = 0; at + 5 <= buffer.length;) {
    const kind = buffer[at];
    const end = at + 1 + buffer.readInt32BE(at + 1);
    if (kind === 0x45) throw readError(buffer.subarray(at + 5, end));
    if (kind === 0x44) rows.push(readRow(buffer, at + 5, columns));
    at = end;
  }
  return rows;
}

function readRow(buffer: Buffer, start: number, columns: Prepared['columns']): WireValue[] {
  let at = start + 2;
  return columns.map(column => {
    const length = buffer.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    const from = at;
    at += length;
    return column === 'number' ? readInt8(buffer, from) : new Uint8Array(buffer.subarray(from, at));
  });
}

function readError(body: Buffer): DatabaseError {
  const fields = new Map<string, string>();
  for (const field of body.toString('utf8').split('\0')) if (field) fields.set(field.charAt(0), field.slice(1));
  return new DatabaseError({
    message: fields.get('M') ?? 'The database failed.',
    severity: fields.get('V'),
    code: fields.get('C'),
    constraint: fields.get('n'),
    detail: fields.get('D'),
  });
}
