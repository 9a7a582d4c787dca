import { expect, test } from 'vitest';
import { addressOf, forwardedByEnvironment } from './forwarded-address.ts';

const codespace = {
  CODESPACE_NAME: 'fluffy-space-eureka',
  GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
};

test.each([
  ['Codespaces', codespace, 'https://fluffy-space-eureka-8650.app.github.dev/'],
  [
    'Coder',
    { VSCODE_PROXY_URI: 'https://{{port}}--main--lab--ann.apps.example.com' },
    'https://8650--main--lab--ann.apps.example.com/',
  ],
  [
    'code-server',
    { VSCODE_PROXY_URI: 'https://code.example.com/proxy/{{port}}' },
    'https://code.example.com/proxy/8650/',
  ],
])('the environment of %s gives the address that a port is forwarded to', (_, env, address) => {
  expect(forwardedByEnvironment(8650, env)?.address.href).toBe(address);
});

test('without such an environment the port is only on this machine', () => {
  const { CODESPACE_NAME } = codespace;
  for (const env of [{}, { VSCODE_PROXY_URI: '' }, { CODESPACE_NAME }])
    expect(forwardedByEnvironment(8650, env)).toBeUndefined();
});

test.each(['./proxy/{{port}}', 'https://{{port}}-{{host}}', 'ftp://a.example/{{port}}'])(
  'a variable with the value "%s" is refused by name, as no browser can open that',
  (template) => {
    const env = { VSCODE_PROXY_URI: template };
    expect(() => forwardedByEnvironment(8650, env)).toThrow(/^VSCODE_PROXY_URI must be an address/);
  },
);

test('a variable without the port is refused by name, as it leads elsewhere', () => {
  const env = { VSCODE_PROXY_URI: 'https://code.example.com/proxy/' };
  expect(() => forwardedByEnvironment(8650, env)).toThrow(
    /^VSCODE_PROXY_URI must have {{port}} in /,
  );
});

test.each([
  ['https://lab.example', 'https://lab.example/'],
  ['http://lab.example:8080/lab', 'http://lab.example:8080/lab/'],
])('%s is accepted as an address', (told, address) => {
  expect(addressOf('--origin', told).href).toBe(address);
});

test.each([
  '',
  'lab.example',
  '*',
  'null',
  'file:///lab',
  'javascript:alert(1)',
  'https://user:word@lab.example',
  'https://lab.example?token=1',
  'https://lab.example#here',
])('"%s" is refused as an address', (told) => {
  expect(() => addressOf('--origin', told)).toThrow(TypeError);
});
