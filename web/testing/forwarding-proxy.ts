/** A proxy as it stands before a forwarded port, without TLS. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyOptions {
  /** The path under which the port is found; default: `/`. */
  readonly path?: string;
  /** Whether the port is asked without that path. */
  readonly stripsPath?: boolean;
  /** What it makes of the headers of a request; default: as they are. */
  readonly rewrite?: (headers: IncomingHttpHeaders, port: number) => IncomingHttpHeaders;
}

export class ForwardingProxy implements AsyncDisposable {
  /** Where a browser finds the port. Chromium takes every name below `localhost` for this machine, and trusts it as it trusts TLS. */
  readonly address: URL;
  readonly #server: Server;

  private constructor(server: Server, path: string) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.address = new URL(`http://lab-8650.forwarded.localhost:${port}${path}`);
  }

  static async start(port: number, options: ProxyOptions): Promise<ForwardingProxy> {
    const { path = '/', stripsPath = false, rewrite = (headers) => headers } = options;
    const server = createServer((incoming, response) => {
      const { url = '/', method, headers } = incoming;
      const asked = { path: stripsPath ? url.replace(path, '/') : url, method };
      const target = { host: '127.0.0.1', port, ...asked, headers: rewrite(headers, port) };
      const forwarded = request(target, (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      });
      forwarded.on('error', () => response.destroy());
      response.on('close', () => forwarded.destroy());
      incoming.pipe(forwarded);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ForwardingProxy(server, path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close().closeAllConnections();
  }
}
