import { once } from 'node:events';
import { mkdtempDisposable } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WireClient } from '../../faults/wire-client.ts';
import { ControlServer } from './control-server.ts';
import { FakeWire } from './testing/fake-wire.ts';

const LIMIT_MS = 1000;

/** A fault of a session, and then what ends the session in a way that is not meant. */
test.each([
  ['says too much at once', (socket) => socket.write('x'.repeat(100_000))],
  [
    'goes before it has read its replies',
    (socket) => {
      socket.write('{"command":"status"}\n'.repeat(5000));
      socket.destroy();
    },
  ],
] satisfies [string, (socket: ReturnType<typeof connect>) => void][])(
  'ends the session of one who %s, and serves others',
  async (_, misbehave) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-'));
    const path = join(folder.path, 'wire.sock');
    const wire = new FakeWire();
    const server = await ControlServer.start(path, wire);
    const socket = connect(path);
    await new WireClient(socket, socket).send({
      command: 'add',
      fault: { kind: 'partition', id: 'partition-1' },
    });
    expect(wire.ids).toEqual(['partition-1']);
    misbehave(socket);
    await expect.poll(() => wire.ids).toEqual([]);

    const other = connect(path);
    await once(other, 'connect');
    expect(await new WireClient(other, other).send({ command: 'status' })).toMatchObject({
      ok: true,
    });
    await server.close(LIMIT_MS);
    other.destroy();
  },
);
