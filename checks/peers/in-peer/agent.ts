/**
 * Plays the grader's peers, in a host of its own. A request a line comes on standard input, and its outcome goes to standard output.
 *
 *     {"id":1,"action":"tcpVisits","input":{…}} ──▶ tcpVisits(input) ──▶ {"id":1,"output":[…]}
 */
import { createInterface } from 'node:readline';
import { lateness } from './lateness.ts';
import { tcpVisits } from './tcp-clients.ts';
import { tcpClose, tcpListen, tcpServed } from './tcp-servers.ts';
import { udpVisits } from './udp-clients.ts';
import { udpForge } from './udp-forger.ts';
import { udpArrived, udpClose, udpListen } from './udp-servers.ts';

const tcp = { tcpVisits, tcpListen, tcpServed, tcpClose } as const;
const udp = { udpVisits, udpListen, udpArrived, udpClose, udpForge } as const;
const actions = { ...tcp, ...udp, lateness } as const;

export type Actions = typeof actions;

export interface AgentRequest {
  readonly id: number;
  readonly action: keyof Actions;
  readonly input: unknown;
}

export type AgentOutcome = { readonly id: number } & (
  | { readonly output: unknown }
  | { readonly error: string }
);

async function outcomeOf({ id, action, input }: AgentRequest): Promise<AgentOutcome> {
  try {
    const act = actions[action] as (input: unknown) => unknown;
    return { id, output: await act(input) };
  } catch (error) {
    return { id, error: String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  void outcomeOf(JSON.parse(line)).then((outcome) => console.log(JSON.stringify(outcome)));
}
// Whoever asked has gone, and so do servers and clients.
process.exit();
