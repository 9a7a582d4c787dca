import type { Actions, WaitingPacket, WaitingPackets } from '../actions.ts';
import { frame, SYN } from './frames.ts';
import { tcpClient, tcpServer } from './stories.ts';

/** Actions that only remember what was done. */
export class FakeLab implements Actions {
  readonly done: string[] = [];
  readonly #hold = new FakeHold(this.done);

  async faults() {
    const isBroken =
      this.done.findLast((action) => /^(break|heal)/.test(action))?.startsWith('break') ?? false;
    const status = {
      id: 'loss-1',
      seed: 'a1',
      forMs: 10,
      waiting: 0,
      settings: { kind: 'loss', percent: 30 } as const,
      counters: {
        seen: 12,
        matched: 10,
        matchedBytes: 600,
        delivered: 7,
        lost: 3,
        delayed: 0,
        duplicated: 0,
        corrupted: 0,
        held: 0,
      },
      achieved: {},
    };
    const direction = { from: 'tcp-server', to: 'tcp-client', status };
    const report = { id: 'loss-1', directions: [direction] };
    return { paths: isBroken ? [report as never] : [], hosts: [] };
  }

  async impair(fault: object): Promise<void> {
    this.done.push(`break ${JSON.stringify(fault)}`);
  }

  async heal(ids?: readonly string[]): Promise<void> {
    this.done.push(`heal ${ids?.join(' ') ?? 'all'}`);
  }

  async hold({ from, to }: { from: string; to: string }): Promise<WaitingPackets> {
    this.done.push(`hold ${from} ${to}`);
    return this.#hold;
  }
}

/** Two packets wait, and no more come. */
class FakeHold implements WaitingPackets {
  readonly #done: string[];
  readonly #ended = Promise.withResolvers<void>();

  constructor(done: string[]) {
    this.#done = done;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<WaitingPacket> {
    yield this.#packet(1);
    yield this.#packet(2);
    await this.#ended.promise;
  }

  #packet(ipId: number): WaitingPacket {
    const [from, to] = [tcpClient.address, tcpServer.address];
    const ends = { from, to, fromPort: 41_234, toPort: 50_000, ipId };
    const tcp = { flags: SYN, sequence: 1000, acknowledgment: 0 };
    return {
      from: tcpClient.name,
      to: tcpServer.name,
      packet: frame({ ...ends, tcp }),
      identity: { ...ends, protocol: 'tcp', tcpSequence: 1000, length: 40 },
      decide: async ({ action }) => {
        this.#done.push(`${action} ${ipId}`);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#done.push('release');
    this.#ended.resolve();
  }
}
