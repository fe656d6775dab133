import {constants, deflateRawSync} from 'node:zlib';

/** As far back as compressed bytes can point. */
const window = 32 * 1024;
/** Frames after which newcomers are taken into the chain. */
const longestEpoch = 30;

/** How the body of a gzip stream begins: no name, no time. */
export const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** How it ends: an empty last block, checksum and length of all that was in it. */
export function gzipEnd(checksum: number, length: number): Buffer {
  const end = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  end.writeUInt32LE(checksum >>> 0, 2);
  end.writeUInt32LE(length >>> 0, 6);
  return end;
}

/** Compressed bytes that may follow anything. */
export function packAlone(bytes: Buffer): Buffer {
  return deflateRawSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH});
}

export interface Packed {
  /** Those who were taken in at this epoch or before get `shared`, others `alone`. */
  readonly epoch: number;
  shared(): Buffer;
  alone(): Buffer;
}

/**
 * Compresses the frames of a lane once for all followers, and yet with their common past in view: three letters in a
 * known paragraph become some 25 bytes. A compressed frame may only point back to what every receiver has had right before
 * it; so the chain begins anew for newcomers, and whenever somebody was sent something of their own.
 */
export class FrameChain {
  private past = Buffer.alloc(0);
  private frames = 0;
  private epoch = 0;

  /** The epoch in which someone who comes now shares the whole past. */
  join(): number {
    return this.past.length === 0 ? this.epoch : this.epoch + 1;
  }

  hasNewcomers(followers: readonly {readonly epoch: number}[]): boolean {
    return followers.some(({epoch}) => epoch > this.epoch);
  }

  /** Nobody's past is the same as another's any more. */
  begin(): void {
    if (this.past.length === 0) return;
    this.past = Buffer.alloc(0);
    this.frames = 0;
    this.epoch++;
  }

  /** `newcomers`: some followers are not in the chain yet. */
  pack(bytes: Buffer, newcomers: boolean): Packed {
    if (newcomers && this.frames >= longestEpoch) this.begin();
    const {past: dictionary, epoch} = this;
    this.frames++;
    this.past = Buffer.concat([dictionary, bytes]).subarray(-window);
    const options = {finishFlush: constants.Z_SYNC_FLUSH, ...(dictionary.length > 0 ? {dictionary} : {})};
    return {epoch, shared: once(() => deflateRawSync(bytes, options)), alone: once(() => packAlone(bytes))};
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: {value: Value} | undefined;
  return () => (made ??= {value: make()}).value;
}
