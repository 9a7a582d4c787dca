/** What a host may do by default, tried in it, from an image that says nothing about it: its user is root. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { baseImage, type HostOptions, Lab } from '../../lab/index.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const waiting = (): HostOptions => ({ image: baseImage(), entrypoint: ['sleep', 'infinity'] });

const LOOK = `
  id -u
  touch /tmp/mine && echo tmp
  touch /mine || touch /usr/mine || echo read-only
  grep -E '^(CapEff|NoNewPrivs):' /proc/self/status
  cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes
  cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max`;

/** What a host finds of its own privileges, a line each. */
async function found(name: string, options: Partial<HostOptions>): Promise<string[]> {
  const host = await lab.startHost(name, { ...waiting(), ...options });
  const { stdout } = await host.exec(['sh', '-c', `(${LOOK}) 2>/dev/null`]);
  return String(stdout).trim().split('\n');
}

test('a host is nobody in particular, writes to /tmp alone, and has limits', async () => {
  expect(await found('default', {})).toEqual([
    '1000',
    'tmp',
    'read-only',
    'CapEff:\t0000000000000000',
    'NoNewPrivs:\t1',
    String(512 * 2 ** 20),
    '256',
  ]);
});

test('a trusted host is who its image says, and each limit has a name', async () => {
  const limits = { memoryMiB: 64, processes: 32 };
  const [user, , , capabilities, ...others] = await found('trusted', { isTrusted: true, limits });
  expect(user).toBe('0');
  expect(capabilities).not.toMatch(/^0+$/);
  expect(others.slice(-2)).toEqual([String(64 * 2 ** 20), '32']);
});

test('a host that ends as it may not write learns which option lets it', async () => {
  const entrypoint = ['sh', '-c', 'touch /var/lib/data && echo ready'];
  const database = { image: baseImage(), entrypoint, ready: /ready/ };
  await expect(lab.startHost('database', database)).rejects.toThrow('isTrusted: true');
  await lab.startHost('database', { ...database, isTrusted: true });
});

/** As the images of postgres and redis do: root gives a folder to another user, and goes on as that user. */
const DAEMON = `
  chown 999 /var/lib/misc && exec setpriv --reuid=999 --regid=999 --clear-groups sh -c '
    touch /var/lib/misc/mine && echo ready && exec sleep infinity'`;

test('a daemon that begins as root and drops it is given three capabilities by name', async () => {
  const daemon = { image: baseImage(), entrypoint: ['sh', '-c', DAEMON], ready: /ready/ };
  await expect(lab.startHost('daemon', daemon)).rejects.toThrow(/Read-only.*isTrusted: true/s);
  const capabilities = ['CHOWN', 'SETUID', 'SETGID'];
  const host = await lab.startHost('daemon', { ...daemon, capabilities, isReadOnly: false });
  const look = 'grep -E "^(Uid|CapEff):" /proc/$(pidof -s sleep)/status';
  expect(String((await host.exec(['sh', '-c', look])).stdout)).toBe(
    'Uid:\t999\t999\t999\t999\nCapEff:\t0000000000000000\n',
  );
});
