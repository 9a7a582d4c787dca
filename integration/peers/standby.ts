/**
 * Carries out commands of tests on a host that stands by: it reads a command from each line of standard input, and writes a line
 * for the result of each to standard output. Commands run side by side.
 *
 *     { "n", "run": { "program", "env" } }             ─▶ { "n", "result": { "exitCode", "stdout", "stderr" } }
 *     { "n", "burst": { "to", "text", "count", … } }   ─▶ { "n" }
 *     a command that fails                             ─▶ { "n", "error" }
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

export type Command = { readonly run: Program } | { readonly burst: Burst };

export interface Reply {
  readonly n: number;
  readonly result?: ProgramResult;
  readonly error?: string;
}

/** What a shell reports for SIGKILL (128 + 9); here it stands for every signal. */
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

async function carryOut(command: Command): Promise<Omit<Reply, 'n'>> {
  try {
    if ('run' in command) return { result: await run(command.run) };
    await burst(command.burst);
    return {};
  } catch (error) {
    return { error: (error as Error).message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { n, ...command } = JSON.parse(line) as { n: number } & Command;
  void carryOut(command).then((reply) => console.log(JSON.stringify({ n, ...reply })));
}
