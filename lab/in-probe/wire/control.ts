/**
 * A connection to the wire of this probe, for who is outside: `node control.ts [SOCKET]`. Commands are read from standard
 * input, and replies written to standard output; see commands.ts for both. When standard input ends, also because whoever
 * held it was killed, the session ends, and with it the faults that it began and did not keep.
 *
 * Exit code: 2 when no wire answers, else 0.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultSocketPath } from './program-settings.ts';

const [path = defaultSocketPath] = process.argv.slice(2);
if (path === '--help') {
  console.log('control.ts [SOCKET]: gives the wire commands from standard input');
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

try {
  const socket = await connected();
  const closed = once(socket, 'close');
  process.stdin.pipe(socket).pipe(process.stdout);
  await closed;
  process.exit();
} catch (error) {
  console.error(`No wire answers at ${path}: ${error instanceof Error ? error.message : error}`);
  process.exit(2);
}
