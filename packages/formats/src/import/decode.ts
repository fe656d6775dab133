import {Refusal} from '@plenary/domain/refusal';

export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** False where the encoding is a guess: neither marked nor valid UTF-8. */
  readonly certain: boolean;
}

/** First bytes of files that hold words in another form than text: PDF, ZIP (Word, OpenDocument), old Word, RTF, images. */
const otherFiles: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46, 0x2d],
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x7b, 0x5c, 0x72, 0x74, 0x66],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x1f, 0x8b],
];

/** The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows-1252. Refuses `format.not-text`. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return checked(decode('utf-16le', bytes), 'utf-16le', true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return checked(decode('utf-16be', bytes), 'utf-16be', true);
  if (otherFiles.some(start => start.every((byte, at) => bytes[at] === byte))) throw new Refusal('format.not-text');
  try {
    return checked(new TextDecoder('utf-8', {fatal: true}).decode(bytes), 'utf-8', true);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return checked(fromWindows1252(bytes), 'windows-1252', false);
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

/** The bytes 80 to 9F; all others are the same as in Unicode. Node's own decoder takes them for control characters. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function fromWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, sign => windows1252[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** Text has hardly any control characters and none that is zero. */
function checked(text: string, encoding: Decoded['encoding'], certain: boolean): Decoded {
  const controls = text.match(/(?!\s)\p{Cc}/gu)?.length ?? 0;
  if (text.includes('\u0000') || controls > 4 + text.length / 200) throw new Refusal('format.not-text');
  return {text, encoding, certain};
}
