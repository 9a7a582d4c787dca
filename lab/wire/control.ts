/**
 * Gives the wire of this probe one command, and prints the reply: `node control.ts '{"command":"status"}' [SOCKET]`.
 *
 * Exit code: 0 carried out, 1 not carried out (the reply says why), 2 no wire answers. See commands.ts for the commands.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './commands.ts';
import { defaultSocketPath } from './program-settings.ts';

const [command = '{"command":"status"}', path = defaultSocketPath] = process.argv.slice(2);

if (command === '--help') {
  console.log(`control.ts [COMMAND [SOCKET]]: gives the wire a command, and prints the reply`);
  process.exit();
}

/** For a wire that was started a moment ago. */
const START_TIMEOUT_MS = 5000;
const POLL_MS = 20;

async function connected(): Promise<Socket> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(POLL_MS)) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

async function ask(): Promise<Reply> {
  const socket = await connected();
  socket.end(`${command.replaceAll('\n', ' ')}\n`);
  return JSON.parse(await text(socket)) as Reply;
}

try {
  const reply = await ask();
  console.log(JSON.stringify(reply));
  process.exitCode = reply.ok ? 0 : 1;
} catch (error) {
  console.error(`No wire answers at ${path}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
