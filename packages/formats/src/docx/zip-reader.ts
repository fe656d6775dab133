import {crc32} from 'node:zlib';
import {Refusal, type RefusalCode} from '@plenary/domain/refusal';
import {fromBuffer, type Entry, type ZipFile} from 'yauzl';

/** What a file may unpack to. A Word file of 300,000 words has some 30 MB of XML in a dozen parts. */
const most = {entries: 4_096, all: 256 * 1024 * 1024, read: 48 * 1024 * 1024, ratio: 250};
/** Below this size any ratio is harmless. */
const small = 1024 * 1024;

/** The parts of an Office file by name, inflated only when asked for. */
export interface Package {
  readonly names: ReadonlySet<string>;
  /** Null when there is none. Refuses `format.too-large` and `format.damaged` by what really comes out. */
  read(name: string): Promise<Buffer | null>;
}

/**
 * Opens a ZIP file as far as its list of parts. Refuses `format.damaged`, `format.encrypted`, `format.unsafe` (names that
 * lead elsewhere) and `format.too-large` (by what it says of itself; what it does not say is found when it is read).
 */
export async function openPackage(bytes: Uint8Array): Promise<Package> {
  const zip = await open(bytes);
  if (zip.entryCount > most.entries) throw new Refusal('format.too-large');
  const entries = await entriesOf(zip);
  let declared = 0;
  for (const entry of entries.values()) {
    if (entry.isEncrypted()) throw new Refusal('format.encrypted');
    declared += entry.uncompressedSize;
    const bomb = entry.uncompressedSize > small && entry.uncompressedSize > entry.compressedSize * most.ratio;
    if (bomb || declared > most.all) throw new Refusal('format.too-large');
  }
  let left = most.read;
  return {
    names: new Set(entries.keys()),
    async read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const part = await inflate(zip, entry, left);
      left -= part.length;
      return part;
    },
  };
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      {lazyEntries: true, autoClose: false, validateEntrySizes: true},
      (error, zip) => (error ? reject(refusalOf(error)) : resolve(zip)),
    );
  });
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', error => reject(refusalOf(error as Error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      // Two parts of one name: two programs would read two files.
      if (entries.has(entry.fileName)) reject(new Refusal('format.damaged'));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function inflate(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(refusalOf(error));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= limit && (size <= small || size <= entry.compressedSize * most.ratio)) return;
        reject(new Refusal('format.too-large'));
        stream.destroy();
      });
      stream.on('error', failed => reject(refusalOf(failed)));
      stream.on('end', () => {
        const part = Buffer.concat(chunks);
        if (crc32(part) === entry.crc32) resolve(part);
        else reject(new Refusal('format.damaged'));
      });
    });
  });
}

function refusalOf(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  return Object.assign(new Refusal(codeOf(error.message)), {cause: error});
}

/** By what yauzl says. */
function codeOf(message: string): RefusalCode {
  if (/relative path|absolute path|invalid characters/.test(message)) return 'format.unsafe';
  return /encrypt/.test(message) ? 'format.encrypted' : 'format.damaged';
}
