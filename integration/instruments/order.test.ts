/** Faults begin and end while datagrams are on their way, on their own path and on that of a third host: none is overtaken. */
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { families } from '../support/families.ts';
import { peer } from '../support/programs.ts';
import { expectNothingLeft } from '../support/remains.ts';
import { Service } from '../support/service.ts';

const path = { from: 'near', to: 'receiver' } as const;
const faults = [
  { kind: 'loss', percent: 0 },
  { kind: 'delay', delayMs: 20 },
  { kind: 'loss', percent: 0, protocol: 'udp', port: 50_000 },
  { kind: 'rate', rateKbit: 100_000, queuePackets: 10_000 },
] as const;

function start(lab: Lab, name: string, ...command: string[]): Promise<Service> {
  const ready = name === 'receiver' ? /ready/ : 'running';
  return Service.start(lab, name, { ...peer('udp-numbered.ts'), command, ready });
}

/** Begins and heals one fault after the other. */
async function comeAndGo(lab: Lab): Promise<void> {
  for (const fault of faults) await (await lab.impair({ ...fault, ...path })).heal();
}

/** What a program prints when it is told to end. */
async function last<T>({ host, log }: Service): Promise<T> {
  await host.stop();
  return JSON.parse(await log.line(/^\{/)) as T;
}

test.for(families)(
  'faults that come and go over %s change the order of no datagram, and lose none',
  async ([, , address]) => {
    await using lab = await Lab.start();
    const receiver = await start(lab, 'receiver', 'receive');
    const to = receiver[address];
    const near = await start(lab, 'near', 'send', 'near', to, '1000', 'random');
    const third = await start(lab, 'third', 'send', 'third', to, '1000');
    await comeAndGo(lab);
    {
      // So that the wire stays, and only the paths that it takes packets of change.
      await using _other = await lab.impair({ kind: 'loss', percent: 0, ...path, port: 9 });
      await comeAndGo(lab);
    }
    await expectNothingLeft(lab, [receiver.host]);

    const [sentNear, sentThird] = [
      await last<{ sent: number }>(near),
      await last<{ sent: number }>(third),
    ];
    expect(await last(receiver)).toMatchObject({
      near: { received: sentNear.sent, overtaken: 0 },
      third: { received: sentThird.sent, overtaken: 0 },
    });
  },
);
