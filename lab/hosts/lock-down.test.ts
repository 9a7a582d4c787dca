import { expect, test } from 'vitest';
import { hostConfigOf, lockDownHint, userOf } from './lock-down.ts';

test('a host is locked down by default', () => {
  expect(hostConfigOf({}, false)).toMatchObject({
    Memory: 512 * 2 ** 20,
    MemorySwap: 512 * 2 ** 20,
    PidsLimit: 256,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': 'mode=1777' },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '4096k', 'max-file': '2' } },
  });
});

test('each limit is overridden by its name, and the others stay', () => {
  const config = hostConfigOf({ limits: { memoryMiB: 64 }, isReadOnly: false }, false);
  expect(config).toMatchObject({ Memory: 64 * 2 ** 20, PidsLimit: 256, CapDrop: ['ALL'] });
  expect(config).not.toHaveProperty('ReadonlyRootfs');
});

test('a host into which something is copied can write to its file system', () => {
  expect(hostConfigOf({}, true)).not.toHaveProperty('ReadonlyRootfs');
});

test('a trusted host has what its image expects, and the limits', () => {
  const config = hostConfigOf({ isTrusted: true }, false);
  expect(config).not.toHaveProperty('CapDrop');
  expect(config).not.toHaveProperty('ReadonlyRootfs');
  expect(config).toMatchObject({ Memory: 512 * 2 ** 20, PidsLimit: 256 });
});

test.each(['', '0', 'root', '0:0', 'root:staff', ':1000'])(
  'no host runs as the root "%s"',
  (ofImage) => {
    expect(userOf({}, ofImage)).toBe('1000:1000');
    expect(userOf({ isTrusted: true }, ofImage)).toBeUndefined();
    expect(userOf({ user: 'image' }, ofImage)).toBeUndefined();
  },
);

test.each(['1000', 'node', 'rooted', '999:0'])('the user %s of an image stays', (ofImage) => {
  expect(userOf({}, ofImage)).toBeUndefined();
});

test('a host runs as the user that is named, and as root for a capability', () => {
  expect(userOf({ user: '33:33' }, '')).toBe('33:33');
  expect(userOf({ capabilities: ['NET_RAW'] }, 'node')).toBe('root');
});

test.each([
  'initdb: error: could not create directory "/var/lib/data": Permission denied',
  'chown: /data: Operation not permitted',
  'mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)',
  "Error: EROFS: read-only file system, open '/app/x'",
])('who may not do what it has logged learns of the option: %s', (line) => {
  expect(lockDownHint({}, ['starting', line])).toContain('isTrusted: true');
  expect(lockDownHint({ isTrusted: true }, [line])).toBeUndefined();
});

test('a host that ended for another reason has no such hint', () => {
  expect(lockDownHint({}, ['SyntaxError: Unexpected token'])).toBeUndefined();
});
