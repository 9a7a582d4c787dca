import { labActions } from '../../web/actions.ts';
import { takePort } from '../../web/port.ts';
import { servePage } from '../../web/server.ts';
import { untilStopped } from '../until-stopped.ts';
import type { Source } from './source.ts';

export interface ShowPageOptions {
  /** Default: 8650. */
  readonly port?: number | undefined;
  /** Milliseconds from when the source is open; default: until Ctrl-C. */
  readonly for?: number | undefined;
}

/**
 * Shows a source in a browser until it is stopped; a recording is there to be looked at after its end, too.
 *
 * @param open Not called when the page has no port: nothing need be traced then.
 * @throws {PageError} when its port is in use
 */
export async function showPage(
  open: () => Promise<Source>,
  { port: wanted, for: forMs }: ShowPageOptions = {},
): Promise<void> {
  await using port = await takePort(wanted);
  await using source = await open();
  const stopped = untilStopped(forMs);
  const { lab, events, what } = source;
  await using page = await servePage(events, lab && labActions(lab), { port });
  console.error(`socketlab: ${what}`);
  console.log(page.url);
  await stopped;
}
