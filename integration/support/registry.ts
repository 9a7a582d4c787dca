import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A registry that has one image, of those that are here (https://distribution.github.io/distribution/spec/api/). The engine
 * takes one of this machine at its word, without TLS.
 */
export class Registry implements AsyncDisposable {
  /** What to pull. */
  readonly image: string;
  readonly #owned: AsyncDisposableStack;

  private constructor(image: string, owned: AsyncDisposableStack) {
    this.image = image;
    this.#owned = owned;
  }

  static async start(image: string): Promise<Registry> {
    await using starting = new AsyncDisposableStack();
    const folder = starting.use(await mkdtempDisposable(`${tmpdir()}/socketlab-`));
    await run('sh', ['-c', 'docker save "$1" | tar -x -C "$2"', 'sh', image, folder.path]);
    const { manifests } = JSON.parse(await readFile(`${folder.path}/index.json`, 'utf8'));
    const [{ digest: manifest, mediaType }] = manifests;
    const server = createServer(({ url = '' }, response) => {
      const [, kind, name] = /\/(manifests|blobs)\/([\w:.]+)$/.exec(url) ?? [];
      if (kind === undefined) {
        response.end();
        return;
      }
      const digest = kind === 'blobs' || name?.includes(':') ? name : manifest;
      const type = kind === 'blobs' ? 'application/octet-stream' : mediaType;
      const file = `${folder.path}/blobs/${digest.replace(':', '/')}`;
      response.setHeader('Content-Type', type).setHeader('Docker-Content-Digest', digest);
      response.setHeader('Content-Length', statSync(file).size);
      createReadStream(file).pipe(response);
    }).listen(0, '127.0.0.1');
    starting.defer(() => void server.close().closeAllConnections());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pulled = `127.0.0.1:${port}/pulled:once`;
    starting.defer(() => run('docker', ['image', 'rm', pulled]).then(() => undefined));
    return new Registry(pulled, starting.move());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }
}
