import { labActions } from '../../web/actions.ts';
import { servePage } from '../../web/server.ts';
import type { Source } from './source.ts';

/**
 * Shows a source in a browser until `stopped`; a recording is there to be looked at after its end, too.
 *
 * @throws {PageError} when its port is in use
 */
export async function showPage(
  { lab, events, what }: Source,
  stopped: Promise<void>,
  port?: number,
): Promise<void> {
  const options = { ...(port !== undefined && { port }) };
  await using page = await servePage(events, lab && labActions(lab), options);
  console.error(`socketlab: ${what}`);
  console.log(page.url);
  await stopped;
}
