import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Hindrance} from './http.ts';
import type {RoomClient, RoomClientOptions} from './room-client.ts';
import {flatten, People, socketOf, type, whenText} from './testing/people.ts';
import {RealRoom} from './testing/real-room.ts';

let room: RealRoom;
const people = new People();

beforeEach(async () => {
  room = new RealRoom();
  await room.listen();
});

afterEach(async () => {
  await people.leave();
  await room.kill();
});

/** A network between somebody and the room: what it does to WebSockets can change. */
class Network {
  lets: 'through' | 'nothing' | 'silence' = 'through';
  /** WebSockets tried, and connections by the way that stands in. */
  tried = 0;
  roundabout = 0;
  hindrance: Hindrance = {is: 'websocket'};

  join(member: string, options: Partial<RoomClientOptions> = {}): RoomClient {
    const real = socketOf(member);
    const around = (): void => void this.roundabout++;
    const through = (url: string): [url: string, isMute: boolean] => {
      this.tried++;
      if (this.lets === 'nothing') return ['ws://127.0.0.1:9/', false];
      return [url, this.lets === 'silence'];
    };
    class Hindered extends real {
      private readonly isMute: boolean;
      constructor(url: string) {
        const [to, isMute] = through(url);
        super(to);
        this.isMute = isMute;
      }
      override send(data: Parameters<WebSocket['send']>[0]): void {
        if (!this.isMute) super.send(data);
      }
    }
    class Roundabout extends real {
      constructor(url: string) {
        around();
        super(url);
      }
    }
    return people.join(room.url, {
      member,
      WebSocketPolyfill: Hindered as typeof WebSocket,
      PolledSocket: Roundabout as typeof WebSocket,
      whyUnreachable: () => Promise.resolve(this.hindrance),
      ...options,
    });
  }
}

describe('R66: where a network lets no WebSocket through', () => {
  it('the room is reached by requests, with everything that was written meanwhile', async () => {
    const network = new Network();
    network.lets = 'nothing';
    const ana = network.join('ana');
    type(ana.getSnapshot().doc, 'We agree', 'first');
    await ana.whenSaved();
    expect([network.tried, network.roundabout]).toEqual([3, 1]);
    const ben = network.join('ben');
    await whenText(ben.getSnapshot().doc, flatten(ana.getSnapshot().doc));
    // The next room of the page does not try again what was just seen to fail.
    const again = network.join('ana');
    await again.when(state => state.synced);
    expect([network.tried, network.roundabout]).toEqual([3, 3]);
  });

  it('one that opens and stays silent is given up', async () => {
    const network = new Network();
    network.lets = 'silence';
    const ana = network.join('ana');
    await ana.when(state => state.synced);
    expect([network.tried, network.roundabout]).toEqual([1, 1]);
  });

  it('a WebSocket is tried again beside the connection that works, and taken when it gets through', async () => {
    const network = new Network();
    network.lets = 'nothing';
    const ana = network.join('ana', {tryAgainAfter: 30});
    await ana.when(state => state.synced);
    const {tried} = network;
    await new Promise<void>(resolve => {
      const look = (): void => (network.tried > tried ? resolve() : void setTimeout(look, 5));
      look();
    });
    expect(ana.getSnapshot().connection).toBe('open');
    network.lets = 'through';
    type(ana.getSnapshot().doc, 'We agree', 'first');
    await ana.when(state => !state.synced);
    await ana.when(state => state.synced && state.save === 'saved');
    expect(network.roundabout).toBe(1);
  });

  it('a server that is away is not taken for such a network', async () => {
    const network = new Network();
    network.lets = 'nothing';
    network.hindrance = {is: 'network'};
    const ana = network.join('ana');
    type(ana.getSnapshot().doc, 'We agree', 'first');
    await new Promise<void>(resolve => {
      const look = (): void => (network.tried > 4 ? resolve() : void setTimeout(look, 5));
      look();
    });
    expect(network.roundabout).toBe(0);
    expect(ana.getSnapshot().save).toBe('not-saved');
    network.lets = 'through';
    await ana.whenSaved();
    expect(network.roundabout).toBe(0);
  });
});
