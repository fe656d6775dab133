import {createServer, request, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';

/** Passes requests on, and does with WebSockets what networks do: lets them through, refuses them, or lets them get lost. */
export class HinderingProxy {
  webSockets: 'pass' | 'refused' | 'lost' = 'pass';
  /** WebSockets that asked to come through. */
  asked = 0;
  private readonly target: number;
  private readonly server: Server;
  private readonly held = new Set<Duplex>();

  private constructor(target: number) {
    this.target = target;
    this.server = createServer((incoming, outgoing) => {
      const onward = this.pass(incoming);
      onward.on('response', answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    });
    this.server.on('upgrade', (incoming, socket, head) => this.upgrade(incoming, socket, head));
  }

  static async before(target: number): Promise<HinderingProxy> {
    const proxy = new HinderingProxy(target);
    await new Promise<void>(resolve => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.held) socket.destroy();
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  /** The server answers to its own name and origin alone. */
  private pass({method, url, headers}: IncomingMessage) {
    const own = `127.0.0.1:${this.target}`;
    const origin = headers.origin === undefined ? {} : {origin: `http://${own}`};
    return request({
      host: '127.0.0.1',
      port: this.target,
      method,
      path: url,
      headers: {...headers, host: own, ...origin},
    });
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.asked++;
    this.held.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.held.delete(socket));
    if (this.webSockets === 'lost') return;
    if (this.webSockets === 'refused') {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const onward = this.pass(incoming);
    onward.on('error', () => socket.destroy());
    onward.on('upgrade', (answer, far, rest) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      if (rest.length > 0) socket.write(rest);
      if (head.length > 0) far.write(head);
      far.on('error', () => socket.destroy());
      socket.on('close', () => far.destroy());
      far.pipe(socket).pipe(far);
    });
    onward.on('response', () => socket.destroy());
    onward.end();
  }
}
