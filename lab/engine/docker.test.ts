import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';

/** `ask` with an engine of the test's own. */
async function withEngine(listener: Parameters<typeof createServer>[1]) {
  const folder = await mkdtempDisposable(`${tmpdir()}/socketlab-`);
  const server: Server = createServer(listener ?? (() => undefined)).listen(
    `${folder.path}/engine`,
  );
  await once(server, 'listening');
  vi.stubEnv('DOCKER_HOST', `unix://${folder.path}/engine`);
  vi.resetModules();
  onTestFinished(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    server.close();
    server.closeAllConnections();
    await folder.remove();
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { ask } = await import('./docker.ts');
  return { ask, server };
}

test('a question that the engine does not answer is given up, and its connection closed', async () => {
  const { ask, server } = await withEngine(() => undefined);
  const requested = once(server, 'request');
  const asked = ask('list the hosts', (engine) => engine.listContainers());
  const refused = expect(asked).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message:
      'Cannot list the hosts: the Docker engine has not answered for 120 s. If it is stuck, restart it',
  });
  const [{ socket }] = await requested;
  vi.advanceTimersByTime(120_000);
  await refused;
  if (!socket.destroyed) await once(socket, 'close');
});

test('so is one whose answer never comes to its end', async () => {
  const { ask, server } = await withEngine((_request, response) => void response.write('['));
  const requested = once(server, 'request');
  const asked = ask('list the hosts', (engine) => engine.listContainers());
  const refused = expect(asked).rejects.toMatchObject({ code: 'TIMED_OUT' });
  await requested;
  vi.advanceTimersByTime(120_000);
  await refused;
});

test('a stream that was opened in time is not ended', async () => {
  const { ask, server } = await withEngine((_request, response) => void response.write('{}\n'));
  const requested = once(server, 'request');
  const stream = await ask('watch the lab', (engine) => engine.getEvents({}));
  vi.advanceTimersByTime(240_000);
  const [, response] = await requested;
  response.end('{}\n');
  expect(await text(stream)).toBe('{}\n{}\n');
});

test('a container that the engine makes after it was given up is removed', async () => {
  const requests: string[] = [];
  const { server } = await withEngine(({ method, url }, response) => {
    requests.push(`${method} ${url?.split('?')[0]}`);
    // It is made between the first look and the second.
    if (requests.length === 2) response.writeHead(404).end('{}');
    if (requests.length === 3) response.writeHead(204).end();
  });
  const requested = once(server, 'request');
  const { createContainer } = await import('./create-container.ts');
  const created = createContainer('create an observer', { name: 'late' });
  const refused = expect(created).rejects.toMatchObject({ code: 'TIMED_OUT' });
  await requested;
  vi.advanceTimersByTime(120_000);
  await refused;
  const remove = 'DELETE /containers/late';
  await expect.poll(() => requests).toEqual(['POST /containers/create', remove, remove]);
});
