import { labActions } from '../../web/actions.ts';
import { addressOf, type Forwarded, forwardedByEnvironment } from '../../web/forwarded-address.ts';
import { takePort } from '../../web/port.ts';
import { servePage } from '../../web/server.ts';
import { quoted } from '../quoted.ts';
import { typed } from '../typed.ts';
import { untilStopped } from '../until-stopped.ts';
import type { Source } from './source.ts';

export interface ShowPageOptions {
  /** Default: 8650. */
  readonly port?: number | undefined;
  /** Where the port is forwarded to; default: as the environment says. */
  readonly origin?: string | undefined;
  /** Whether an editor may show it in a preview; default: false. */
  readonly preview?: boolean | undefined;
  /** Milliseconds from when the source is open; default: until Ctrl-C. */
  readonly for?: number | undefined;
}

/**
 * Shows a source in a browser until it is stopped; a recording can also be looked at after its end.
 *
 * @param open Not called when the page has no port: nothing need be traced then.
 * @throws {PageError} when its port is in use
 * @throws {TypeError} for an `origin` that cannot be
 */
export async function showPage(
  open: () => Promise<Source>,
  { port: wanted, origin, preview, for: forMs }: ShowPageOptions = {},
): Promise<void> {
  await using port = await takePort(wanted);
  const forwarded = forwardedTo(port.number, origin);
  await using source = await open();
  const stopped = untilStopped(forMs);
  const { lab, events, what } = source;
  await using page = await servePage(events, lab && labActions(lab), {
    port,
    forwarded: forwarded?.address,
    preview,
    command: typed(process.argv.slice(2).map(quoted).join(' ')),
  });
  console.error(`socketlab: ${what}`);
  if (forwarded !== undefined) {
    console.error(
      `socketlab: the page is forwarded, as ${forwarded.by} says; here it is ${page.localUrl}`,
    );
  }
  console.log(page.url);
  await stopped;
}

function forwardedTo(port: number, origin: string | undefined): Forwarded | undefined {
  if (origin !== undefined) return { address: addressOf('--origin', origin), by: '--origin' };
  try {
    return forwardedByEnvironment(port);
  } catch (error) {
    // It may be meant for others; here, on this machine, the page can be seen all the same.
    console.error(`socketlab: ${(error as Error).message}; --origin overrides it`);
    return undefined;
  }
}
