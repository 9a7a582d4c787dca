import { stdin } from 'node:process';

const CTRL_C = '\u0003';

/** Single keys of a terminal, as they are pressed; without echo, and without Enter. It ends with `q` and Ctrl-C. */
export async function* keys(): AsyncGenerator<string> {
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    for await (const chunk of stdin) {
      for (const key of chunk as string) {
        if (key === 'q' || key === CTRL_C) return;
        yield key;
      }
    }
  } finally {
    stdin.setRawMode(false);
  }
}
