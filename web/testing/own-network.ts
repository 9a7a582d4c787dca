/**
 * Runs a browser in a network namespace of its own, in which it is the only program but this: it gives requests up when a network
 * interface of its machine comes or goes, and those of other tests' containers do so all the time.
 *
 *     browser ──SOCKS, 127.0.0.1──▶ this program ──Unix socket──▶ the proxy of the tests ──▶ the page
 *
 * `unshare --net node own-network.ts PROXY BROWSER ARGUMENTS…`
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

const [proxy = '', browser = '', ...args] = process.argv.slice(2);

execFileSync('ip', ['link', 'set', 'lo', 'up']);
const server = createServer((near) => {
  const far = connect(proxy);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => undefined).on('close', () => other.destroy());
    one.pipe(other);
  }
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

// It is spoken to over the pipes 3 and 4.
const stdio = ['inherit', 'inherit', 'inherit', 'inherit', 'inherit'] as const;
const way = [`--proxy-server=socks5://127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'];
const child = spawn(browser, [...way, ...args], { stdio: [...stdio] });
child.on('error', ({ message }) => {
  console.error(message);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
