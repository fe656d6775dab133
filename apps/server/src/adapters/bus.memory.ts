import type {Bus} from './bus.ts';
import {Hearers} from './bus-hearers.ts';

/** The bus of a process that is alone. */
export function createMemoryBus(onError: (error: unknown) => void = () => {}): Bus {
  const hearers = new Hearers(onError);
  return {
    publish: (topic, message) => hearers.tellLater(topic, message),
    subscribe: (topic, hear) => hearers.add(topic, hear),
    async close() {
      hearers.clear();
    },
  };
}
