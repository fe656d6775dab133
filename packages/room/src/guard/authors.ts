import {Refusal} from '@plenary/domain/refusal';
import {limits} from '../limits.ts';

/** Which actor writes under which client (Yjs clientID). A client belongs to whoever used it first, for good. */
export class Authors {
  readonly #actorOf = new Map<number, number>();
  readonly #clients = new Map<number, number>();
  readonly #unstored = new Set<number>();

  constructor(bindings: Iterable<readonly [client: number, actor: number]>) {
    for (const [client, actor] of bindings) this.#note(client, actor);
  }

  get size(): number {
    return this.#actorOf.size;
  }

  actorOf(client: number): number | undefined {
    return this.#actorOf.get(client);
  }

  clientsOf(actor: number): number {
    return this.#clients.get(actor) ?? 0;
  }

  /** Early, by a hello or a cursor: the log learns of it with the first update. */
  bind(client: number, actor: number): void {
    const owner = this.#actorOf.get(client);
    if (owner === actor) return;
    if (owner !== undefined) throw new Refusal('room.identity-taken');
    if (this.clientsOf(actor) >= limits.clientsOfActor) throw new Refusal('room.too-many-authors');
    this.#note(client, actor);
    this.#unstored.add(client);
  }

  isUnstored(client: number): boolean {
    return this.#unstored.has(client) || !this.#actorOf.has(client);
  }

  /** The log names the owner of these from now on. */
  store(clients: Iterable<number>, actor: number): void {
    for (const client of clients) {
      if (!this.#actorOf.has(client)) this.#note(client, actor);
      this.#unstored.delete(client);
    }
  }

  #note(client: number, actor: number): void {
    this.#actorOf.set(client, actor);
    this.#clients.set(actor, this.clientsOf(actor) + 1);
  }
}
