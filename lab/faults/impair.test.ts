import { expect, test, vi } from 'vitest';
import type { Host } from '../hosts/host.ts';
import type { Lab } from '../lab.ts';
import { HostWire } from './host-wire.ts';
import { impair } from './impair.ts';

const hostOf = (name: string) =>
  ({
    ...{ name, networkId: name, network: { kind: 'own' }, addresses: ['192.0.2.1'] },
    interfaces: [{ network: 'lab', mac: '02:00:00:00:00:01', ipv4: '192.0.2.1' }],
    requireNetwork: async () => {},
  }) as unknown as Host;
const lab = { find: async (name: string) => hostOf(name) } as unknown as Lab;

/** Two directions, of which the second cannot be prepared. */
function prepareOneOnly(heal: () => Promise<void>) {
  const prepare = vi.spyOn(HostWire, 'prepare');
  const [wire, begin] = [{} as HostWire, () => Promise.reject(new Error('It was begun'))];
  prepare.mockResolvedValueOnce({ wire, clockNs: () => 0, begin, heal });
  prepare.mockRejectedValueOnce(new Error('Cannot prepare it'));
  return prepare;
}

const partition = { kind: 'partition', from: 'a', to: 'b' } as const;

test('begins in both directions or in none', async () => {
  const heal = vi.fn(async () => {});
  using _prepare = prepareOneOnly(heal);
  await expect(impair(lab, partition)).rejects.toThrow(/^Cannot prepare it$/);
  expect(heal).toHaveBeenCalledOnce();
});

test('tells why a fault cannot begin also when what was prepared of it cannot be healed', async () => {
  using _prepare = prepareOneOnly(() => Promise.reject(new Error('Cannot heal it')));
  await expect(impair(lab, partition)).rejects.toThrow('Cannot prepare it; Cannot heal it');
});
