/**
 * Gives the wire of this probe one command, and prints the reply: `node control.ts '{"command":"status"}' [SOCKET]`.
 *
 * Exit code: 0 carried out, 1 not carried out (the reply says why), 2 no wire answers. See commands.ts for the commands.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Reply } from './commands.ts';
import { defaultSocketPath } from './program-settings.ts';

const [command = '{"command":"status"}', path = defaultSocketPath] = process.argv.slice(2);

async function ask(): Promise<Reply> {
  const socket = connect(path);
  await once(socket, 'connect');
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
