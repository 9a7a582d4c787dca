/**
 * Runs in the observer: `node --experimental-ffi main.ts`. It captures packets in the networks of hosts, and enters their namespaces
 * to run there what else is to look at them.
 *
 *     standard input ──commands──▶ main ──▶ Capture ─────────────────────────┐
 *                                       ──▶ nsenter … node trace/main.ts ────┤
 *                                       ──▶ trace/bpf/loader ────────────────┤
 *     standard output ◀─frames───────────────────────────────────────────────┘
 *
 * It ends, and ends them all, with its standard input, which the engine closes when the process that it works for has ended.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  type CaptureStart,
  newsFrame,
  type ObserverCommand,
  type ObserverNews,
  outputFrame,
  type ProgramStart,
  type TracerStart,
} from '../../model/observer-protocol.ts';
import { Capture, type Print } from '../capture/capture.ts';
import { openNamespaces } from './namespaces.ts';
import { commandBeside, Program } from './program.ts';
import { tracerCommand } from './tracer.ts';

if (process.argv.includes('--help')) {
  console.log('main.ts: runs programs in the namespaces of hosts');
  process.exit();
}
/** What runs, by its number. */
const programs = new Map<number, Capture | Program>();

/** Each program may wait for room. */
process.stdout.setMaxListeners(0);

async function print(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

const report = (news: ObserverNews) => print(newsFrame(news));

type Start = CaptureStart | ProgramStart | TracerStart;

/** @returns undefined if the host has ended */
function begin(start: Start): Capture | Program | undefined {
  const pass: Print = (output, data) => print(outputFrame(start.start, output, data));
  if ('traces' in start) return new Program(tracerCommand, [], pass);
  using namespaces = openNamespaces(start);
  if (namespaces === undefined) return undefined;
  if ('captures' in start) return new Capture(namespaces.net, pass);
  const { net, pid } = namespaces;
  return new Program(commandBeside(start), start.seesProcesses ? [net, pid] : [net], pass);
}

async function run(start: Start): Promise<void> {
  const { start: number } = start;
  const program = begin(start);
  if (program === undefined) return report({ refused: number });
  programs.set(number, program);
  await report({ began: number });
  const exitCode = await program.exitCode;
  programs.delete(number);
  await report({ ended: number, exitCode });
}

/** What cannot be started has failed: why, its error output says. */
async function start(command: Start): Promise<void> {
  const { start: number } = command;
  try {
    await run(command);
  } catch (error) {
    await print(outputFrame(number, 'stderr', Buffer.from((error as Error).message)));
    await report({ ended: number, exitCode: 1 });
  }
}

function write(number: number, text: string): void {
  const program = programs.get(number);
  if (program instanceof Program) program.write(text);
}

function obey(command: ObserverCommand): void {
  if ('start' in command) void start(command);
  else if ('input' in command) write(command.input, command.text);
  else if ('end' in command) programs.get(command.end)?.end();
  else if ('pause' in command) programs.get(command.pause)?.pause();
  else programs.get(command.resume)?.resume();
}

process.on('SIGTERM', () => process.stdin.destroy());
for await (const line of createInterface({ input: process.stdin })) obey(JSON.parse(line));
for (const program of programs.values()) program.end();
await Promise.allSettled([...programs.values()].map(({ exitCode }) => exitCode));
process.exit();
