import type { HeldPacket, Hold } from '../../lab/index.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

/** A packet of the handshake. */
type Part = 'SYN' | 'SYN-ACK' | 'ACK';

/** A handshake that is held, and let through but for the first `times` of one part. */
export const handshake = (lost: Part, times: number): Scene => ({
  async play(stage) {
    await stage.startServer('server', lecture('tcp-server.py'));
    const hold = Promise.withResolvers<Hold>();
    // What goes the other way need not wait until somebody decides.
    const [from, to] = lost === 'SYN-ACK' ? ['server', 'client'] : ['client', 'server'];
    const held = { from, to, protocol: 'tcp', bothWays: false } as const;
    const prepare = async () => hold.resolve(await stage.lab.hold(held));
    const client = stage.runClient('client', lecture('tcp-client.py'), { prepare });
    await Promise.all([client, hold.promise.then((begun) => lose(begun, lost, times))]);
  },
});

/** Decides on one packet after the other, until all are lost that have to be. */
async function lose(hold: Hold, lost: Part, times: number): Promise<void> {
  await using held = hold;
  let left = times;
  for await (const one of held) {
    if (partOf(one) !== lost) {
      await one.deliver();
      continue;
    }
    await one.drop();
    left -= 1;
    if (left === 0) return;
  }
}

function partOf({ packet }: HeldPacket): Part {
  const { syn, ack } = packet.tcp?.flags ?? {};
  if (!syn) return 'ACK';
  return ack ? 'SYN-ACK' : 'SYN';
}
