import { expect, it, vi } from 'vitest';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import type { FaultStatus } from '../wire/status.ts';
import { HostWire } from './host-wire.ts';
import { impair } from './impair.ts';

const hostOf = (name: string) =>
  ({
    ...{ name, networkId: name, network: { kind: 'own' }, addresses: ['192.0.2.1'] },
    interfaces: [{ network: 'lab', mac: '02:00:00:00:00:01', ipv4: '192.0.2.1' }],
    requireNetwork: async () => {},
  }) as unknown as Host;
const lab = { find: async (name: string) => hostOf(name) } as unknown as Lab;

it('tells why a fault cannot begin also when what had begun of it cannot be healed', async () => {
  const wire = { host: hostOf('b'), remove: () => Promise.reject(new Error('Cannot heal it')) };
  using begin = vi.spyOn(HostWire, 'impair');
  begin.mockResolvedValueOnce({
    wire: wire as unknown as HostWire,
    fault: { id: 'partition-1' } as FaultStatus,
    outcome: async () => undefined,
  });
  begin.mockRejectedValueOnce(new Error('Cannot begin it'));
  await expect(impair(lab, { kind: 'partition', from: 'a', to: 'b' })).rejects.toThrow(
    'Cannot begin it; Cannot heal it',
  );
});
