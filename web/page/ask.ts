import type { FaultReports } from '../../lab/model/fault-report.ts';
import type { DecisionMessage } from '../messages.ts';

/** What the page can ask of the lab. Each throws an `Error` whose message is for a person. */
export const ask = {
  faults: async () => (await send('GET', 'api/faults')) as FaultReports,
  break: (fault: Readonly<Record<string, unknown>>) => send('POST', 'api/break', fault),
  heal: (ids?: readonly string[]) => send('POST', 'api/heal', ids ? { ids } : {}),
  hold: (from: string, to: string) => send('POST', 'api/hold', { from, to }),
  release: () => send('POST', 'api/release', {}),
  decide: (decision: DecisionMessage) => send('POST', 'api/decide', decision),
} as const;

async function send(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const json = { 'content-type': 'application/json' };
  const response = await fetch(path, {
    method,
    ...(body && { headers: json, body: JSON.stringify(body) }),
  });
  const isJson = response.headers.get('content-type') === 'application/json';
  const answer = (isJson ? await response.json() : { error: await response.text() }) as object;
  if (response.ok) return answer;
  throw new Error(
    'error' in answer ? String(answer.error) : `The server answered with status ${response.status}`,
  );
}
