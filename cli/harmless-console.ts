import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { escaped } from '../lab/util/escaped.ts';

/** A console that prints what a host, an image or a file has named, and does not let it drive the terminal. */
export function harmlessConsole(): Console {
  const { stdout, stderr } = process;
  return new Console({ stdout: harmless(stdout), stderr: harmless(stderr) });
}

function harmless(stream: NodeJS.WriteStream): Writable {
  return new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      stream.write(escaped(text));
      done();
    },
  });
}
