/**
 * A room of a paper over socket.io by requests alone, where a network lets no WebSocket through: the same frames as over
 * `/rooms/<paper>`, one event each, and the same close codes. The connection is opened with `auth: {paper}`.
 */
export const polledRoomsPath = '/polled-rooms';

export interface PolledToServer {
  frame(bytes: Uint8Array): void;
}

export interface PolledToClient {
  /** Let in; frames are heard from now on. */
  open(): void;
  frame(bytes: Uint8Array): void;
  /** The last word: what the close frame of a WebSocket says. */
  closed(end: {code: number; reason: string}): void;
}
