import type * as Y from 'yjs';
import {Refusal} from '@plenary/domain/refusal';
import {placesBefore, repairHead, repinAfter, type StoredPlaces} from '@plenary/paper/write';
import type {RoomPorts} from './ports.ts';
import type {WorkingPaper} from './working-paper.ts';

/**
 * What the server writes itself: first texts, moves, joins, and repairs. Each edit is made in a doc of its own and then goes the
 * way of every other update, through the guard and the log, under number 0 or that of the member who asked for it.
 */
export class OwnEdits {
  readonly #ports: RoomPorts;
  readonly #paper: WorkingPaper;
  readonly #released: (bytes: Uint8Array, seq: number) => void;
  readonly #clients = new Map<number, number>();
  #count = 0;
  #mayLackOpener = true;

  constructor(ports: RoomPorts, paper: WorkingPaper, released: (bytes: Uint8Array, seq: number) => void) {
    this.#ports = ports;
    this.#paper = paper;
    this.#released = released;
  }

  /** Resolves when it is durable. Refusals of `work` pass through. */
  async write<Value>(actor: number, work: (doc: Y.Doc) => Value): Promise<Value> {
    await this.#paper.whenReady();
    if (this.#paper.state !== 'ready') throw new Refusal('server.busy');
    const doc = this.#paper.replica.fork();
    const updates: Uint8Array[] = [];
    doc.clientID = this.#clientOf(actor);
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const value = work(doc);
    doc.destroy();
    await Promise.all(updates.map(bytes => this.#append(actor, bytes)));
    return value;
  }

  /** The log knows none of the clients that wrote nothing. */
  forgetClients(): void {
    this.#clients.clear();
  }

  /** Asked before an update that deletes openers is applied, and handed to `repin` after. */
  places(): StoredPlaces | null {
    return placesBefore(this.#paper.replica.fork());
  }

  /** Keeps in place what stood behind a moved paragraph whose opener is gone. */
  repin(places: StoredPlaces | null): void {
    if (places) this.#repair(doc => repinAfter(doc, places));
  }

  /** Something changed that may have left words before the first opener, or no opener at all. */
  expectLoss(): void {
    this.#mayLackOpener = true;
  }

  tick(): void {
    if (!this.#mayLackOpener || this.#paper.state !== 'ready') return;
    this.#mayLackOpener = false;
    if (this.#paper.replica.lacksOpener) this.#repair(doc => repairHead(doc, () => this.#ports.newName()));
  }

  #repair(work: (doc: Y.Doc) => unknown): void {
    void this.write(0, work).catch(cause => this.#ports.trouble?.('repair', cause));
  }

  async #append(actor: number, bytes: Uint8Array): Promise<void> {
    const verdict = this.#paper.replica.check(bytes, {actor, isServer: true});
    if (verdict.adds === 'nothing') return;
    await new Promise<void>((done, fail) => {
      this.#count += 1;
      const row = {actor, connection: this.#ports.ownConnection, n: this.#count, bytes, binds: verdict.binds};
      this.#paper.accept(verdict, {
        row,
        released: seq => {
          this.#released(bytes, seq);
          done();
        },
        lost: () => fail(new Refusal('server.busy')),
      });
    });
  }

  #clientOf(actor: number): number {
    let client = this.#clients.get(actor);
    if (client === undefined) {
      const {authors} = this.#paper.replica;
      do client = this.#ports.newClient();
      while (authors.actorOf(client) !== undefined);
      this.#clients.set(actor, client);
    }
    return client;
  }
}
