import { compose } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Lab, LabEvent } from '../../lab/index.ts';
import { readRecording } from '../../lab/model/recording.ts';
import { namesInShort } from '../../lab/util/names-in-short.ts';
import { attachLab } from '../attach-lab.ts';
import { openToRead } from '../file.ts';
import { missingCalls, type Trouble } from './missing-calls.ts';
import { noCapture } from './no-capture.ts';
import { ofHosts } from './of-hosts.ts';
import { Progress } from './progress.ts';

/** Where events come from: a lab that is running, or a recording. */
export interface Source extends AsyncDisposable {
  /** What is watched, for a message. */
  readonly what: string;
  /** Whether its times are those of now. */
  readonly isLive: boolean;
  readonly events: AsyncIterable<LabEvent>;
  /** The lab that is running; none for a recording. */
  readonly lab?: Lab;
  /** Ends the events after those that have been seen. */
  stop(): void;
}

export interface SourceOptions {
  /** None for all. */
  readonly hosts: readonly string[];
  /** Whether socket calls are wanted. */
  readonly calls: boolean;
}

/** @throws {LabError} when the lab or a host does not exist, or a host cannot be watched. */
export async function watchLab({ hosts, calls }: SourceOptions): Promise<Source> {
  const lab = await attachLab();
  const tell = (troubles: readonly Trouble[]) => {
    for (const line of missingCalls(troubles)) console.error(`socketlab: ${line}`);
  };
  using progress = new Progress(calls ? 'captures and traces' : 'captures', (line) =>
    console.error(`socketlab: ${line}`),
  );
  let atFirst: Trouble[] | undefined = [];
  const watch = await lab.watch({
    calls,
    ...(hosts.length > 0 && { hosts }),
    onLeftOut: ({ message }) => console.error(`socketlab: ${message}`),
    onProgress: (watched, all) => progress.made(watched, all),
    onTrouble(error, host) {
      if (atFirst) atFirst.push({ error, host });
      else tell([{ error, host }]);
    },
  });
  tell(atFirst);
  atFirst = undefined;
  const names = hosts.length > 0 ? [...new Set(hosts)] : watch.hosts;
  return {
    what: `watching ${namesInShort(names)}; Ctrl-C ends it`,
    isLive: true,
    events: watch,
    lab,
    // Disposing of the watch reports an error.
    stop: () => void watch.stop().catch(() => undefined),
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}

/**
 * Replays a recording as fast as it can be read; `-` is standard input, and one that ends in `.gz` is unpacked.
 *
 * @throws when the file cannot be read. Its events throw {LabError} `NO_HOST` for a host that is not in it.
 */
export async function replay(file: string, { hosts, calls }: SourceOptions): Promise<Source> {
  const input = file === '-' ? process.stdin : await openToRead(file);
  const lines = file.endsWith('.gz') ? compose(input, createGunzip()) : input;
  lines.on('error', () => undefined); // the reader gets the error, if there is one
  const recorded = readRecording(noCapture(lines, file));
  let isStopped = false;
  const events = async function* () {
    try {
      for await (const event of hosts.length > 0 ? ofHosts(recorded, hosts) : recorded)
        if (calls || event.kind !== 'call') yield event;
    } catch (error) {
      if (!isStopped) throw isOfZlib(error) ? cannotUnpack(file, error) : error;
    }
  };
  const stop = () => {
    isStopped = true;
    lines.destroy();
  };
  return {
    what: `replaying ${file === '-' ? 'standard input' : file}`,
    isLive: false,
    events: events(),
    stop,
    [Symbol.asyncDispose]: async () => stop(),
  };
}

/** Its codes are those of zlib.h: `Z_DATA_ERROR`. */
function isOfZlib(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function cannotUnpack(file: string, cause: Error): Error {
  return new Error(`Cannot unpack "${file}": ${cause.message}`, { cause });
}
