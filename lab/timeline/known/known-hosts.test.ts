import { expect, test } from 'vitest';
import { at } from '../testing/by-hand.ts';
import { KnownHosts } from './known-hosts.ts';

/** More than are remembered. */
const MANY = 5000;

const addressOf = (number: number) => `10.1.${number >> 8}.${number & 255}`;
const fault = (id: string) => ({
  ...({ kind: 'fault', atNs: at(0), host: 'server', from: 'client', fault: id } as const),
  ...({ change: 'applied', settings: { kind: 'loss', percent: 10 } } as const),
});

test('an address that comes after many others is learned, and one that is still used is not forgotten', () => {
  const hosts = new KnownHosts();
  hosts.learnAddress('server', '10.0.0.2');
  hosts.learnAddress('gone', '10.0.0.3');
  for (let number = 0; number < MANY; number += 1) {
    hosts.learnAddress(`host-${number}`, addressOf(number));
    if (number % 1000 === 0) hosts.learnAddress('server', '10.0.0.2');
  }
  expect(hosts.nameOf(addressOf(MANY - 1))).toBe(`host-${MANY - 1}`);
  expect(hosts.nameOf('10.0.0.2')).toBe('server');
  expect([...hosts.addressesOf('server')]).toEqual(['10.0.0.2']);
  expect(hosts.nameOf('10.0.0.3')).toBe('10.0.0.3');
  expect([...hosts.addressesOf('gone')]).toEqual([]);
});

test('the sender of a fault is known however many faults there were before', () => {
  const hosts = new KnownHosts();
  for (let number = 0; number < MANY; number += 1) hosts.learnFault(fault(`loss-${number}`));
  expect(hosts.senderOf('server', `loss-${MANY - 1}`)).toBe('client');
  expect(hosts.senderOf('server', 'loss-0')).toBeUndefined();
});

test('a host that forwards the packets of another does not have its address, unless that has gone', () => {
  const hosts = new KnownHosts();
  hosts.learn({ host: 'one', addresses: ['10.0.0.2', '10.1.0.2'] });
  hosts.see('router', '10.0.0.2');
  hosts.see('router', '10.0.0.9');
  expect(hosts.nameOf('10.0.0.2')).toBe('one');
  expect(hosts.nameOf('10.0.0.9')).toBe('router');
  hosts.learn({ host: 'one', addresses: [] });
  hosts.see('other', '10.0.0.2');
  expect(hosts.nameOf('10.0.0.2')).toBe('other');
});

test('a host that shares the network of another has no address of its own', () => {
  const hosts = new KnownHosts();
  hosts.learn({ host: 'owner', addresses: ['10.0.0.2'] });
  hosts.learn({ host: 'side', addresses: ['10.0.0.2'], sharesNetworkOf: 'owner' });
  expect(hosts.nameOf('10.0.0.2')).toBe('owner');
  expect(hosts.networkOf('side')).toBe('owner');
  expect(hosts.networkOf('owner')).toBe('owner');
});

test('an address that goes to another host is no longer that of the one before', () => {
  const hosts = new KnownHosts();
  hosts.learn({ host: 'one', addresses: ['10.0.0.2', 'fd00::2'] });
  hosts.learnAddress('other', '10.0.0.2');
  expect([...hosts.addressesOf('one')]).toEqual(['fd00::2']);
  expect([...hosts.addressesOf('other')]).toEqual(['10.0.0.2']);
});
