import { text } from 'node:stream/consumers';
import { observer } from '../../lab/probes/observer.ts';

/** Why a test is skipped. */
export const WITHOUT_BPF = 'this kernel loads no BPF programs, as "./socketlab doctor" tells';

/** What calls can be traced with on this machine. */
export async function tracersHere(): Promise<readonly ('bpf' | 'strace')[]> {
  const program = await (await observer()).run({ traces: true });
  if (program === undefined) return ['strace'];
  program.end();
  return (await text(program.stderr)) === '' ? ['bpf', 'strace'] : ['strace'];
}
