import {randomUUID} from 'node:crypto';
import {createClient} from 'redis';
import type {Bus} from './bus.ts';
import {missed} from './bus.ts';
import {Hearers} from './bus-hearers.ts';

export interface RedisBusOptions {
  readonly url: string;
  /** Before every channel, so that several instances share one Redis. */
  readonly prefix?: string;
  readonly onError?: (error: unknown) => void;
  /** How long the first connection may take, in milliseconds. */
  readonly patience?: number;
}

/**
 * The bus of several processes, by Redis' publish and subscribe. This process hears its own messages at once and by
 * itself, so that it works on alone while Redis is away; what others say meanwhile is lost, which every hearer is told
 * when the connection is back. Rejects when Redis cannot be reached at the start.
 */
export async function createRedisBus(options: RedisBusOptions): Promise<Bus> {
  const {url, prefix = 'plenary:', onError = () => {}, patience = 5000} = options;
  const self = randomUUID();
  const hearers = new Hearers(onError);
  const retries = {reconnectStrategy: (attempt: number) => Math.min(50 * 2 ** attempt, 2000)};
  const speaker = createClient({url, socket: retries, disableOfflineQueue: true});
  const listener = createClient({url, socket: retries});
  let lost = false;
  speaker.on('error', onError);
  listener.on('error', error => {
    lost = true;
    onError(error);
  });
  listener.on('ready', () => {
    if (!lost) return;
    lost = false;
    for (const topic of hearers.topics()) hearers.tellLater(topic, missed);
  });

  function heard(text: string, channel: string): void {
    const topic = channel.slice(prefix.length);
    try {
      const [from, message] = JSON.parse(text) as [string, unknown];
      if (from !== self) hearers.tell(topic, message);
    } catch (error) {
      onError(error);
    }
  }

  /** Channels follow the hearers, one change in flight: a topic that is left and joined again at once ends up joined. */
  const channels = new Set<string>();
  let changing = Promise.resolve();
  let closed = false;
  function follow(topic: string): void {
    changing = changing
      .then(async () => {
        const wanted = hearers.hears(topic);
        if (closed || wanted === channels.has(topic)) return;
        if (wanted) {
          channels.add(topic);
          await listener.subscribe(prefix + topic, heard);
          hearers.tell(topic, missed);
        } else {
          channels.delete(topic);
          await listener.unsubscribe(prefix + topic);
        }
      })
      .catch(onError);
  }

  const late = AbortSignal.timeout(patience);
  const tooLate = new Promise<never>((_resolve, reject) => {
    late.addEventListener('abort', () => reject(new Error(`Redis at ${new URL(url).host} does not answer.`)));
  });
  try {
    await Promise.race([Promise.all([speaker.connect(), listener.connect()]), tooLate]);
  } catch (error) {
    speaker.destroy();
    listener.destroy();
    throw error;
  }

  return {
    publish(topic, message) {
      if (closed) return;
      hearers.tellLater(topic, message);
      speaker.publish(prefix + topic, JSON.stringify([self, message])).catch(onError);
    },
    subscribe(topic, hear) {
      const end = hearers.add(topic, hear);
      follow(topic);
      return () => {
        end();
        follow(topic);
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      hearers.clear();
      await changing;
      // destroy, since a polite end waits for a Redis that may be away
      speaker.destroy();
      listener.destroy();
    },
  };
}
