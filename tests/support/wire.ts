import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** When the last bytes on their way back arrive. */
  backAt: number;
  isMuted: boolean;
}

/** A line to a local port that a test owns: it can be cut, slowed, muted, and left half-open. */
export class Wire {
  /** Milliseconds that answers take longer. */
  delay = 0;
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #to = 0;
  #isCut = false;
  #isMute = false;
  #swallow: {readonly words: string; done(): void} | null = null;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', near => this.#join(near));
  }

  static async open(): Promise<Wire> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new Wire(server);
  }

  lead(port: number): void {
    this.#to = port;
  }

  get lines(): number {
    return this.#pairs.size;
  }

  /** All lines break, and whoever comes is turned away, until it is mended. */
  cut(): void {
    this.#isCut = true;
    for (const pair of this.#pairs) this.#end(pair);
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Nothing passes and nothing breaks, until it speaks again. */
  mute(): void {
    this.#isMute = true;
    for (const {near, far} of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  speak(): void {
    this.#isMute = false;
    for (const {near, far, isMuted} of this.#pairs) {
      if (isMuted) continue;
      near.resume();
      far.resume();
    }
  }

  /** The near ends are gone; the far ends notice only when what this answers with is called. */
  leaveHalfOpen(): () => void {
    const left = [...this.#pairs];
    for (const pair of left) {
      this.#pairs.delete(pair);
      pair.isMuted = true;
      pair.far.removeAllListeners('data');
      pair.far.resume();
      pair.near.destroy();
    }
    return () => {
      for (const {far} of left) far.destroy();
    };
  }

  /** The next bytes that hold these words arrive; their answer does not, and the line breaks. Resolves when it did. */
  swallowAnswerTo(words: string): Promise<void> {
    return new Promise(done => {
      this.#swallow = {words, done};
    });
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }

  #join(near: Socket): void {
    near.on('error', () => near.destroy());
    if (this.#isCut) return void near.resetAndDestroy();
    const far = connect({port: this.#to, host: '127.0.0.1', noDelay: true});
    near.setNoDelay(true);
    const pair: Pair = {near, far, backAt: 0, isMuted: false};
    this.#pairs.add(pair);
    near.on('data', (bytes: Buffer) => this.#forth(pair, bytes));
    far.on('data', (bytes: Buffer) => this.#back(pair, bytes));
    far.on('error', () => this.#end(pair));
    near.on('close', () => pair.isMuted || this.#end(pair));
    far.on('close', () => this.#end(pair));
    if (this.#isMute) {
      near.pause();
      far.pause();
    }
  }

  #forth(pair: Pair, bytes: Buffer): void {
    pair.far.write(bytes);
    if (!this.#swallow || !bytes.includes(this.#swallow.words)) return;
    const {done} = this.#swallow;
    this.#swallow = null;
    pair.isMuted = true;
    // Long enough to be done at the far end.
    setTimeout(() => {
      this.#end(pair);
      done();
    }, 150);
  }

  #back(pair: Pair, bytes: Buffer): void {
    if (pair.isMuted) return;
    if (this.delay === 0 && pair.backAt === 0) return void pair.near.write(bytes);
    const now = performance.now();
    pair.backAt = Math.max(pair.backAt, now + this.delay);
    setTimeout(() => pair.near.write(bytes), pair.backAt - now);
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  }
}
