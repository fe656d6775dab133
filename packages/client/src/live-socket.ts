import {io, type ManagerOptions, type Socket, type SocketOptions} from 'socket.io-client';
import type {ClientToServer, ServerToClient} from '@plenary/protocol/rt';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;
export type LiveSocketOptions = Partial<ManagerOptions & SocketOptions>;

interface Shared {
  readonly socket: LiveSocket;
  holders: number;
}

const open = new Map<string, Shared>();

/**
 * The one connection to `/rt` of a page, however many papers and sessions it watches; it ends when the last who took it
 * gives it back. `url` is the server's origin, the page's own without it.
 */
export function takeLiveSocket(url: string | undefined, options: LiveSocketOptions = {}): [LiveSocket, () => void] {
  const key = JSON.stringify([url, options]);
  let shared = open.get(key);
  if (!shared) {
    const all = {
      path: '/rt',
      transports: ['websocket', 'polling'],
      withCredentials: true,
      forceNew: true,
      timeout: 8000,
      ...options,
    };
    const socket: LiveSocket = url === undefined ? io(all) : io(url, all);
    // Where a network lets no WebSocket through: requests first from then on, and a WebSocket when one comes through.
    socket.on('connect_error', () => {
      if (options.transports === undefined) socket.io.opts.transports = ['polling', 'websocket'];
    });
    shared = {socket, holders: 0};
    open.set(key, shared);
  }
  const taken = shared;
  taken.holders++;
  let isGivenBack = false;
  return [
    taken.socket,
    () => {
      if (isGivenBack) return;
      isGivenBack = true;
      if (--taken.holders > 0) return;
      open.delete(key);
      taken.socket.disconnect();
    },
  ];
}
