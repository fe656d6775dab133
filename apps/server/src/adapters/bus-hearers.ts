type Hear = (message: unknown) => void;

/** Who hears what in this process; shared by every kind of bus. */
export class Hearers {
  private readonly byTopic = new Map<string, Set<Hear>>();
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  /** One function may hear a topic twice, so each subscription is its own. */
  add(topic: string, hear: Hear): () => void {
    const own: Hear = message => hear(message);
    const hearers = this.byTopic.get(topic) ?? new Set();
    this.byTopic.set(topic, hearers.add(own));
    return () => {
      hearers.delete(own);
      if (hearers.size === 0 && this.byTopic.get(topic) === hearers) this.byTopic.delete(topic);
    };
  }

  hears(topic: string): boolean {
    return this.byTopic.has(topic);
  }

  topics(): string[] {
    return [...this.byTopic.keys()];
  }

  tell(topic: string, message: unknown): void {
    for (const hear of this.byTopic.get(topic) ?? []) {
      try {
        hear(message);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  /** After the caller's own turn: who publishes inside its own work is not run into by its hearers. */
  tellLater(topic: string, message: unknown): void {
    if (this.hears(topic)) setImmediate(() => this.tell(topic, message));
  }

  clear(): void {
    this.byTopic.clear();
  }
}
