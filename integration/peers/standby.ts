/**
 * Carries out orders for tests on a host that stands by: one order a line on standard input, and a line on standard output for
 * the result of each. Orders run side by side.
 *
 *     { "n", "run": { "program", "env" } }             ─▶ { "n", "result": { "exitCode", "stdout", "stderr" } }
 *     { "n", "burst": { "to", "text", "count", … } }   ─▶ { "n" }
 *     what could not be carried out                    ─▶ { "n", "error" }
 */
import { execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Burst, burst } from './udp-burst.ts';

/** A Node program of the host, by its path, and its environment beside that of the host. */
export interface Program {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Order = { readonly run: Program } | { readonly burst: Burst };

export interface Reply {
  readonly n: number;
  readonly result?: ProgramResult;
  readonly error?: string;
}

/** Above it, the number of the signal that ended a program, in the shell's convention; that of SIGKILL stands for all. */
const KILLED = 137;
const MAX_OUTPUT_BYTES = 2 ** 26;

function run({ program, env }: Program): Promise<ProgramResult> {
  const { promise, resolve } = Promise.withResolvers<ProgramResult>();
  const options = { env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT_BYTES };
  const child = execFile(process.execPath, [program], options, (_error, stdout, stderr) => {
    resolve({ exitCode: child.exitCode ?? KILLED, stdout, stderr });
  });
  return promise;
}

async function carryOut(order: Order): Promise<Omit<Reply, 'n'>> {
  try {
    if ('run' in order) return { result: await run(order.run) };
    await burst(order.burst);
    return {};
  } catch (error) {
    return { error: (error as Error).message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { n, ...order } = JSON.parse(line) as { n: number } & Order;
  void carryOut(order).then((reply) => console.log(JSON.stringify({ n, ...reply })));
}
