import { connect, createServer, type Socket } from 'node:net';

const ENGINE = '/var/run/docker.sock';
/** The first line of a request (RFC 9112, section 3). */
const REQUEST = /^(?:GET|POST|PUT|DELETE|HEAD) \S+(?= HTTP\/1\.1\r$)/gm;

/** A way to the engine that can be cut off, and knows what the engine was asked. */
export class Detour implements Disposable {
  /** As in `GET /containers/json?all=true`. */
  readonly requests: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => {
    const far = connect(ENGINE);
    near.on('data', (bytes) => this.requests.push(...(String(bytes).match(REQUEST) ?? [])));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined).on('close', () => other.destroy());
      one.pipe(other);
    }
  });

  constructor(path: string) {
    this.#server.listen(path);
  }

  [Symbol.dispose](): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
