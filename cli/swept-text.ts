import type { Remnant, SweepOptions, Swept } from '../lab/index.ts';

const reasons: Readonly<Record<Remnant['why'], string>> = {
  'owner-ended': 'the process that created it has ended',
  'never-started': 'the process that was to start it has ended',
  'host-ended': 'its host no longer runs',
  'host-gone': 'it is about a host that no longer exists',
  outdated: 'it is of an earlier version',
  'wire-killed': 'the program of a fault was killed',
};

/** What a sweep has removed, a line each, and why; and what it has left alone. */
export function sweptText({ removed, unknown }: Swept, { dryRun = false }: SweepOptions): string {
  const verb = dryRun ? 'would remove' : 'removed';
  const lines = removed.map((one) => `${verb} ${nameOf(one)}: ${reasons[one.why]}`);
  const kept = unknown.map((name) => `left network ${name} and its hosts: ${UNKNOWN}`);
  if (lines.length === 0) lines.push('nothing was left');
  return [...lines, ...kept].join('\n');
}

const UNKNOWN =
  'their process is not seen from here; it may run in another container or on another machine, or have ended when this one was restarted';

function nameOf({ kind, name }: Remnant): string {
  return kind === 'rules' ? `the rules of a wire in ${name}` : `${kind} ${name}`;
}
