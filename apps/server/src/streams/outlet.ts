import type {ServerResponse} from 'node:http';
import {crc32} from 'node:zlib';
import {gzipEnd, gzipHead, packAlone} from './frame-chain.ts';
import type {Packed} from './frame-chain.ts';

/** Where the events of one follower go out, plain or as one gzip stream. */
export class Outlet {
  readonly compressed: boolean;
  /** Since when the frames of its lane may be sent as shared ones. */
  epoch = Infinity;
  private readonly response: ServerResponse;
  private readonly mostWaiting: number;
  private readonly onTooSlow: () => void;
  private checksum = 0;
  private length = 0;

  constructor(response: ServerResponse, options: {compressed: boolean; mostWaiting: number; onTooSlow: () => void}) {
    this.response = response;
    this.compressed = options.compressed;
    this.mostWaiting = options.mostWaiting;
    this.onTooSlow = options.onTooSlow;
  }

  begin(bytes: Buffer): void {
    if (this.compressed) this.response.write(gzipHead);
    this.send(bytes);
  }

  /** Sends the bytes, or lets go of a receiver that is too slow. */
  send(bytes: Buffer, packed?: Packed): void {
    if (this.response.writableLength > this.mostWaiting) {
      this.onTooSlow();
      this.response.destroy();
      return;
    }
    this.response.write(this.compressed ? this.pack(bytes, packed) : bytes);
  }

  end(last: Buffer): void {
    if (!this.compressed) {
      this.response.end(last);
      return;
    }
    const bytes = this.pack(last);
    this.response.end(Buffer.concat([bytes, gzipEnd(this.checksum, this.length)]));
  }

  private pack(bytes: Buffer, packed?: Packed): Buffer {
    this.checksum = crc32(bytes, this.checksum);
    this.length += bytes.length;
    if (!packed) return packAlone(bytes);
    return this.epoch <= packed.epoch ? packed.shared() : packed.alone();
  }
}
